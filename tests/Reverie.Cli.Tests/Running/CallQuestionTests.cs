using System.Text.Json;
using Reverie.Cli.Running;
using Reverie.Cli.Terminal;

namespace Reverie.Cli.Tests.Running;

/// <summary>What a person types about a call that waits, and what is sent for it.</summary>
public sealed class CallQuestionTests
{
    private const string Call = """{"type":"agent.tool_use","id":"sevt_1","name":"bash","input":{"command":"rm\u001b[2K -r ."}}""";

    [Theory]
    [InlineData("y\n", """{"type":"user.tool_confirmation","tool_use_id":"sevt_1","result":"allow"}""")]
    [InlineData("\n YES \n", """{"type":"user.tool_confirmation","tool_use_id":"sevt_1","result":"allow"}""")]
    [InlineData("n\n", """{"type":"user.tool_confirmation","tool_use_id":"sevt_1","result":"deny"}""")]
    [InlineData("too much\n", """{"type":"user.tool_confirmation","tool_use_id":"sevt_1","result":"deny","deny_message":"too much"}""")]
    public async Task A_permission_is_given_or_refused_with_a_reason(string typed, string sent) => Assert.Equal(sent, (await AskAsync(Call, typed)).Sent);

    [Fact]
    public async Task Nothing_typed_leaves_the_call_open() => Assert.Null((await AskAsync(Call, "")).Sent);

    [Fact]
    public async Task What_is_asked_about_is_shown_whole_and_harmless() => Assert.StartsWith("Allow bash rm[2K -r . ? ", (await AskAsync(Call, "n\n")).Shown, StringComparison.Ordinal);

    [Fact]
    public async Task Why_a_call_asks_is_shown_on_a_line_and_harmless() =>
        Assert.StartsWith("  it asks because: It deletes[2K what was Allow nothing\nAllow bash ", (await AskAsync(Call, "n\n", "It deletes\u001b[2K what was\nAllow nothing")).Shown, StringComparison.Ordinal);

    [Fact]
    public async Task A_custom_tool_gets_its_result_even_where_it_reads_as_a_yes() =>
        Assert.Equal("""{"type":"user.custom_tool_result","custom_tool_use_id":"sevt_2","content":[{"type":"text","text":"y"}]}""",
            (await AskAsync("""{"type":"agent.custom_tool_use","id":"sevt_2","name":"ask","input":{}}""", "y\n")).Sent);

    private static async Task<(string? Sent, string Shown)> AskAsync(string call, string typed, string? reason = null)
    {
        using var shown = new StringWriter();
        var streams = new CliStreams(shown, TextWriter.Null, new StringReader(typed), InIsTerminal: true, OutIsTerminal: true, ErrorIsTerminal: true, NoColor: true, WidthColumns: 80);
        var sent = await CallQuestion.AskAsync(streams, SessionLine.Of(JsonElement.Parse(call)), reason, TestContext.Current.CancellationToken);
        return (sent?.ToJsonString(), shown.ToString());
    }
}
