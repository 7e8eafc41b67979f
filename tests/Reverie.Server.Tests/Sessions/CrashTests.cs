using System.Globalization;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Reverie.Server.Tests.Hosting;
using Reverie.Sessions.Turns;
using Reverie.Storage;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Sessions;

/// <summary>
/// A server that is killed right after a commit of a session at work, at one commit after the other: the session goes on as
/// if it had only paused, and no command is run twice. REVERIE_CRASH_STRIDE sets how many commits are passed over; 1 tries all.
/// </summary>
public sealed class CrashTests(PostgresCluster cluster) : IDisposable
{
    private const int Steps = 20;

    private static readonly int Stride = int.TryParse(Environment.GetEnvironmentVariable("REVERIE_CRASH_STRIDE"), CultureInfo.InvariantCulture, out var stride) ? stride : 5;

    /// <summary>Far longer than a session takes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Each step leaves its number in a file of the working directory; each fifth asks a client instead, and some write under <c>auto</c>, which without a judge asks too.</summary>
    private static readonly string Script = "answers:\n" + string.Concat(Enumerable.Range(1, Steps - 1).Select(static i => i % 5 == 0
        ? $"  - call: {{tool: ask, input: {{step: {i}}}}}\n"
        : i % 7 == 3 ? $"  - call: {{tool: write, input: {{file_path: written{i}, content: x}}}}\n"
        : $"  - {{say: step {i}, call: {{tool: bash, input: {{command: 'echo {i} >> effects'}}}}}}\n")) + "  - say: done\n";

    private const string Tools = """[{"type":"agent_toolset_20260401","configs":[{"name":"write","permission_policy":{"type":"auto"}}]},{"type":"custom","name":"ask","description":"d","input_schema":{"type":"object"}}]""";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("reverie-crash-test-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string KillFile => Path.Combine(_root.FullName, "kill");

    private string Data => Path.Combine(_root.FullName, "data");

    public void Dispose() => _root.Delete(recursive: true);

    /// <summary>A lead with three specialists whose work is judged: three bash calls, three reports, one evaluation.</summary>
    private const string Lead = "answers: [{call: [{tool: send_to_agent, input: {agent: worker, message: a}}, {tool: send_to_agent, input: {agent: worker, message: b}}, {tool: send_to_agent, input: {agent: worker, message: c}}]}, {say: one}, {say: two}, {say: three}, {say: four}, {say: five}, {say: six}]";

    private const string Worker = "answers: [{call: {tool: bash, input: {command: 'echo x >> effects'}}}, {say: done}]";

    private const string Outcome = "{\"type\":\"user.define_outcome\",\"description\":\"d\",\"rubric\":{\"type\":\"text\",\"content\":\"```checks\\n- command: sleep 0.2\\n```\"}}";

    [Fact]
    public Task Whatever_commit_a_server_dies_after_its_sessions_go_on_on_sqlite() => KillAtEachAsync(null, 1, Stride, PrepareAsync, Message("go"), CheckAsync);

    [Fact]
    public Task Whatever_commit_a_server_dies_after_delegation_and_grading_go_on() => KillAtEachAsync(null, 2, Math.Max(1, Stride / 2), PrepareTeamAsync, Outcome, CheckTeamAsync);

    [Fact]
    public async Task Whatever_commit_a_server_dies_after_its_sessions_go_on_on_postgres()
    {
        var postgres = await cluster.CreateDatabaseAsync();
        Assert.SkipWhen(postgres is null, PostgresServer.NotHere);
        await KillAtEachAsync(postgres, 3, Math.Max(Stride, 4) * 2, PrepareAsync, Message("go"), CheckAsync);
    }

    private async Task KillAtEachAsync(string? postgres, int first, int stride, Func<ReverieProcess, Task<(string Agent, string Environment)>> prepare, string begin, Func<ReverieProcess, Client, Task> check)
    {
        var server = await ReverieProcess.ServeAsync(postgres, Data, KillFile);
        try
        {
            var (agent, environment) = await prepare(server);
            var kills = 0;
            for (var commit = first; ; commit += stride)
            {
                var client = new Client(await StartAsync(server, agent, environment), begin);
                await File.WriteAllTextAsync(KillFile, $"{client.Session} {commit}", Cancelled);
                if (await client.FollowAsync(server)) break;
                await server.EndAsync();
                server.Dispose();
                File.Delete(KillFile);
                if (postgres is not null) await LetGoAsync(postgres);
                server = await ReverieProcess.ServeAsync(postgres, Data, KillFile);
                Assert.True(await client.FollowAsync(server), "the server died once more");
                await check(server, client);
                kills++;
            }
            Assert.True(kills > 2, $"only {kills} commits");
            TestContext.Current.TestOutputHelper?.WriteLine($"killed after {kills} commits, the {first}. and each {stride}. from there");
        }
        finally
        {
            server.Dispose();
        }
    }

    /// <summary>As when the time of a dead process's claims has passed.</summary>
    private static async Task LetGoAsync(string postgres)
    {
        await using var database = PostgresDatabase.Open(postgres);
        await database.WriteAsync(TurnLog.ReleaseAllAsync, Cancelled);
    }

    private async Task CheckAsync(ReverieProcess server, Client client)
    {
        using var http = server.Connect();
        var list = await ListAsync(http, client.Session);
        LogLaws.Check(list);
        Assert.Equal(list.Select(static e => e.GetRawText()).Order(StringComparer.Ordinal), client.Seen.Values.Order(StringComparer.Ordinal));
        Assert.Equal(Steps - 1, list.Count(static e => TypeOf(e) is "agent.tool_use" or "agent.custom_tool_use"));
        Assert.Equal("done", TextOf(list.Last(static e => TypeOf(e) == "agent.message")));

        var file = Path.Combine(Data, "sessions", client.Session, "workspace", "effects");
        var effects = (await File.ReadAllLinesAsync(file, Cancelled)).CountBy(static line => line).ToDictionary(StringComparer.Ordinal);
        var results = list.Where(static e => TypeOf(e) == "agent.tool_result").ToDictionary(static e => e.GetProperty("tool_use_id").GetString()!, StringComparer.Ordinal);
        var lost = 0;
        Assert.All(list.Where(static e => TypeOf(e) == "agent.tool_use" && e.GetProperty("name").GetString() == "write"), static e => Assert.Equal("ask", e.GetProperty("evaluated_permission").GetString()));
        foreach (var use in list.Where(static e => TypeOf(e) == "agent.tool_use" && e.GetProperty("name").GetString() == "bash"))
        {
            var count = effects.GetValueOrDefault(use.GetProperty("input").GetProperty("command").GetString()!.Split(' ')[1]);
            var isLost = results[IdOf(use)].GetProperty("is_error").GetBoolean();
            if (isLost) lost++;
            Assert.InRange(count, isLost ? 0 : 1, 1);
        }
        Assert.InRange(lost, 0, 1);
    }

    /// <summary>Every specialist was begun once and reported once, the work was judged once, and no command ran twice.</summary>
    private async Task CheckTeamAsync(ReverieProcess server, Client client)
    {
        using var http = server.Connect();
        var list = await ListAsync(http, client.Session);
        Assert.Equal(list.Select(static e => e.GetRawText()).Order(StringComparer.Ordinal), client.Seen.Values.Order(StringComparer.Ordinal));
        Assert.Equal(3, list.Count(static e => TypeOf(e) == "session.thread_created"));
        Assert.Equal(3, list.Count(static e => TypeOf(e) == "agent.thread_message_received"));
        Assert.Equal("satisfied", list.Single(static e => TypeOf(e) == "span.outcome_evaluation_end").GetProperty("result").GetString());
        Assert.Single(list, static e => TypeOf(e) == "span.outcome_evaluation_start");
        var effects = Path.Combine(Data, "sessions", client.Session, "workspace", "effects");
        Assert.InRange(File.Exists(effects) ? (await File.ReadAllLinesAsync(effects, Cancelled)).Length : 0, 0, 3);
    }

    private static async Task<(string Agent, string Environment)> PrepareTeamAsync(ReverieProcess server)
    {
        using var http = server.Connect();
        var worker = IdOf(await PostAsync(http, "/v1/agents", new { name = "worker", model = "reverie/scripted", system = Worker, tools = JsonElement.Parse(AllTools) }));
        var lead = await PostAsync(http, "/v1/agents", new { name = "lead", model = "reverie/scripted", system = Lead, multiagent = new { type = "coordinator", agents = new[] { worker } } });
        return (IdOf(lead), IdOf(await PostAsync(http, "/v1/environments", new { name = "e", config = new { type = "cloud" } })));
    }

    private static async Task<(string Agent, string Environment)> PrepareAsync(ReverieProcess server)
    {
        using var http = server.Connect();
        var agent = await PostAsync(http, "/v1/agents", new { name = "tester", model = "reverie/scripted", system = Script, tools = JsonElement.Parse(Tools) });
        return (IdOf(agent), IdOf(await PostAsync(http, "/v1/environments", new { name = "e", config = new { type = "cloud" } })));
    }

    private static async Task<string> StartAsync(ReverieProcess server, string agent, string environment)
    {
        using var http = server.Connect();
        return IdOf(await PostAsync(http, "/v1/sessions", new { agent, environment_id = environment }));
    }

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, object body)
    {
        using var response = await http.PostAsJsonAsync(path, body, Cancelled);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
    }

    private static async Task<List<JsonElement>> ListAsync(HttpClient http, string session) =>
        [.. (await http.GetFromJsonAsync<JsonElement>($"/v1/sessions/{session}/events?limit=1000", Cancelled)).GetProperty("data").EnumerateArray()];

    /// <summary>A client as the contract tells it to be: opens the stream, then lists, and knows events by their ids.</summary>
    private sealed class Client(string session, string begin)
    {
        public string Session => session;

        /// <summary>The last copy of each event, by id.</summary>
        public Dictionary<string, string> Seen { get; } = new(StringComparer.Ordinal);

        /// <summary>Sends the message and answers calls until the turn is over. False when the server died.</summary>
        public async Task<bool> FollowAsync(ReverieProcess server)
        {
            using var http = server.Connect();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
            patience.CancelAfter(Patience);
            try
            {
                using var stream = await http.GetStreamAsync($"/v1/sessions/{session}/events/stream", patience.Token);
                var list = await ListAsync(http, session);
                foreach (var entry in list) See(entry);
                if (list.Count == 0) await SendAsync(http, begin);
                if (list.LastOrDefault() is { ValueKind: JsonValueKind.Object } last && await IsOverAsync(http, last)) return true;
                await foreach (var frame in SseParser.Create(stream).EnumerateAsync(patience.Token))
                {
                    if (frame.EventType == "ping") continue;
                    var entry = JsonElement.Parse(frame.Data);
                    See(entry);
                    if (await IsOverAsync(http, entry)) return true;
                }
                return false;
            }
            catch (Exception error) when (error is HttpRequestException { StatusCode: null } or IOException)
            {
                return false;
            }
        }

        private void See(JsonElement entry) => Seen[IdOf(entry)] = entry.GetRawText();

        private async Task<bool> IsOverAsync(HttpClient http, JsonElement entry)
        {
            if (TypeOf(entry) != "session.status_idle") return false;
            if (ReasonOf(entry) == "end_turn") return true;
            foreach (var call in entry.GetProperty("stop_reason").GetProperty("event_ids").EnumerateArray().Select(static c => c.GetString()!)) await SendAsync(http, TypeOf(JsonElement.Parse(Seen[call])) == "agent.tool_use" ? Allow(call) : Answer(call));
            return false;
        }

        private async Task SendAsync(HttpClient http, string entry) => await PostAsync(http, $"/v1/sessions/{session}/events", JsonElement.Parse($$"""{"events":[{{entry}}]}"""));
    }
}
