using System.Text;
using System.Text.Json;
using Anthropic;
using Reverie.Inference;
using Reverie.Keys;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Json;
using Reverie.Storage;

namespace Reverie.Server.Tests.Hosting;

/// <summary>A real server on a loopback port with a database of its own, for the tests of one class.</summary>
public abstract class TestServer : IAsyncLifetime
{
    public const string Key = "sk-reverie-test-0123456789";
    public const string MemoryBeta = "agent-memory-2026-07-22";
    public const string AgentsBeta = "managed-agents-2026-04-01";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("reverie-server-test-");
    private readonly List<HttpClient> _clients = [];
    private ReverieServer? _server;
    private string? _postgres;

    /// <summary>Why there is none on this machine; null when it runs.</summary>
    public string? Missing { get; private set; }

    public TestClock Clock { get; } = new();

    public string DataDirectory => _data.FullName;

    public string? Postgres => _postgres;

    public string Url => _server!.Urls.Single();

    internal ReverieServer Server => _server!;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>The official client, as it is.</summary>
    public AnthropicClient Client { get; private set; } = null!;

    protected virtual int? RequestsPerMinute => null;

    /// <summary>Besides what is built in, models of short names that take whatever an agent asks of one.</summary>
    protected virtual InferenceOptions Inference => new() { Embedded = [.. new[] { "m", "n", "big" }.Select(AnyModel)] };

    public async ValueTask InitializeAsync()
    {
        (_postgres, Missing) = await FindDatabaseAsync();
        if (Missing is not null) return;
        _server = await ReverieServer.StartAsync(Options(), Clock, TestContext.Current.CancellationToken);
        Http = NewHttp();
        Client = NewClient(Key);
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        _data.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Skips the test where the database cannot be had.</summary>
    public TestServer OrSkip()
    {
        if (Missing is { } reason) Assert.Skip(reason);
        return this;
    }

    public virtual ServerOptions Options() => new() { Urls = "http://127.0.0.1:0", DataDirectory = DataDirectory, Postgres = _postgres, ApiKey = Key, RequestsPerMinute = RequestsPerMinute, Inference = Inference };

    private static EmbeddedModel AnyModel(string id) => new(new ModelInfo
    {
        Id = id,
        DisplayName = id,
        Provider = ModelProviderKind.Embedded,
        Efforts = [.. WireNames<EffortLevel>.All],
        HasFastSpeed = true,
        HasInferenceGeo = true,
    }, new LocalProvider());

    /// <summary>A second look at the server's database.</summary>
    public Database OpenDatabase() => _postgres is { } postgres ? PostgresDatabase.Open(postgres) : SqliteDatabase.Open(Reverie.Storage.DataDirectory.FileIn(DataDirectory));

    /// <summary>The secret of a new key.</summary>
    public async Task<string> CreateKeyAsync(string workspace)
    {
        await using var database = OpenDatabase();
        var secret = ApiKeySecret.New();
        await database.WriteAsync(db => new ApiKeyRepository(new IdGenerator(Clock), Clock).CreateAsync(db, workspace, "test", secret), TestContext.Current.CancellationToken);
        return secret;
    }

    public AnthropicClient NewClient(string key) => new() { BaseUrl = Url, ApiKey = key, HttpClient = NewHttp() };

    public HttpClient NewHttp(DelegatingHandler? around = null)
    {
        var sockets = new SocketsHttpHandler { UseProxy = false };
        if (around is not null) around.InnerHandler = sockets;
        var client = new HttpClient(around ?? (HttpMessageHandler)sockets) { BaseAddress = new Uri(Url) };
        lock (_clients) _clients.Add(client);
        return client;
    }

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Reply> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    /// <summary>Posts <paramref name="body"/> as JSON; a string goes out as it is.</summary>
    public Task<Reply> PostAsync(string path, object? body = null) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"));

    public async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = Request(method, path, beta: BetaFor(path));
        request.Content = content;
        return await SendAsync(request);
    }

    public async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        // The stream of a session may never end.
        var text = response.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Reply(response.StatusCode, response.Headers, text);
    }

    /// <summary>The beta value that opens a path.</summary>
    public static string BetaFor(string path) =>
        path.StartsWith("/v1/dreams", StringComparison.Ordinal) ? "dreaming-2026-04-21"
        : Array.Exists(["/v1/agents", "/v1/environments", "/v1/files", "/v1/sessions"], p => path.StartsWith(p, StringComparison.Ordinal)) ? AgentsBeta
        : MemoryBeta;

    /// <summary>A request with the key and the beta value of memory.</summary>
    public static HttpRequestMessage Request(HttpMethod method, string path, string? key = Key, string? beta = MemoryBeta)
    {
        var request = new HttpRequestMessage(method, path);
        if (key is not null) request.Headers.TryAddWithoutValidation("authorization", $"Bearer {key}");
        if (beta is not null) request.Headers.TryAddWithoutValidation("anthropic-beta", beta);
        return request;
    }

    /// <summary>The path of a new store.</summary>
    public async Task<string> NewStoreAsync() => $"/v1/memory_stores/{(await PostAsync("/v1/memory_stores", new { name = "store" })).Expect(System.Net.HttpStatusCode.OK).Id}";

    /// <summary>The connection string of an empty PostgreSQL database, null for SQLite; or why there is none.</summary>
    protected abstract Task<(string? Postgres, string? Missing)> FindDatabaseAsync();
}

/// <inheritdoc />
public class SqliteServer : TestServer
{
    protected override Task<(string? Postgres, string? Missing)> FindDatabaseAsync() => Task.FromResult<(string?, string?)>((null, null));
}

/// <inheritdoc />
public class PostgresServer(PostgresCluster cluster) : TestServer
{
    public const string NotHere = "PostgreSQL is not installed: apt-get install postgresql-15";

    protected override async Task<(string? Postgres, string? Missing)> FindDatabaseAsync() =>
        await cluster.CreateDatabaseAsync() is { } postgres ? (postgres, null) : (null, NotHere);
}
