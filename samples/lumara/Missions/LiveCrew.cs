using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lumara.Crew;
using Lumara.Flying;
using Reverie.Inference;
using Reverie.Server;

namespace Lumara.Missions;

/// <summary>
/// Flies missions as sessions of a server in this process: a commander that sets a detector and a navigator to work, a memory
/// store mounted, custom tools answered by the simulation. Speaks to the server as any client does.
/// </summary>
public sealed class LiveCrew : IAsyncDisposable
{
    private const int SessionsAtATime = 4;

    private readonly ReverieServer _server;
    private readonly HttpClient _http;
    private readonly ConcurrentBag<string> _flown = [];
    private string _commander = "", _environment = "", _store = "";

    private LiveCrew(ReverieServer server)
    {
        _server = server;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Access.Url, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Access.Key);
        _http.DefaultRequestHeaders.Add("anthropic-beta", "managed-agents-2026-04-01,dreaming-2026-04-21");
    }

    /// <summary>Starts a server on an empty directory, with the crew and an empty memory store.</summary>
    /// <param name="directory">Of its data.</param>
    /// <param name="isSandboxUnsafe">Runs commands without a sandbox.</param>
    /// <param name="clock">The server's.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<LiveCrew> StartAsync(string directory, bool isSandboxUnsafe, TimeProvider clock, CancellationToken cancellationToken)
    {
        var server = await ReverieServer.StartAsync(new ServerOptions
        {
            Urls = "http://127.0.0.1:0",
            DataDirectory = directory,
            IsEmbedded = true,
            IsSandboxUnsafe = isSandboxUnsafe,
            Inference = new InferenceOptions { Embedded = [CrewModel.Embedded] },
        }, clock, cancellationToken);
        var crew = new LiveCrew(server);
        await crew.HireAsync(cancellationToken);
        return crew;
    }

    /// <summary>Flies missions, a few at a time; the results in their order.</summary>
    public async Task<IReadOnlyList<Flown>> FlyAsync(IReadOnlyList<Mission> missions, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var flown = new Flown[missions.Count];
        var done = 0;
        await Parallel.ForEachAsync(missions.Index(), new ParallelOptions { MaxDegreeOfParallelism = SessionsAtATime, CancellationToken = cancellationToken }, async (one, token) =>
        {
            flown[one.Index] = await FlyAsync(one.Item, token);
            progress?.Report(Interlocked.Increment(ref done));
        });
        return flown;
    }

    /// <summary>Dreams over all flights so far into the store; the playbooks it holds then.</summary>
    public async Task<string> DreamAsync(CancellationToken cancellationToken)
    {
        var dream = await PostAsync("/v1/reverie/dreams", new JsonObject
        {
            ["model"] = "reverie/local",
            ["inputs"] = new JsonArray(
                new JsonObject { ["type"] = "memory_store", ["memory_store_id"] = _store },
                new JsonObject { ["type"] = "sessions", ["session_ids"] = new JsonArray([.. _flown.Select(static id => JsonValue.Create(id))]) }),
            ["output_behavior"] = new JsonObject { ["type"] = "update_existing", ["memory_store_id"] = _store },
        }, cancellationToken);
        var id = dream.GetProperty("id").GetString();
        while (dream.GetProperty("status").GetString() is "pending" or "running")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
            dream = await SendAsync(HttpMethod.Get, $"/v1/dreams/{id}", null, cancellationToken);
        }
        if (dream.GetProperty("status").GetString() != "completed") throw new MissionException($"the dream ended as {dream.GetProperty("status")}: {dream.GetProperty("error")}");
        return await PlaybookAsync(cancellationToken);
    }

    /// <summary>Writes a memory by hand.</summary>
    /// <param name="path">From the root of the store.</param>
    /// <param name="text">All of it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        var memories = await SendAsync(HttpMethod.Get, $"/v1/memory_stores/{_store}/memories?limit=100", null, cancellationToken);
        var known = memories.GetProperty("data").EnumerateArray().FirstOrDefault(m => m.TryGetProperty("path", out var at) && at.GetString() == path && m.TryGetProperty("id", out _));
        if (known.ValueKind == JsonValueKind.Undefined) await PostAsync($"/v1/memory_stores/{_store}/memories", new JsonObject { ["path"] = path, ["content"] = text }, cancellationToken);
        else await PostAsync($"/v1/memory_stores/{_store}/memories/{known.GetProperty("id")}", new JsonObject { ["content"] = text }, cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private async Task<string> PlaybookAsync(CancellationToken cancellationToken)
    {
        var memories = await SendAsync(HttpMethod.Get, $"/v1/memory_stores/{_store}/memories?view=full&limit=20&path_prefix=/playbooks/", null, cancellationToken);
        return string.Concat(memories.GetProperty("data").EnumerateArray().Where(static m => m.GetProperty("type").GetString() == "memory").Select(static m => m.GetProperty("content").GetString()));
    }

    private async Task<Flown> FlyAsync(Mission mission, CancellationToken cancellationToken)
    {
        var flight = new Flight(mission.Site, mission.Flight);
        var tools = new FlightTools(flight);
        var session = (await PostAsync("/v1/sessions", new JsonObject
        {
            ["agent"] = _commander,
            ["environment_id"] = _environment,
            ["title"] = mission.Name,
            ["metadata"] = new JsonObject { ["pilot"] = mission.Pilot },
            ["resources"] = new JsonArray(new JsonObject { ["type"] = "memory_store", ["memory_store_id"] = _store, ["access"] = "read_only" }),
        }, cancellationToken)).GetProperty("id").GetString()!;
        using var stream = await _http.GetAsync($"/v1/sessions/{session}/events/stream", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await using var body = await stream.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(cancellationToken);
        _flown.Add(session);
        await TellAsync(session, new JsonObject
        {
            ["type"] = "user.define_outcome",
            ["description"] = mission.Order,
            ["rubric"] = new JsonObject { ["type"] = "text", ["content"] = LandingRubric.Text },
            ["max_iterations"] = 1,
        }, cancellationToken);
        var isGood = false;
        await foreach (var item in SseParser.Create(body, static (_, data) => JsonElement.Parse(data)).EnumerateAsync(cancellationToken))
        {
            switch (item.Data.GetProperty("type").GetString())
            {
                case "agent.custom_tool_use":
                    var (answer, isError) = tools.Run(item.Data.GetProperty("name").GetString()!, item.Data.GetProperty("input").GetRawText());
                    await TellAsync(session, new JsonObject
                    {
                        ["type"] = "user.custom_tool_result",
                        ["custom_tool_use_id"] = item.Data.GetProperty("id").GetString(),
                        ["content"] = Blocks(answer),
                        ["is_error"] = isError,
                    }, cancellationToken);
                    break;
                case "span.outcome_evaluation_end":
                    isGood = item.Data.GetProperty("result").GetString() == "satisfied";
                    break;
                case "session.status_idle" when item.Data.GetProperty("stop_reason").GetProperty("type").GetString() == "end_turn":
                    return new Flown(mission, flight.Landing, isGood);
                case "agent.tool_result" when item.Data.GetProperty("is_error").GetBoolean():
                    throw new MissionException($"{mission.Name}: a command failed: {item.Data.GetProperty("content")}");
                case "session.error":
                    throw new MissionException($"{mission.Name}: {item.Data.GetProperty("error")}");
            }
        }
        throw new MissionException($"{mission.Name}: the session ended before the flight did");
    }

    /// <summary>Makes the agents, the place they work in and the store.</summary>
    private async Task HireAsync(CancellationToken cancellationToken)
    {
        var detector = await AgentAsync(Words.Detector, "Surveys a site: every spot, the weather, the fuel.", Custom(FlightTools.OfDetector), null, cancellationToken);
        var navigator = await AgentAsync(Words.Navigator, "Lands on the spot it is given.", Custom(FlightTools.OfNavigator), null, cancellationToken);
        var bash = new JsonObject
        {
            ["type"] = "agent_toolset_20260401",
            ["default_config"] = new JsonObject { ["enabled"] = false },
            ["configs"] = new JsonArray(new JsonObject { ["name"] = Words.Bash, ["enabled"] = true }),
        };
        _commander = await AgentAsync("commander", "Reads the playbook, picks the spot and has the drone landed on it.", [bash],
            new JsonObject { ["type"] = "coordinator", ["agents"] = new JsonArray(detector, navigator) }, cancellationToken);
        _environment = (await PostAsync("/v1/environments", new JsonObject { ["name"] = "lumara", ["config"] = new JsonObject { ["type"] = "cloud", ["networking"] = new JsonObject { ["type"] = "limited", ["allowed_hosts"] = new JsonArray() } } }, cancellationToken)).GetProperty("id").GetString()!;
        _store = (await PostAsync("/v1/memory_stores", new JsonObject { ["name"] = "lumara", ["description"] = "What pilots learned about landing." }, cancellationToken)).GetProperty("id").GetString()!;
    }

    private async Task<string> AgentAsync(string name, string description, JsonArray tools, JsonObject? multiagent, CancellationToken cancellationToken) =>
        (await PostAsync("/v1/agents", new JsonObject { ["name"] = name, ["description"] = description, ["model"] = CrewModel.Id, ["tools"] = tools, ["multiagent"] = multiagent }, cancellationToken)).GetProperty("id").GetString()!;

    private static JsonArray Custom(IReadOnlyList<ModelTool> tools) =>
        [.. tools.Select(static t => new JsonObject { ["type"] = "custom", ["name"] = t.Name, ["description"] = t.Description, ["input_schema"] = JsonNode.Parse(t.InputSchema) })];

    private static JsonArray Blocks(string text) => [new JsonObject { ["type"] = "text", ["text"] = text }];

    private Task<JsonElement> TellAsync(string session, JsonObject told, CancellationToken cancellationToken) =>
        PostAsync($"/v1/sessions/{session}/events", new JsonObject { ["events"] = new JsonArray(told) }, cancellationToken);

    private Task<JsonElement> PostAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), cancellationToken);

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var answer = await _http.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new MissionException($"{method} {path}: {(int)answer.StatusCode} {text}");
    }
}
