using System.Net;
using System.Text.Json;
using Reverie.Server.Tests.Hosting;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Sessions;

/// <summary>Outcomes whose rubric needs no model (public contract, "Outcomes").</summary>
public abstract class OutcomeTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : OutcomeTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : OutcomeTests(server), IClassFixture<PostgresServer>;

    private const string Rubric = "# Done\n```checks\n- file: answer.json\n- json: answer.json\n  pointer: /sum\n  at_least: 3\n- name: no tabs\n  command: \"! grep -rP '\\\\t' /mnt/session/outputs\"\n```\n";

    private readonly TestServer _server = server.OrSkip();

    [Fact]
    public async Task Work_is_sent_back_until_it_is_done()
    {
        await using var session = await StartAsync(_server, Writes("{\\\"sum\\\":1}", "{\\\"sum\\\":3}"));

        await session.SendAsync(Outcome(Rubric));
        var list = await session.RestAsync();

        Assert.Equal("user.define_outcome", TypeOf(list[0]));
        Assert.StartsWith("outc_", list[0].GetProperty("outcome_id").GetString(), StringComparison.Ordinal);
        Assert.Single(list, static e => TypeOf(e) == "session.status_idle");
        Assert.Equal("end_turn", ReasonOf(list[^1]));
        var (starts, ends) = (Of(list, "span.outcome_evaluation_start"), Of(list, "span.outcome_evaluation_end"));
        Assert.Equal([0, 1], starts.Select(static e => e.GetProperty("iteration").GetInt32()));
        Assert.Equal(["needs_revision", "satisfied"], ends.Select(static e => e.GetProperty("result").GetString()));
        Assert.Equal(starts.Select(IdOf), ends.Select(static e => e.GetProperty("outcome_evaluation_start_id").GetString()!));
        Assert.Contains("is 1, less than 3", ends[0].GetProperty("explanation").GetString(), StringComparison.Ordinal);
        var shown = (await session.GetAsync()).GetProperty("outcome_evaluations")[0];
        Assert.Equal(("satisfied", 1, list[0].GetProperty("outcome_id").GetString()), (shown.GetProperty("result").GetString(), shown.GetProperty("iteration").GetInt32(), shown.GetProperty("outcome_id").GetString()));
        Assert.Equal(JsonValueKind.String, shown.GetProperty("completed_at").ValueKind);

        var scores = (await _server.GetAsync($"/v1/reverie/sessions/{session.Id}/evaluations")).Expect(HttpStatusCode.OK).Json.GetProperty("data");
        Assert.Equal([0.6667, 1.0], scores.EnumerateArray().Select(static s => s.GetProperty("score").GetDouble()));
        Assert.Equal([true, false, true], scores[0].GetProperty("criteria").EnumerateArray().Select(static c => c.GetProperty("met").GetBoolean()));
        var exported = (await _server.GetAsync($"/v1/reverie/sessions/export?source=reverie&external_id={session.Id}")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("satisfied", 1.0), (exported.GetProperty("outcome").GetProperty("result").GetString(), exported.GetProperty("outcome").GetProperty("score").GetDouble()));
    }

    [Fact]
    public async Task Work_that_is_never_done_ends_with_a_word_about_it()
    {
        await using var session = await StartAsync(_server, "answers: [{say: one}, {say: two}, {say: sorry}]");

        await session.SendAsync(Outcome(Rubric, "\"max_iterations\":2"));
        var list = await session.RestAsync();

        Assert.Equal(["needs_revision", "max_iterations_reached"], Of(list, "span.outcome_evaluation_end").Select(static e => e.GetProperty("result").GetString()));
        Assert.Equal("sorry", TextOf(Of(list, "agent.message")[^1]));
        Assert.Equal("max_iterations_reached", (await session.GetAsync()).GetProperty("outcome_evaluations")[0].GetProperty("result").GetString());
        await session.SendAsync(Outcome("```checks\n- command: 'true'\n```"));
        list = await session.RestAsync();
        Assert.Equal(["max_iterations_reached", "satisfied"], (await session.GetAsync()).GetProperty("outcome_evaluations").EnumerateArray().Select(static e => e.GetProperty("result").GetString()));
    }

    [Fact]
    public async Task An_interrupt_ends_an_outcome_before_and_within_an_evaluation()
    {
        await using var session = await StartAsync(_server, "answers: [{choose: [{if_user_says: sleep, say: done}, {wait_ms: 600000, say: late}]}]");
        await session.SendAsync(Outcome(Rubric));
        await session.UntilAsync("span.model_request_start");
        (await session.TryAsync(Outcome(Rubric))).ExpectError(400, "invalid_request_error");
        await session.SendAsync(Interrupt);
        var list = await session.RestAsync();
        Assert.Equal(("interrupted", ""), (Of(list, "span.outcome_evaluation_end")[0].GetProperty("result").GetString(), Of(list, "span.outcome_evaluation_end")[0].GetProperty("outcome_evaluation_start_id").GetString()));

        await session.SendAsync(Outcome("```checks\n- command: sleep 60\n```"));
        var start = await session.UntilAsync("span.outcome_evaluation_start");
        Assert.Equal("evaluating", (await session.GetAsync()).GetProperty("outcome_evaluations")[1].GetProperty("result").GetString());
        Assert.Equal("running", (await session.GetAsync()).GetProperty("status").GetString());
        await session.SendAsync(Interrupt);
        list = await session.RestAsync();
        Assert.Equal(("interrupted", IdOf(start)), (Of(list, "span.outcome_evaluation_end")[1].GetProperty("result").GetString(), Of(list, "span.outcome_evaluation_end")[1].GetProperty("outcome_evaluation_start_id").GetString()));
        Assert.Equal("session.status_idle", TypeOf(list[^1]));
    }

    [Fact]
    public async Task A_request_that_is_refused_leaves_no_outcome_behind()
    {
        await using var session = await StartAsync(_server, "answers: [{say: done}]");

        (await session.TryAsync(Outcome(Rubric), Outcome(Rubric))).ExpectError(400, "invalid_request_error");
        (await session.TryAsync(Outcome(Rubric), Allow("sevt_none"))).ExpectError(400, "invalid_request_error");
        Assert.Empty((await session.GetAsync()).GetProperty("outcome_evaluations").EnumerateArray());

        await session.SendAsync(Outcome("```checks\n- command: 'yes | head -c 500000'\n```"));
        Assert.Equal("satisfied", Of(await session.RestAsync(), "span.outcome_evaluation_end").Single().GetProperty("result").GetString());
    }

    [Fact]
    public async Task An_interrupt_does_not_end_what_was_asked_for_after_it()
    {
        await using var session = await StartAsync(_server, "answers: [{choose: [{if_user_says: Sum up, say: done}, {wait_ms: 600000, say: late}]}]");
        await session.SendAsync(Message("slow"));
        await session.UntilAsync("span.model_request_start");

        await session.SendAsync(Interrupt, Outcome("```checks\n- command: 'true'\n```"));
        await session.UntilAsync("session.status_idle");
        var list = await session.RestAsync();

        Assert.Equal("satisfied", Of(list, "span.outcome_evaluation_end").Single().GetProperty("result").GetString());
    }

    [Fact]
    public async Task Specialists_finish_before_the_work_of_their_lead_is_judged()
    {
        var worker = (await _server.PostAsync("/v1/agents", """{"name":"worker","model":"reverie/scripted","system":"answers: [{wait_ms: 300, call: {tool: write, input: {file_path: /mnt/session/outputs/a.txt, content: x}}}, {say: done}]","tools":[{"type":"agent_toolset_20260401"}]}""")).Expect(HttpStatusCode.OK).Id;
        await using var session = await LiveSession.StartAsync(_server, "answers: [{call: {tool: send_to_agent, input: {agent: worker, message: go}}}, {say: sent}, {say: thanks}]", agentMore: $$""","multiagent":{"type":"coordinator","agents":["{{worker}}"]}""");

        await session.SendAsync(Outcome("```checks\n- file: a.txt\n```"));
        var list = await session.RestAsync();

        Assert.Equal("satisfied", Assert.Single(Of(list, "span.outcome_evaluation_end")).GetProperty("result").GetString());
        Assert.Equal(2, Of(list, "agent.message").Count);
    }

    [Fact]
    public async Task Criteria_in_words_need_a_model_that_can_judge()
    {
        await using var session = await StartAsync(_server, "answers: [{say: done}]");

        await session.SendAsync(Outcome("It must be beautiful."));
        var list = await session.RestAsync();

        var end = Assert.Single(Of(list, "span.outcome_evaluation_end"));
        Assert.Equal("failed", end.GetProperty("result").GetString());
        Assert.Contains("grader's model", end.GetProperty("explanation").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"user.define_outcome","description":"d"}""", "rubric")]
    [InlineData("""{"type":"user.define_outcome","rubric":{"type":"text","content":"x"}}""", "description")]
    [InlineData("""{"type":"user.define_outcome","description":"d","rubric":{"type":"text","content":"x"},"max_iterations":21}""", "max_iterations")]
    [InlineData("""{"type":"user.define_outcome","description":"d","rubric":{"type":"file","file_id":"file_none"}}""", "rubric.file_id")]
    [InlineData("""{"type":"user.define_outcome","description":"d","rubric":{"type":"text","content":"```checks\n- fiel: a\n```"}}""", "fiel")]
    [InlineData("""{"type":"user.define_outcome","description":"d","rubric":{"type":"text","content":"```checks\n- json: a\n  pointer: x\n```"}}""", "pointer")]
    [InlineData("""{"type":"user.define_outcome","description":"d","rubric":{"type":"text","content":"```checks\nfile: a\n```"}}""", "dash")]
    [InlineData("""{"type":"user.define_outcome","description":"d","rubric":{"type":"text","content":"```checks\n- file: a"}}""", "closed")]
    [InlineData("""{"type":"user.define_outcome","description":"d","rubric":{"type":"text","content":"```checks\n- {file: a, !!str file: b}\n```"}}""", "check")]
    public async Task What_is_wrong_with_an_outcome_is_said(string sent, string named)
    {
        await using var session = await StartAsync(_server, "answers: [{say: done}]");

        Assert.Contains(named, (await session.TryAsync(sent)).ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);
        Assert.Empty(await session.ListAsync());
    }

    [Fact]
    public async Task The_model_that_grades_is_a_setting_of_the_workspace()
    {
        Assert.Equal(JsonValueKind.Null, (await _server.GetAsync("/v1/reverie/settings")).Expect(HttpStatusCode.OK).Json.GetProperty("grader_model").ValueKind);
        Assert.Equal("reverie/local", (await _server.PostAsync("/v1/reverie/settings", """{"grader_model":"reverie/local"}""")).Expect(HttpStatusCode.OK).Json.GetProperty("grader_model").GetString());
        (await _server.PostAsync("/v1/reverie/settings", """{"grader_model":"nobody-knows"}""")).ExpectError(400, "invalid_request_error");
        Assert.Equal(JsonValueKind.Null, (await _server.PostAsync("/v1/reverie/settings", """{"grader_model":null}""")).Expect(HttpStatusCode.OK).Json.GetProperty("grader_model").ValueKind);
    }

    private static List<JsonElement> Of(IEnumerable<JsonElement> list, string type) => [.. list.Where(e => TypeOf(e) == type)];

    private static string Outcome(string rubric, string more = "\"max_iterations\":null") =>
        $$"""{"type":"user.define_outcome","description":"Sum up.","rubric":{"type":"text","content":{{JsonSerializer.Serialize(rubric)}}},{{more}}}""";

    /// <summary>An agent that writes its answer, another one each time its work is sent back.</summary>
    private static string Writes(params string[] answers) =>
        $"answers: [{string.Join(", ", answers.Select(static a => $"{{call: {{tool: write, input: {{file_path: /mnt/session/outputs/answer.json, content: \"{a}\"}}}}}}, {{say: written}}"))}]";
}
