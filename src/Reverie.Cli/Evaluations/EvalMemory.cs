using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Cli.Running;
using Reverie.Cli.Terminal;
using Reverie.Evaluations;

namespace Reverie.Cli.Evaluations;

/// <summary>
/// The memory of one side, as every trial finds it: each gets a copy of its own, which it may change without the next one seeing it. The
/// copies of both sides have one name, so that the path of the memory tells nothing.
/// </summary>
internal sealed class EvalMemory : IAsyncDisposable
{
    private readonly Api _api;
    private readonly string _name;
    private readonly string? _made;
    private readonly string? _store;

    private EvalMemory(Api api, string name, EvaluatedArm arm, string? store, string? made) => (_api, _name, Arm, _store, _made) = (api, name, arm, store, made);

    /// <summary>As the report has it.</summary>
    public EvaluatedArm Arm { get; }

    /// <summary>Finds the store, or makes one of the directory until the evaluation is over.</summary>
    /// <param name="api">The server.</param>
    /// <param name="spec">What was asked for.</param>
    /// <param name="name">What the copies are called.</param>
    /// <param name="known">What an earlier part of the evaluation used; null at its beginning.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<EvalMemory> OpenAsync(Api api, MemorySpec spec, string name, EvaluatedArm? known, CancellationToken cancellationToken)
    {
        switch (spec)
        {
            case MemorySpec.Files files:
                var made = await MakeAsync(api, files, name, cancellationToken);
                return new EvalMemory(api, name, new EvaluatedArm(spec.Name, Directory: files.Path), made, made);
            case MemorySpec.Store given:
                var id = known?.MemoryStoreId ?? (await FindAsync(api, given, cancellationToken)).GetProperty("id").GetString()!;
                var at = known is not null ? known.At : given.At ?? await NewestVersionAsync(api, id, cancellationToken);
                return new EvalMemory(api, name, new EvaluatedArm(spec.Name, id, at), id, null);
            default:
                return new EvalMemory(api, name, new EvaluatedArm(spec.Name), null, null);
        }
    }

    /// <summary>The name by which the agent finds this memory: the store's, or the directory's.</summary>
    public static async Task<string> NameAsync(Api api, MemorySpec spec, CancellationToken cancellationToken) => spec switch
    {
        MemorySpec.Files files => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(files.Path))) is { Length: > 0 } name ? name : "memory",
        MemorySpec.Store store => (await FindAsync(api, store, cancellationToken)).GetProperty("name").GetString()!,
        _ => "memory",
    };

    /// <summary>A copy for one trial; null where this side has no memory.</summary>
    public async Task<string?> CopyAsync(CancellationToken cancellationToken)
    {
        if (_store is null) return null;
        var body = new JsonObject { ["name"] = _name };
        if (Arm.At is { } at) body["at"] = at;
        var clone = await _api.PostAsync($"/v1/reverie/memory_stores/{_store}/clone", body, cancellationToken);
        var copy = clone.GetProperty("memory_store").GetProperty("id").GetString()!;
        await _api.PostAsync($"/v1/memory_stores/{copy}", new JsonObject { ["metadata"] = Mark() }, cancellationToken);
        return copy;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_made is null) return;
        try
        {
            await _api.DeleteAsync($"/v1/memory_stores/{_made}", CancellationToken.None);
        }
        catch (Exception error) when (error is BadInputException or ServerException)
        {
            // It is marked, and passed over by whoever looks for a store by name.
        }
    }

    private static JsonObject Mark() => new() { [RunAgents.Mark.Key] = RunResources.CopyMark };

    private static async Task<string> MakeAsync(Api api, MemorySpec.Files files, string name, CancellationToken cancellationToken)
    {
        var store = await api.PostAsync("/v1/memory_stores", new JsonObject { ["name"] = name, ["metadata"] = Mark() }, cancellationToken);
        var id = store.GetProperty("id").GetString()!;
        foreach (var (path, text) in files.Tree.Texts)
            await api.PostAsync($"/v1/memory_stores/{id}/memories", new JsonObject { ["path"] = "/" + path, ["content"] = text }, cancellationToken);
        return id;
    }

    private static async Task<JsonElement> FindAsync(Api api, MemorySpec.Store store, CancellationToken cancellationToken)
    {
        var id = store.IdOrName.StartsWith("memstore_", StringComparison.Ordinal) ? store.IdOrName : await RunResources.StoresAsync(api, store.IdOrName, cancellationToken) switch
        {
            [var only] => only,
            [] => throw new BadInputException($"--memory {store.IdOrName}: there is no memory store of that name; see \"reverie memory list\". For a directory write ./{store.IdOrName}"),
            var several => throw new BadInputException($"--memory {store.IdOrName}: {several.Count} memory stores have that name; give one of their ids: {string.Join(", ", several)}"),
        };
        try
        {
            return await api.GetAsync($"/v1/memory_stores/{id}", cancellationToken);
        }
        catch (BadInputException error)
        {
            throw new BadInputException($"--memory {store.IdOrName}: {error.Message}", error);
        }
    }

    private static async Task<string?> NewestVersionAsync(Api api, string store, CancellationToken cancellationToken)
    {
        await foreach (var version in api.ListAsync($"/v1/memory_stores/{store}/memory_versions?limit=1", cancellationToken)) return version.GetProperty("id").GetString();
        return null;
    }
}
