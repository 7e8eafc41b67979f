using System.Text.Json;
using Reverie.Protocol.Sessions;
using static Reverie.Tests.Sessions.Files;

namespace Reverie.Tests.Sessions;

public sealed class ClaudeCodeTests : IDisposable
{
    private readonly TemporaryDirectory _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task A_real_session_keeps_what_was_said_and_nothing_the_program_made_up()
    {
        var session = Assert.Single((await ReadAsync(Fixture("claude-code/real-session-excerpt.jsonl"))).Sessions);

        Assert.Equal("claude-code/ca9f8f57-90ab-4eda-b6a9-b9fc9676b789", session.Key);
        Assert.Equal(["user.message", "user.message", "agent.thinking", "agent.tool_use", "agent.tool_result", "agent.tool_use"], session.Events.Select(found => found.Type));
        Assert.Equal(["start", "the pre-commit hook should not block if the commit message explicitly contains \"no trajectory\""], Said(session));
        Assert.Equal("claude-sonnet-4-6", session.Metadata["model"]);
        Assert.Equal(session.Events[3].Id, session.Events[4].ToolUseId);
    }

    [Fact]
    public async Task A_rejected_call_is_an_error_and_the_interruption_is_no_prose()
    {
        var session = Assert.Single((await ReadAsync(Fixture("claude-code/real-session-rejected-tool.jsonl"))).Sessions);

        Assert.Equal(["agent.tool_result", "user.interrupt", "agent.tool_use"], session.Events.Select(found => found.Type));
        Assert.True(session.Events[0].IsError);
        Assert.Empty(Said(session));
    }

    [Fact]
    public async Task A_file_that_is_wrong_on_purpose_loses_only_its_bad_lines()
    {
        var file = Fixture("claude-code/edge_cases.jsonl");

        await RefusedAsync(file, "edge_cases.jsonl:10");
        var (sessions, tally) = await SkipBadAsync(file);

        Assert.Equal(["edge_cases", "todowrite_session"], sessions.Select(session => session.ExternalId));
        Assert.Equal(6, tally.Skipped);
        Assert.StartsWith("Tested various edge cases", sessions[0].Title);
        Assert.Null(sessions[1].Title);
        Assert.Contains("/test-command --verbose --output /tmp/test.log", Said(sessions[0]));
        Assert.Contains(sessions[0].Events, found => found.Text.Contains("中文"));
        Assert.DoesNotContain(Said(sessions[0]), text => text.Contains("local-command-stdout") || text.StartsWith("Caveat"));
    }

    [Fact]
    public async Task A_web_export_is_a_session_named_after_its_file()
    {
        var session = Assert.Single((await ReadAsync(Fixture("claude-code/sample_session.web-export.json"))).Sessions);

        Assert.Equal("sample_session.web-export", session.ExternalId);
        Assert.Equal(12, session.Events.Count(found => found.IsToolUse));
        Assert.Single(session.Events, found => found.IsError);
        Assert.Single(session.Events, found => found.Type == "agent.thread_context_compacted");
        Assert.DoesNotContain(session.Events, found => found.Text.Contains("session continuation summary"));
    }

    [Fact]
    public async Task The_order_is_that_of_time_but_never_before_what_is_answered()
    {
        var session = await OneAsync(
            Assistant("c", "b", 3, """{"type":"text","text":"third"}"""),
            User("a", null, 1, "first"),
            User("r", "u", 1, """[{"type":"tool_result","tool_use_id":"t","content":"done"}]""", quote: false),
            Assistant("u", "a", 2, """{"type":"tool_use","id":"t","name":"Bash","input":{}}"""));

        Assert.Equal(["user.message", "agent.tool_use", "agent.tool_result", "agent.message"], session.Events.Select(found => found.Type));
    }

    [Fact]
    public async Task A_circle_of_parents_is_cut()
    {
        var session = await OneAsync(User("a", "b", 1, "one"), User("b", "a", 2, "two"), User("c", "c", 3, "three"));

        Assert.Equal(["one", "three", "two"], Said(session).Order());
    }

    [Fact]
    public async Task Sub_agents_are_sessions_of_their_own()
    {
        var file = File(
            User("a", null, 1, "do it"),
            Side(User("s1", null, 2, "explore the code")), Side(Assistant("s2", "s1", 3, """{"type":"text","text":"found it"}""")),
            Side(User("t1", null, 2, "another task"), "agent7"),
            Assistant("z", "a", 9, """{"type":"text","text":"done"}"""));

        var sessions = (await ReadAsync(file)).Sessions;

        Assert.Equal(["S", "S/s1", "S/agent7"], sessions.Select(session => session.ExternalId));
        Assert.Equal(["claude-code", "claude-code/subagent", "claude-code/subagent"], sessions.Select(session => session.Agent));
        Assert.Equal("S", sessions[1].Metadata["parent_session"]);
        Assert.Equal(["agent.thread_message_received", "agent.message"], sessions[1].Events.Select(found => found.Type));
        Assert.Equal("explore the code", sessions[1].Title);
        Assert.Empty(Said(sessions[1]));
    }

    [Fact]
    public async Task A_circle_of_side_chains_is_cut()
    {
        var sessions = (await ReadAsync(File(Side(User("a", "b", 1, "x")), Side(User("b", "a", 2, "y"))))).Sessions;

        Assert.Equal(2, sessions.Sum(session => session.Events.Count));
    }

    [Theory]
    [InlineData("<system-reminder>be nice</system-reminder>fix the bug", "fix the bug")]
    [InlineData("<command-name>/review</command-name><command-message>review</command-message><command-args>the last commit</command-args>", "/review the last commit")]
    [InlineData("a < b and <T> stays, <system-reminder> too", "a < b and <T> stays, <system-reminder> too")]
    public async Task Only_typed_text_is_a_message_of_the_user(string text, string typed) =>
        Assert.Equal([typed], Said(await OneAsync(User("a", null, 1, text))));

    [Theory]
    [InlineData("<command-name>/clear</command-name><command-message>clear</command-message><command-args></command-args>")]
    [InlineData("<local-command-stdout>ok</local-command-stdout>")]
    [InlineData("<bash-input>ls</bash-input><bash-stdout>a</bash-stdout><bash-stderr></bash-stderr>")]
    [InlineData("  ")]
    public async Task Markup_alone_is_no_message(string text) =>
        Assert.Empty((await ReadAsync(File(User("a", null, 1, text)))).Sessions);

    [Fact]
    public async Task Injected_lines_are_left_out_but_their_tool_results_stay()
    {
        var line = User("a", null, 1, """[{"type":"text","text":"skill text"},{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"kept"}]}]""", quote: false);

        var session = await OneAsync(line.Replace("\"type\":\"user\"", "\"type\":\"user\",\"isMeta\":true"));

        Assert.Equal(["kept"], session.Events.Select(found => found.Text));
    }

    [Fact]
    public async Task An_api_failure_is_an_error_of_the_session()
    {
        var session = await OneAsync(Assistant("a", null, 1, """{"type":"text","text":"API Error: 529"}""")
            .Replace("\"type\":\"assistant\"", "\"type\":\"assistant\",\"isApiErrorMessage\":true"));

        Assert.Equal(["session.error"], session.Events.Select(found => found.Type));
        Assert.Equal("API Error: 529", session.Events[0].Text);
    }

    [Fact]
    public async Task Mcp_tools_and_their_results_are_told_apart()
    {
        var session = await OneAsync(
            Assistant("a", null, 1, """{"type":"tool_use","id":"t","name":"mcp__github__create_issue","input":{"a":1}}"""),
            User("b", "a", 2, """[{"type":"tool_result","tool_use_id":"t","content":"ok"}]""", quote: false));

        Assert.Equal(["agent.mcp_tool_use", "agent.mcp_tool_result"], session.Events.Select(found => found.Type));
        Assert.Equal("create_issue", session.Events[0].ToolName);
    }

    [Fact]
    public async Task Pictures_keep_their_place_but_not_their_data()
    {
        var session = await OneAsync(User("a", null, 1, """[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}]""", quote: false));

        Assert.Equal("""[{"type":"image","source":{"type":"omitted","media_type":"image/png"}}]""", session.Events[0].Raw.GetProperty("content").GetRawText());
    }

    [Fact]
    public async Task Repeated_lines_and_tool_uses_count_once()
    {
        var use = Assistant("a", null, 1, """{"type":"tool_use","id":"t","name":"Bash","input":{}}""");

        Assert.Single((await OneAsync(use, use, use.Replace("\"uuid\":\"a\"", "\"uuid\":\"b\""))).Events);
    }

    [Fact]
    public async Task A_title_somebody_gave_wins_over_a_summary_and_unknown_lines_are_passed_over()
    {
        var session = await OneAsync("""{"type":"summary","summary":"generated","leafUuid":"a"}""", User("a", null, 1, "hello"),
            """{"type":"brand-new-thing","data":[1,2]}""", """{"type":"custom-title","customTitle":"My work","sessionId":"S"}""");

        Assert.Equal("My work", session.Title);
    }

    [Fact]
    public async Task A_cut_off_file_gives_what_came_before()
    {
        var text = string.Join('\n', Enumerable.Range(0, 2000).Select(index => User($"u{index}", null, index % 60, $"message {index * 7919 % 10007}")));
        var whole = Gzip(text);
        var file = _temporary.Write("cut.jsonl.gz", whole[..(whole.Length / 2)]);

        await RefusedAsync(file, "cut off");
        var (sessions, tally) = await SkipBadAsync(file);

        Assert.InRange(Assert.Single(sessions).Events.Count, 100, 1999);
        Assert.Equal(1, tally.Skipped);
    }

    private static List<string> Said(SessionTranscript session) => [.. session.Events.Where(found => found.Type == "user.message").Select(found => found.Text)];

    private static string User(string uuid, string? parent, int second, string content, bool quote = true) =>
        Turn("user", uuid, parent, second, $$"""{"role":"user","content":{{(quote ? JsonSerializer.Serialize(content) : content)}}}""");

    private static string Assistant(string uuid, string? parent, int second, string block) =>
        Turn("assistant", uuid, parent, second, $$"""{"role":"assistant","id":"m","model":"model","content":[{{block}}]}""");

    private static string Turn(string type, string uuid, string? parent, int second, string message) =>
        $$"""{"parentUuid":{{JsonSerializer.Serialize(parent)}},"type":"{{type}}","uuid":"{{uuid}}","sessionId":"S","timestamp":"2026-01-01T00:00:{{second:00}}.000Z","message":{{message}}}""";

    private static string Side(string line, string? agent = null) =>
        line.Replace("{\"parentUuid\"", (agent is null ? "{" : $"{{\"agentId\":\"{agent}\",") + "\"isSidechain\":true,\"parentUuid\"");

    private string File(params string[] lines) => _temporary.Write("session.jsonl", string.Join('\n', lines));

    private async Task<SessionTranscript> OneAsync(params string[] lines) => Assert.Single((await ReadAsync(File(lines))).Sessions);
}
