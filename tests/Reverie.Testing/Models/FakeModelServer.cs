using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Reverie.Testing.Models;

/// <summary>
/// A model service on a loopback port that speaks the Messages API and chat completions, refuses what the real ones refuse
/// and answers what it is told to. As a process of its own it is told by <c>POST /control/answers</c>, asked by
/// <c>GET /control/requests</c> and made to forget by <c>DELETE /control</c>.
/// </summary>
public sealed class FakeModelServer : IAsyncDisposable
{
    public const string DefaultKey = "sk-fake-key-of-the-tests-0123456789";

    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly List<FakeAnswer> _answers = [];
    private readonly List<ReceivedRequest> _requests = [];
    private readonly IssuedThinking _issued = new();
    private readonly PromptCache _cache = new();

    private FakeModelServer(WebApplication app, string key)
    {
        _app = app;
        Key = key;
    }

    public string Key { get; }

    public string Url => _app.Urls.Single();

    /// <summary>Tokens the models take; a token is four bytes of the request here.</summary>
    public int ContextTokens { get; set; } = 200_000;

    /// <summary>Answers requests for which nothing was enqueued; null, or an answer of null, for "ok".</summary>
    public Func<JsonElement, FakeAnswer?>? Respond { get; set; }

    /// <summary>What came so far, oldest first.</summary>
    public IReadOnlyList<ReceivedRequest> Requests
    {
        get
        {
            lock (_lock) return [.. _requests];
        }
    }

    public static async Task<FakeModelServer> StartAsync(int port = 0, string key = DefaultKey)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}").ConfigureKestrel(static k => k.Limits.MaxRequestBodySize = 64 * 1024 * 1024);
        var app = builder.Build();
        var server = new FakeModelServer(app, key);
        app.MapPost("/v1/messages", server.MessagesAsync);
        app.MapPost("/v1/chat/completions", server.ChatAsync);
        app.MapPost("/control/answers", server.TellAsync);
        app.MapGet("/control/requests", http => http.Response.WriteAsJsonAsync(server.Requests, FakeJson.Options));
        app.MapDelete("/control", (HttpContext _) => server.Forget());
        await app.StartAsync();
        return server;
    }

    /// <summary>What to answer next; without any, it answers "ok".</summary>
    public void Enqueue(params IEnumerable<FakeAnswer> answers)
    {
        lock (_lock) _answers.AddRange(answers);
    }

    public void Forget()
    {
        lock (_lock)
        {
            _answers.Clear();
            _requests.Clear();
        }
    }

    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        // Streams that hang by order end with the process, not after the usual grace.
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task TellAsync(HttpContext http)
    {
        try
        {
            Enqueue(await http.Request.ReadFromJsonAsync<List<FakeAnswer>>(FakeJson.Options) ?? []);
        }
        catch (JsonException error)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsync(error.Message);
        }
    }

    private async Task MessagesAsync(HttpContext http)
    {
        var body = await BodyAsync(http);
        var beta = http.Request.Headers["anthropic-beta"].ToString();
        var isKnown = http.Request.Headers["x-api-key"] == Key || http.Request.Headers.Authorization == $"Bearer {Key}";
        var refusal = !isKnown ? new FakeError { Status = 401, Type = "authentication_error", Message = "invalid x-api-key" }
            : http.Request.Headers["anthropic-version"].Count == 0 ? Invalid("anthropic-version: header is required")
            : MessagesRules.Check(body, beta, ContextTokens, _issued) is { } problem ? problem : null;
        Record(http, body, beta, refusal);
        if (refusal is not null)
        {
            await MessagesWire.RefuseAsync(http, refusal);
            return;
        }
        var answer = Take(body);
        if (answer.Error is null) _issued.Remember(answer.Blocks);
        await MessagesWire.AnswerAsync(http, answer, body, _cache.Count(body));
    }

    private async Task ChatAsync(HttpContext http)
    {
        var body = await BodyAsync(http);
        var refusal = http.Request.Headers.Authorization != $"Bearer {Key}"
            ? new FakeError { Status = 401, Type = "invalid_api_key", Message = "Incorrect API key provided." }
            : ChatRules.Check(body, ContextTokens);
        Record(http, body, "", refusal);
        if (refusal is not null) await ChatWire.RefuseAsync(http, refusal);
        else await ChatWire.AnswerAsync(http, Take(body), body);
    }

    private void Record(HttpContext http, JsonElement body, string beta, FakeError? refusal)
    {
        lock (_lock) _requests.Add(new ReceivedRequest(http.Request.Path, body, beta, refusal?.Message));
    }

    private FakeAnswer Take(JsonElement body)
    {
        var lastText = LastText(body);
        lock (_lock)
        {
            var at = _answers.FindIndex(a => a.Match is null || lastText.Contains(a.Match, StringComparison.Ordinal));
            if (at < 0) return Respond?.Invoke(body) ?? FakeAnswer.Text("ok");
            var answer = _answers[at];
            _answers.RemoveAt(at);
            return answer;
        }
    }

    private static string LastText(JsonElement body) => body.GetProperty("messages").EnumerateArray().Last().GetRawText();

    private static FakeError Invalid(string message) => new() { Status = 400, Type = "invalid_request_error", Message = message };

    private static async Task<JsonElement> BodyAsync(HttpContext http)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
