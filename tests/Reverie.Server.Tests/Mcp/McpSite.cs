using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Reverie.Server.Tests.Mcp;

/// <summary>A real MCP server on a loopback port.</summary>
public sealed class McpSite : IAsyncDisposable
{
    private static readonly McpServerOptions Options = new()
    {
        ServerInfo = new Implementation { Name = "site", Version = "1" },
        ToolCollection =
        [
            McpServerTool.Create((int a, int b) => (a + b).ToString(), new() { Name = "add", Description = "Adds two numbers." }),
            McpServerTool.Create(static string () => throw new McpException("no such order"), new() { Name = "order.find", Description = "Finds an order." }),
            McpServerTool.Create(static () => new string('x', 150_000), new() { Name = "big" }),
            McpServerTool.Create(static () => (ContentBlock)ImageContentBlock.FromBytes(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10 }, "image/png"), new() { Name = "pixel" }),
        ],
    };

    private readonly WebApplication _app;
    private int _refuseWith;

    private McpSite(WebApplication app) => _app = app;

    public string Url => $"{_app.Urls.Single()}/mcp";

    /// <summary>What was asked for, in order.</summary>
    public ConcurrentQueue<string> Methods { get; } = [];

    public static async Task<McpSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var site = new McpSite(app);
        app.MapPost("/mcp", site.AnswerAsync);
        await app.StartAsync();
        return site;
    }

    /// <summary>Answers with this status from now on; 0 for as it should.</summary>
    public void RefuseWith(int status) => Volatile.Write(ref _refuseWith, status);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        if (Volatile.Read(ref _refuseWith) is > 0 and var status)
        {
            http.Response.StatusCode = status;
            return;
        }
        var message = (JsonRpcMessage)(await JsonSerializer.DeserializeAsync(http.Request.Body, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage)), http.RequestAborted))!;
        if (message is JsonRpcRequest request) Methods.Enqueue(request.Method);
        await using var transport = new StreamableHttpServerTransport { Stateless = true };
        await using var server = McpServer.Create(transport, Options, null, _app.Services);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var run = server.RunAsync(stop.Token);
        http.Response.ContentType = "text/event-stream";
        if (!await transport.HandlePostRequestAsync(message, http.Response.Body, http.RequestAborted))
        {
            http.Response.Headers.ContentType = default;
            http.Response.StatusCode = 202;
        }
        await stop.CancelAsync();
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
