using Microsoft.Extensions.Logging.Abstractions;
using Reverie.Files;
using Reverie.Inference;
using Reverie.Keys;
using Reverie.Mcp;
using Reverie.Memory.Stores;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Environments;
using Reverie.Protocol.Memory;
using Reverie.Protocol.Sessions;
using Reverie.Sandboxes;
using Reverie.Secrets;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Hands;
using Reverie.Sessions.Hands.Repositories;
using Reverie.Sessions.Turns;
using Reverie.Storage;
using Reverie.Tools;
using Reverie.Tools.Web;

namespace Reverie.Bench.Hands;

/// <summary>Everything between a tool call of a session and its sandbox, as the server puts it together.</summary>
internal sealed class Workshop : IAsyncDisposable
{
    private const string Workspace = ApiKeyRepository.DefaultWorkspace;

    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly IdGenerator _ids;
    private readonly Database _database;
    private readonly MemoryRepository _memories;
    private readonly OpenSandboxes _sandboxes;
    private readonly SandboxTools _tools;
    private readonly ModelRegistry _models;
    private int _calls;

    private Workshop(string place, SandboxHost host)
    {
        _ids = new IdGenerator(_clock);
        _models = new ModelRegistry(new InferenceOptions(), _clock);
        _database = SqliteDatabase.Open(Path.Combine(place, "reverie.db"));
        _memories = new MemoryRepository(_ids, _clock);
        var log = new SessionLog(_ids, _clock);
        var blobs = new FileBlobs(_database, _ids, _clock);
        var files = new SessionFiles(_database, blobs, new FileRepository(_ids, _clock));
        var places = new SessionPlaces(Path.Combine(place, "sessions"));
        var repositories = new RepositoryServices(_database, log, new RepositoryTokens(new SecretBox(new byte[SecretBox.KeyBytes])), new RepositoryOptions(), _clock);
        _sandboxes = new OpenSandboxes(new SandboxOpening(host, places, _database, _memories, files, blobs, repositories), places, new SandboxUse(), _clock, NullLogger<OpenSandboxes>.Instance);
        _tools = new SandboxTools(new ToolBox(new WebFetcher()), _sandboxes, new McpConnections(new McpOptions(), _clock, NullLogger<McpConnections>.Instance), new FetchRules(_database, log), NullLogger<SandboxTools>.Instance);
    }

    public static async Task<Workshop> OpenAsync(string place, SandboxHost host)
    {
        var workshop = new Workshop(place, host);
        await workshop._database.MigrateAsync(CancellationToken.None);
        return workshop;
    }

    /// <summary>A session with a store of so many memories mounted; with none, nothing is.</summary>
    public async Task<SessionSetup> BeginAsync(int memories)
    {
        var id = _ids.New<Session>();
        return new SessionSetup
        {
            WorkspaceId = Workspace,
            Id = id,
            Agent = new SessionAgent
            {
                Id = _ids.New<Agent>(),
                Version = 1,
                Name = "bench",
                Description = null,
                Model = new ModelConfig { Id = "m", Speed = ModelSpeed.Standard },
                System = null,
                Tools = [],
                McpServers = [],
                Skills = [],
                ExecutionIdentity = null!,
                Multiagent = null,
            },
            EnvironmentId = _ids.New<AgentEnvironment>(),
            Environment = new CloudEnvironment(new LimitedNetworking([], false, false), new EnvironmentPackages()),
            PrimaryThreadId = _ids.New<SessionThread>(),
            Resources = memories == 0 ? [] : [await StoreAsync(memories)],
        };
    }

    /// <summary>Runs one call, which must go well.</summary>
    public async Task CallAsync(SessionSetup session, string tool, string input)
    {
        var result = await _tools.RunAsync(session, ThreadSetup.Of(session.PrimaryThreadId.Value, session.Agent, _models, [], [], null, null), new OpenCall($"sevt_{_calls++}", CallKind.BuiltIn, tool, input, CallVerdict.Allow), CancellationToken.None);
        if (result.IsError) throw new InvalidOperationException(string.Concat(result.Content));
    }

    public async ValueTask DisposeAsync()
    {
        await _sandboxes.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task<MemoryStoreResource> StoreAsync(int memories)
    {
        var stores = new MemoryStoreRepository(_ids, _clock);
        var store = await _database.WriteAsync(async db =>
        {
            var made = await stores.CreateAsync(db, Workspace, "bench", "", new Dictionary<string, string>());
            for (var i = 0; i < memories; i++) await _memories.CreateAsync(db, new MemoryScope(Workspace, made.Id), $"/{i / 100}/{i}.md", MemoryContent.Of($"note {i}\n{new string('x', 500)}\n"), new SessionActor("bench"));
            return made;
        }, CancellationToken.None);
        return new MemoryStoreResource { Id = _ids.New<SessionResource>(), MountPath = $"/mnt/memory/{store.Id.Value}", MemoryStoreId = store.Id, Access = "read_write", Instructions = null, Name = "bench", Description = "" };
    }
}
