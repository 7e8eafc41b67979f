using System.Text;
using System.Text.Json;
using Anthropic.Core;
using Anthropic.Exceptions;
using Anthropic.Models.Beta.Agents;
using Anthropic.Models.Beta.Sessions;
using Anthropic.Models.Beta.Sessions.Events;
using Anthropic.Services;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Sessions;

/// <summary>Sessions that run agents, from the agent to the files it leaves, through the official client.</summary>
public abstract class SessionClientTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : SessionClientTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : SessionClientTests(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();

    private IBetaService Beta => _server.Client.Beta;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_agent_and_its_versions_go_the_whole_way()
    {
        var made = await Beta.Agents.Create(new() { Name = "a", Model = new BetaManagedAgentsModelConfigParams { ID = "reverie/local" }, System = "One." }, Cancelled);
        var after = await Beta.Agents.Update(made.ID, new() { Version = 1, System = "Two." }, Cancelled);
        var versions = await Beta.Agents.Versions.List(made.ID, cancellationToken: Cancelled);
        var listed = await Beta.Agents.List(new() { Limit = 100 }, Cancelled);

        made.Validate();
        Assert.Equal(("One.", 1), (made.System, (int)made.Version));
        Assert.Equal(("Two.", 2), (after.System, (int)after.Version));
        Assert.Equal([2, 1], versions.Items.Select(static v => (int)v.Version));
        Assert.Contains(made.ID, listed.Items.Select(static a => a.ID));
    }

    [Fact]
    public async Task A_session_goes_the_whole_way()
    {
        var session = await StartAsync("""{"answers":[{"say":"hi"}]}""", new() { Agent = "", EnvironmentID = "", Title = "T", Metadata = new Dictionary<string, string> { ["team"] = "ops" } });
        var changed = await Beta.Sessions.Update(session.ID, new() { Title = "U" }, Cancelled);
        var listed = await Beta.Sessions.List(new() { AgentID = session.Agent.ID }, Cancelled);
        var archived = await Beta.Sessions.Archive(session.ID, cancellationToken: Cancelled);
        var deleted = await Beta.Sessions.Delete(session.ID, cancellationToken: Cancelled);

        session.Validate();
        Assert.Equal(("T", "ops", BetaManagedAgentsSessionStatus.Idle), (session.Title, session.Metadata["team"], session.Status.Value()));
        Assert.Equal("U", changed.Title);
        Assert.Equal([session.ID], listed.Items.Select(static s => s.ID));
        Assert.Equal((BetaManagedAgentsSessionStatus.Terminated, true), (archived.Status.Value(), archived.ArchivedAt is not null));
        Assert.Equal(session.ID, deleted.ID);
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => Beta.Sessions.Retrieve(session.ID, cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Each_way_of_naming_an_agent_is_taken()
    {
        var agent = await Beta.Agents.Create(new() { Name = "a", Model = new BetaManagedAgentsModelConfigParams { ID = "reverie/local" }, System = "One." }, Cancelled);
        var environment = await NewEnvironmentAsync();

        var newest = await Beta.Sessions.Create(new() { Agent = agent.ID, EnvironmentID = environment }, Cancelled);
        var pinned = await Beta.Sessions.Create(new() { Agent = new BetaManagedAgentsAgentParams { ID = agent.ID, Version = 1 }, EnvironmentID = environment }, Cancelled);
        var other = await Beta.Sessions.Create(new() { Agent = new BetaManagedAgentsAgentWithOverridesParams { ID = agent.ID, System = "Two." }, EnvironmentID = environment }, Cancelled);

        Assert.Equal(["One.", "One.", "Two."], new[] { newest, pinned, other }.Select(static s => s.Agent.System));
    }

    [Fact]
    public async Task A_turn_is_followed_with_previews_and_listed()
    {
        var session = await StartAsync("""{"answers":[{"say":"Words that come in more than one piece."}]}""");
        var streamed = await TurnAsync(session.ID, Said("go"), [BetaManagedAgentsDeltaType.AgentMessage]);
        var listed = await Beta.Sessions.Events.List(session.ID, new() { Limit = 100 }, Cancelled);

        var started = Assert.Single(streamed, static e => TypeOf(e.Json) == "event_start");
        var pieces = string.Concat(streamed.Where(static e => TypeOf(e.Json) == "event_delta").Select(static e => e.Json.GetProperty("delta").GetProperty("content").GetProperty("text").GetString()));
        Assert.Equal("Words that come in more than one piece.", pieces);
        Assert.Contains(listed.Items, e => TypeOf(e.Json) == "agent.message" && e.Json.GetProperty("id").GetString() == started.Json.GetProperty("event").GetProperty("id").GetString());
        Assert.Equal(streamed.Where(static e => !IsWaiting(e.Json)).Select(static e => TypeOf(e.Json)).Where(static t => !t.StartsWith("event_", StringComparison.Ordinal)), listed.Items.Select(static e => TypeOf(e.Json)));
        Assert.All(listed.Items, static e => e.Validate());
        Assert.All(streamed, static e => e.Validate());
    }

    [Fact]
    public async Task A_custom_call_is_answered_and_the_thread_read()
    {
        var session = await StartAsync("""{"answers":[{"call":{"tool":"weather","input":{"city":"Oslo"}}},{"say":"It is {{result}}"}]}""", null,
            new BetaManagedAgentsCustomToolParams { Name = "weather", Description = "W", InputSchema = new() });
        var asked = await TurnAsync(session.ID, Said("go"));
        var call = asked.Single(static e => TypeOf(e.Json) == "agent.custom_tool_use").Json.GetProperty("id").GetString()!;
        var answered = await TurnAsync(session.ID, new BetaManagedAgentsUserCustomToolResultEventParams
        {
            CustomToolUseID = call,
            Content = [new BetaManagedAgentsTextBlock { Text = "rain" }],
        });
        var thread = Assert.Single((await Beta.Sessions.Threads.List(session.ID, cancellationToken: Cancelled)).Items);
        var events = await Beta.Sessions.Threads.Events.List(thread.ID, new() { SessionID = session.ID }, Cancelled);

        Assert.Contains("It is rain", answered.Single(static e => TypeOf(e.Json) == "agent.message").Json.GetRawText(), StringComparison.Ordinal);
        thread.Validate();
        Assert.Null(thread.ParentThreadID);
        Assert.Equal(thread, await Beta.Sessions.Threads.Retrieve(thread.ID, new() { SessionID = session.ID }, Cancelled));
        Assert.Contains("user.custom_tool_result", events.Items.Select(static e => TypeOf(e.Json)));
        await Assert.ThrowsAsync<AnthropicBadRequestException>(() => Beta.Sessions.Threads.Archive(thread.ID, new() { SessionID = session.ID }, Cancelled));
    }

    [Fact]
    public async Task Resources_are_added_listed_and_taken_out()
    {
        var file = await Beta.Files.Upload(new() { File = new BinaryContent { Stream = new MemoryStream(Encoding.UTF8.GetBytes("words")), FileName = "a.txt" } }, Cancelled);
        var session = await StartAsync("""{"answers":[{"say":"hi"}]}""");

        var added = await Beta.Sessions.Resources.Add(session.ID, new() { FileID = file.ID, MountPath = "/a.txt" }, Cancelled);
        var listed = await Beta.Sessions.Resources.List(session.ID, cancellationToken: Cancelled);
        var deleted = await Beta.Sessions.Resources.Delete(added.ID, new() { SessionID = session.ID }, Cancelled);

        added.Validate();
        Assert.Equal("/mnt/session/uploads/a.txt", added.MountPath);
        Assert.Single(listed.Items).Validate();
        Assert.Equal(added.ID, deleted.ID);
        Assert.Empty((await Beta.Sessions.Resources.List(session.ID, cancellationToken: Cancelled)).Items);
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => Beta.Sessions.Resources.Retrieve(added.ID, new() { SessionID = session.ID }, Cancelled));
    }

    [Fact]
    public async Task What_an_agent_leaves_is_listed_and_downloaded()
    {
        var session = await StartAsync("""{"answers":[{"call":{"tool":"bash","input":{"command":"echo words > /mnt/session/outputs/a.txt"}}},{"say":"done"}]}""", null,
            new BetaManagedAgentsAgentToolset20260401Params());
        await TurnAsync(session.ID, Said("go"));

        var file = Assert.Single((await Beta.Files.List(new() { ScopeID = session.ID, Betas = [TestServer.AgentsBeta] }, Cancelled)).Items);
        using var content = await Beta.Files.Download(file.ID, cancellationToken: Cancelled);
        using var reader = new StreamReader(await content.ReadAsStream(Cancelled));

        Assert.Equal(("a.txt", "words\n"), (file.Filename, await reader.ReadToEndAsync(Cancelled)));
    }

    [Fact]
    public async Task An_outcome_is_worked_on_until_it_is_satisfied()
    {
        var session = await StartAsync("""{"answers":[{"say":"done?"},{"call":{"tool":"write","input":{"file_path":"/mnt/session/outputs/a.txt","content":"x"}}},{"say":"done"}]}""", null,
            new BetaManagedAgentsAgentToolset20260401Params());
        var seen = await TurnAsync(session.ID, new BetaManagedAgentsUserDefineOutcomeEventParams
        {
            Description = "Write a.txt.",
            Rubric = new BetaManagedAgentsTextRubricParams { Content = "```checks\n- file: a.txt\n```" },
            MaxIterations = 2,
        });
        var after = await Beta.Sessions.Retrieve(session.ID, cancellationToken: Cancelled);

        Assert.All(seen, static e => e.Validate());
        Assert.Equal(["needs_revision", "satisfied"], seen.Where(static e => TypeOf(e.Json) == "span.outcome_evaluation_end").Select(static e => e.Json.GetProperty("result").GetString()));
        var evaluation = Assert.Single(after.OutcomeEvaluations);
        evaluation.Validate();
        Assert.Equal(("satisfied", "Write a.txt.", 1), (evaluation.Result, evaluation.Description, (int)evaluation.Iteration));
    }

    [Fact]
    public async Task A_lead_and_twenty_specialists_come_to_an_end()
    {
        var roster = new List<BetaManagedAgentsMultiagentRosterEntryParams>();
        var model = new BetaManagedAgentsModelConfigParams { ID = "reverie/scripted" };
        for (var i = 0; i < 20; i++)
            roster.Add((await Beta.Agents.Create(new() { Name = $"worker-{i}", Model = model, System = """{"answers":[{"wait_ms":50,"say":"done"}]}""" }, Cancelled)).ID);
        var sends = string.Join(',', roster.Select(static (_, i) => $$$"""{"tool":"send_to_agent","input":{"agent":"worker-{{{i}}}","message":"go"}}"""));
        var lead = await Beta.Agents.Create(new()
        {
            Name = "lead",
            Model = model,
            System = $$"""{"answers":[{"call":[{{sends}}]},{{string.Join(',', Enumerable.Repeat("""{"say":"ok"}""", 21))}}]}""",
            Multiagent = new BetaManagedAgentsMultiagentCoordinatorParams { Agents = roster },
        }, Cancelled);
        var session = await Beta.Sessions.Create(new() { Agent = lead.ID, EnvironmentID = await NewEnvironmentAsync() }, Cancelled);

        var seen = await TurnAsync(session.ID, Said("go"));
        var threads = (await Beta.Sessions.Threads.List(session.ID, cancellationToken: Cancelled)).Items;

        Assert.All(seen, static e => e.Validate());
        Assert.Equal(20, seen.Count(static e => TypeOf(e.Json) == "agent.thread_message_received"));
        Assert.Equal(21, threads.Count);
        Assert.All(threads, static t => t.Validate());
        var child = await Beta.Sessions.Threads.Archive(threads[1].ID, new() { SessionID = session.ID }, Cancelled);
        Assert.NotNull(child.ArchivedAt);
    }

    private static BetaManagedAgentsEventParams Said(string text) => new BetaManagedAgentsUserMessageEventParams
    {
        Content = [new BetaManagedAgentsTextBlock { Text = text }],
    };

    /// <summary>As it came in; who takes it up at once may forestall this one.</summary>
    private static bool IsWaiting(JsonElement entry) => entry.TryGetProperty("processed_at", out var at) && at.ValueKind == JsonValueKind.Null;

    private static string TypeOf(JsonElement entry) => entry.GetProperty("type").GetString()!;

    private async Task<string> NewEnvironmentAsync() => (await Beta.Environments.Create(new() { Name = "e" }, Cancelled)).ID;

    /// <summary>A session of an agent that does what the script says.</summary>
    private async Task<BetaManagedAgentsSession> StartAsync(string script, SessionCreateParams? session = null, params IReadOnlyList<Anthropic.Models.Beta.Agents.Tool> tools)
    {
        var agent = await Beta.Agents.Create(new() { Name = "actor", Model = new BetaManagedAgentsModelConfigParams { ID = "reverie/scripted" }, System = script, Tools = tools }, Cancelled);
        var environment = await NewEnvironmentAsync();
        return await Beta.Sessions.Create((session ?? new() { Agent = "", EnvironmentID = "" }) with { Agent = agent.ID, EnvironmentID = environment }, Cancelled);
    }

    /// <summary>Sends an event and follows the session until it idles; what came over the stream.</summary>
    private async Task<List<BetaManagedAgentsStreamSessionEvents>> TurnAsync(string session, BetaManagedAgentsEventParams sent, params IReadOnlyList<ApiEnum<string, BetaManagedAgentsDeltaType>> previews)
    {
        var events = new List<BetaManagedAgentsStreamSessionEvents>();
        // Open before anything is sent: a stream begins with what comes after it.
        using var response = await Beta.Sessions.Events.WithRawResponse.StreamStreaming(session, new() { EventDeltas = previews }, Cancelled);
        await Beta.Sessions.Events.Send(session, new() { Events = [sent] }, Cancelled);
        await foreach (var entry in response.Enumerate(Cancelled))
        {
            events.Add(entry);
            if (TypeOf(entry.Json) == "session.status_idle") return events;
        }
        Assert.Fail("the stream ended");
        return events;
    }
}
