using System.Net;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Reverie.Protocol.Agents;
using Reverie.Sandboxes.Network;

namespace Reverie.Mcp;

/// <summary>What one session has open to one MCP server. Opened when first used, and anew after a failure.</summary>
/// <param name="address">Where the server is.</param>
/// <param name="http">Speaks to that address only; closed with the connection.</param>
/// <param name="clock">Measures how long the server takes.</param>
internal sealed class McpConnection(string address, HttpClient http, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>Tools of a server that are offered; further ones are left out.</summary>
    public const int ToolsMax = 256;

    /// <summary>Characters of their descriptions and schemas together; what comes behind is left out.</summary>
    public const int ToolCharsMax = 1 << 20;

    private const int PagesMax = 64;
    private const int DescriptionCharsMax = 8192;
    private const int SchemaCharsMax = 65_536;

    /// <summary>How long a server may take to say what tools it has.</summary>
    private static readonly TimeSpan ListMax = TimeSpan.FromSeconds(30);

    /// <summary>How long a call may take.</summary>
    private static readonly TimeSpan CallMax = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _opening = new(1);
    private McpClient? _client;

    /// <exception cref="McpServerException">The server cannot be asked.</exception>
    public Task<IReadOnlyList<McpTool>> ListAsync(McpServer server, CancellationToken cancellationToken) =>
        UseAsync(server, ListMax, (client, token) => ListAsync(client, server.Name, token), cancellationToken);

    /// <param name="input">A JSON object.</param>
    /// <exception cref="McpServerException">The call did not come to an answer; it may have had its effect or not.</exception>
    public Task<CallToolResult> CallAsync(McpServer server, string tool, string input, CancellationToken cancellationToken) => UseAsync(server, CallMax, async (client, token) =>
        await client.CallToolAsync(new CallToolRequestParams { Name = tool, Arguments = JsonElement.Parse(input).EnumerateObject().ToDictionary(static p => p.Name, static p => p.Value, StringComparer.Ordinal) }, token), cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await DropAsync();
        _opening.Dispose();
        http.Dispose();
    }

    /// <summary>Page by page, so that a server that never comes to an end is left when enough was read.</summary>
    private static async Task<IReadOnlyList<McpTool>> ListAsync(McpClient client, string server, CancellationToken cancellationToken)
    {
        var tools = new List<McpTool>();
        var chars = 0;
        string? cursor = null;
        for (var page = 0; page < PagesMax; page++)
        {
            var answer = await client.ListToolsAsync(new ListToolsRequestParams { Cursor = cursor }, cancellationToken);
            foreach (var listed in answer.Tools.Where(static t => t.Name.Length is > 0 and <= 128))
            {
                var tool = new McpTool(server, listed.Name, Clip(listed.Description ?? ""), listed.InputSchema.GetRawText());
                if (tool.InputSchema.Length > SchemaCharsMax) continue;
                chars += tool.Description.Length + tool.InputSchema.Length;
                if (tools.Count == ToolsMax || chars > ToolCharsMax) return tools;
                tools.Add(tool);
            }
            if (string.IsNullOrEmpty(answer.NextCursor) || answer.NextCursor == cursor) return tools;
            cursor = answer.NextCursor;
        }
        return tools;
    }

    private async Task<T> UseAsync<T>(McpServer server, TimeSpan timeMax, Func<McpClient, CancellationToken, Task<T>> use, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(timeMax, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await use(await OpenAsync(either.Token), either.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (ModelContextProtocol.McpProtocolException error)
        {
            // It speaks, and says no.
            throw new McpServerException(server.Name, false, $"The MCP server {server.Name} answered with an error: {error.Message}");
        }
#pragma warning disable CA1031 // Whatever a stranger's server makes the library throw: the agent is told, and the next use begins anew.
        catch (Exception error)
#pragma warning restore CA1031
        {
            await DropAsync();
            var refused = Causes(error).OfType<HttpRequestException>().Any(static e => e.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
            throw new McpServerException(server.Name, refused, $"The MCP server {server.Name} {Problem(error, refused, late.IsCancellationRequested, timeMax)}");
        }
    }

    private static string Problem(Exception error, bool isRefused, bool isLate, TimeSpan timeMax) =>
        isRefused ? "wants to know who calls, and no credential is known for it."
        : isLate ? $"did not answer within {timeMax.TotalSeconds} seconds."
        : Causes(error).OfType<AddressRefusedException>().FirstOrDefault() is { } local ? $"is not reached: {local.Message}. The operator can name its host in REVERIE_MCP_HOSTS."
        : $"cannot be used: {Causes(error).Last().Message}";

    private static IEnumerable<Exception> Causes(Exception error)
    {
        for (Exception? cause = error; cause is not null; cause = (cause as AggregateException)?.InnerExceptions.LastOrDefault() ?? cause.InnerException) yield return cause;
    }

    private async Task<McpClient> OpenAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            return _client ??= await McpClient.CreateAsync(
                new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(address), TransportMode = HttpTransportMode.AutoDetect, EnableStandaloneGetStream = false }, http, ownsHttpClient: false),
                new McpClientOptions { ClientInfo = new Implementation { Name = "reverie", Version = "1" } }, null, cancellationToken);
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task DropAsync()
    {
        if (Interlocked.Exchange(ref _client, null) is not { } client) return;
        try
        {
            await client.DisposeAsync();
        }
#pragma warning disable CA1031 // A server that is gone cannot be told goodbye.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private static string Clip(string text) => text.Length <= DescriptionCharsMax ? text : text[..DescriptionCharsMax];
}
