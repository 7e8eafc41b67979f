using System.Text.Json;
using Reverie.Cli.Running;
using Reverie.Cli.Terminal;

namespace Reverie.Cli.Tests.Running;

/// <summary>How events look to a person.</summary>
public sealed class TextViewTests : IDisposable
{
    private readonly StringWriter _out = new();

    public void Dispose() => _out.Dispose();

    [Fact]
    public void Words_are_shown_as_they_come_and_the_message_adds_what_they_left_out()
    {
        Show(isTerminal: true,
            """{"type":"event_start","event":{"type":"agent.message","id":"e1"}}""",
            Delta("e1", "one "), Delta("e1", "two"),
            """{"type":"agent.message","id":"e1","processed_at":"t","content":[{"type":"text","text":"one two three"}]}""");

        Assert.Equal("one two three\n", _out.ToString());
    }

    [Fact]
    public void A_preview_that_was_cut_off_ends_its_line()
    {
        Show(isTerminal: true,
            """{"type":"event_start","event":{"type":"agent.message","id":"e1"}}""",
            Delta("e1", "one"),
            """{"type":"agent.message","id":"e2","processed_at":"t","content":[{"type":"text","text":"other"}]}""");

        Assert.Equal("one\nother\n", _out.ToString());
    }

    [Fact]
    public void Nothing_a_model_or_tool_says_moves_the_cursor()
    {
        Show(isTerminal: false,
            """{"type":"agent.message","id":"e1","processed_at":"t","content":[{"type":"text","text":"a\u001b[2Jb\u202ec\r\nd [red]e[/]"}]}""",
            """{"type":"agent.tool_use","id":"e2","processed_at":"t","name":"bash","input":{"command":"x\u001b]0;y\u0007\nz [bold]"}}""",
            """{"type":"agent.tool_result","id":"e3","processed_at":"t","tool_use_id":"e2","content":[{"type":"text","text":"\u009bq\nr"}],"is_error":true}""");

        Assert.Equal("a[2Jbc\nd [red]e[/]\n● bash x]0;y z [bold]\n  ✗ q (+1 line)\n", _out.ToString());
    }

    [Fact]
    public void Arguments_are_cut_to_the_line()
    {
        Show(isTerminal: false, $$$"""{"type":"agent.tool_use","id":"e2","name":"write","input":{"file_path":"a.md","content":"{{{new string('x', 500)}}}"}}""");

        Assert.StartsWith("● write file_path=a.md, content=xxx", _out.ToString(), StringComparison.Ordinal);
        Assert.Equal(101, _out.ToString().Length);
    }

    [Fact]
    public void Events_without_their_fields_are_no_obstacle() =>
        Show(isTerminal: false, """{"type":"agent.message"}""", """{"type":"agent.tool_use"}""", """{"type":"agent.tool_result","content":"plain"}""", """{"type":"session.error"}""", """{"type":"session.error","error":{}}""", """{"type":"new.kind"}""", "{}");

    private static string Delta(string id, string text) => $$$$"""{"type":"event_delta","event_id":"{{{{id}}}}","delta":{"type":"content_delta","index":0,"content":{"type":"text","text":"{{{{text}}}}"}}}""";

    private void Show(bool isTerminal, params string[] lines)
    {
        var view = new TextView(new CliStreams(_out, TextWriter.Null, TextReader.Null, InIsTerminal: false, isTerminal, ErrorIsTerminal: false, NoColor: true, WidthColumns: 100));
        foreach (var line in lines) view.Show(SessionLine.Of(JsonElement.Parse(line)));
    }
}
