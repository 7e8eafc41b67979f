using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reverie.Inference;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Hands;

namespace Reverie.Mcp;

/// <summary>The MCP servers that sessions use from this process; each connection is closed some time after its last use.</summary>
public sealed partial class McpConnections : BackgroundService, IAsyncDisposable
{
    private const int OpenMax = 1024;

    private static readonly TimeSpan IdleFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    private readonly HttpMessageHandler _http;
    private readonly TimeProvider _clock;
    private readonly ILogger<McpConnections> _log;
    private readonly IdlePool<(Id<Session>, string), McpConnection> _pool;

    public McpConnections(McpOptions options, TimeProvider clock, ILogger<McpConnections> log)
    {
        (_http, _clock, _log) = (McpHttp.Handler(options), clock, log);
        _pool = new(OpenMax, IdleFor, clock, LogNotClosed);
    }

    /// <summary>Asks the agent's servers which tools they have, all at once. A server that fails is left out and named.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<McpTools> FindAsync(Id<Session> session, AgentConfig agent, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(agent.McpServers.Select(s => FindAsync(session, s, cancellationToken)));
        return new McpTools([.. found.SelectMany(static f => f.Tools)], [.. found.SelectMany(static f => f.Failures)]);
    }

    /// <summary>Calls a tool. What goes wrong is a result the model can read.</summary>
    /// <param name="input">A JSON object.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<(IReadOnlyList<ModelBlock> Content, bool IsError)> CallAsync(Id<Session> session, McpServer server, string tool, string input, CancellationToken cancellationToken)
    {
        try
        {
            return McpContent.Read(await _pool.UseAsync((session, server.Url), () => Connect(server), c => c.CallAsync(server, tool, input, cancellationToken), cancellationToken));
        }
        catch (McpServerException error)
        {
            return ([new TextBlock(error.Message)], true);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        _http.Dispose();
        Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await _pool.CloseIdleAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is open is closed when the server's parts are disposed of, after the last turn.
        }
    }

    private async Task<McpTools> FindAsync(Id<Session> session, McpServer server, CancellationToken cancellationToken)
    {
        try
        {
            return new McpTools(await _pool.UseAsync((session, server.Url), () => Connect(server), c => c.ListAsync(server, cancellationToken), cancellationToken), []);
        }
        catch (McpServerException error)
        {
            return new McpTools([], [error]);
        }
    }

    private McpConnection Connect(McpServer server) => new(server.Url, McpHttp.Client(_http, new Uri(server.Url)), _clock);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A connection to an MCP server was not closed as it should be")]
    private partial void LogNotClosed(Exception error);
}
