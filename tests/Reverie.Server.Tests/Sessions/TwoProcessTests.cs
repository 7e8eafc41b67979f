using System.Net.Http.Json;
using System.Text.Json;
using Reverie.Server.Tests.Hosting;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Sessions;

/// <summary>Two server processes over one database: each session runs in one of them, and outlives it.</summary>
public sealed class TwoProcessTests(PostgresCluster cluster) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("reverie-two-test-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task Sessions_run_in_one_process_at_a_time_and_go_on_in_the_other_when_it_dies()
    {
        var postgres = await cluster.CreateDatabaseAsync();
        Assert.SkipWhen(postgres is null, PostgresServer.NotHere);
        using var one = await ReverieProcess.ServeAsync(postgres, Path.Combine(_root.FullName, "one"));
        using var other = await ReverieProcess.ServeAsync(postgres, Path.Combine(_root.FullName, "other"));
        using var first = one.Connect();
        using var second = other.Connect();
        var sessions = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => StartAsync(first, "answers: [{call: {tool: ask}}, {say: done}]\nrepeat: true")));

        // Messages and answers come in on either side.
        foreach (var (index, session) in sessions.Index()) await SendAsync(index % 2 == 0 ? first : second, session, Message("go"), Message("on"));
        foreach (var (index, session) in sessions.Index())
        {
            var call = (await RestAsync(index % 3 == 0 ? first : second, session, "requires_action")).Single(static e => TypeOf(e) == "agent.custom_tool_use");
            await SendAsync(index % 2 == 0 ? second : first, session, Answer(IdOf(call)));
        }
        foreach (var session in sessions) LogLaws.Check(await RestAsync(second, session, "end_turn"));

        var slow = await StartAsync(first, "answers: [{wait_ms: 3000, say: done}]");
        await SendAsync(first, slow, Message("go"));
        await UntilAsync(second, slow, static list => list.Any(static e => TypeOf(e) == "span.model_request_start"));
        await one.KillAsync();
        var log = await RestAsync(second, slow, "end_turn");

        LogLaws.Check(log);
        Assert.Equal([true, false], log.Where(static e => TypeOf(e) == "span.model_request_end").Select(static e => e.GetProperty("is_error").GetBoolean()));
        Assert.Equal("done", TextOf(log.Single(static e => TypeOf(e) == "agent.message")));
    }

    private static async Task<string> StartAsync(HttpClient http, string script)
    {
        var agent = await PostAsync(http, "/v1/agents", new { name = "tester", model = "reverie/scripted", system = script, tools = JsonElement.Parse(AllTools) });
        var environment = await PostAsync(http, "/v1/environments", new { name = "e", config = new { type = "cloud" } });
        return IdOf(await PostAsync(http, "/v1/sessions", new { agent = IdOf(agent), environment_id = IdOf(environment) }));
    }

    private static Task<JsonElement> SendAsync(HttpClient http, string session, params string[] events) => PostAsync(http, $"/v1/sessions/{session}/events", JsonElement.Parse($$"""{"events":[{{string.Join(',', events)}}]}"""));

    private static Task<List<JsonElement>> RestAsync(HttpClient http, string session, string reason) =>
        UntilAsync(http, session, list => list.Count > 0 && TypeOf(list[^1]) == "session.status_idle" && ReasonOf(list[^1]) == reason);

    /// <summary>Looks at the list each time the stream, which is there for all processes, has told something.</summary>
    private static async Task<List<JsonElement>> UntilAsync(HttpClient http, string session, Func<List<JsonElement>, bool> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(Patience);
        using var stream = await http.GetStreamAsync($"/v1/sessions/{session}/events/stream", patience.Token);
        await foreach (var _ in System.Net.ServerSentEvents.SseParser.Create(stream).EnumerateAsync(patience.Token))
        {
            List<JsonElement> list = [.. (await http.GetFromJsonAsync<JsonElement>($"/v1/sessions/{session}/events?limit=1000", patience.Token)).GetProperty("data").EnumerateArray()];
            if (holds(list)) return list;
        }
        throw new InvalidOperationException("the stream ended");
    }

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, object body)
    {
        using var response = await http.PostAsJsonAsync(path, body, Cancelled);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
    }
}
