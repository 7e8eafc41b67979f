using Reverie.Cli.Terminal;
using Reverie.Sessions.Turns;

namespace Reverie.Cli.Running;

/// <summary>A session as a person reads it: what was said in full, each tool call and its result on a line.</summary>
internal sealed class TextView(CliStreams streams) : ISessionView
{
    private readonly Screen _screen = Screen.Out(streams);
    private string? _previewed;
    private int _previewedChars;
    private bool _isMidLine;

    /// <inheritdoc />
    public bool WantsPreviews => streams.OutIsTerminal;

    /// <inheritdoc />
    public void Show(SessionLine line)
    {
        switch (line.Type)
        {
            case "event_start":
                (_previewed, _previewedChars) = (SessionLine.PartOf(line.Body, "event") is { } started ? SessionLine.TextOf(started, "id") : null, 0);
                break;
            case "event_delta" when line.Text("event_id") == _previewed && line.Part("delta") is { } delta && SessionLine.PartOf(delta, "content") is { } piece:
                Preview(SessionLine.TextOf(piece, "text") ?? "");
                break;
            case EventTypes.AgentMessage:
                Say(line);
                break;
            case EventTypes.UserMessage when line.IsProcessed:
            case EventTypes.SystemMessage when line.IsProcessed:
                Marked("> ", line.Content(), "bold");
                break;
            case EventTypes.UserInterrupt when line.IsProcessed:
                Mark("bold", "> (interrupted)");
                break;
            case EventTypes.UserToolConfirmation:
                Mark("bold", line.Text("result") == "allow" ? "> (allowed)" : $"> (denied) {PlainText.Line(line.Text("deny_message") ?? "")}".TrimEnd());
                break;
            case var type when EventTypes.IsCall(type):
                Mark("cyan", CallText.Line(line, _screen.WidthColumns));
                break;
            case var type when EventTypes.IsCallResult(type):
                Result(line);
                break;
            case EventTypes.ContextCompacted:
                Mark("dim", "· the conversation so far was summarised");
                break;
            case EventTypes.SessionError when line.Part("error") is { } error:
                Mark("yellow", PlainText.Line($"! {SessionLine.TextOf(error, "message")} ({(SessionLine.PartOf(error, "retry_status") is { } retry ? SessionLine.TextOf(retry, "type") : "")})"));
                break;
        }
    }

    /// <summary>Ends a line that is being written.</summary>
    private void EndLine()
    {
        if (_isMidLine) streams.Out.WriteLine();
        _isMidLine = false;
    }

    private void Preview(string text)
    {
        _previewedChars += text.Length;
        Write(text);
    }

    /// <summary>The whole message, or what its preview left out.</summary>
    private void Say(SessionLine line)
    {
        var text = line.Content();
        if (line.Id != _previewed) EndLine();
        Write(line.Id == _previewed ? text[Math.Min(_previewedChars, text.Length)..] : text);
        _previewed = null;
        EndLine();
    }

    private void Write(string text)
    {
        if (text.Length == 0) return;
        streams.Out.Write(string.Join('\n', text.Split('\n').Select(PlainText.Verbatim)));
        _isMidLine = text[^1] != '\n';
    }

    private void Result(SessionLine line)
    {
        var lines = line.Content().Split('\n').Select(PlainText.Verbatim).Where(static l => !string.IsNullOrWhiteSpace(l)).ToList();
        var isError = line.Body.TryGetProperty("is_error", out var error) && error.ValueKind == System.Text.Json.JsonValueKind.True;
        var more = lines.Count > 1 ? $" (+{lines.Count - 1} {(lines.Count == 2 ? "line" : "lines")})" : "";
        Mark(isError ? "red" : "dim", $"  {(isError ? "✗" : "└")} {PlainText.Line(lines.FirstOrDefault() ?? "(no output)", _screen.WidthColumns - 4 - more.Length)}{more}");
    }

    private void Marked(string prefix, string text, string style)
    {
        foreach (var line in text.TrimEnd('\n').Split('\n')) Mark(style, prefix + PlainText.Verbatim(line));
    }

    private void Mark(string style, string safe)
    {
        EndLine();
        _screen.Line($"[{style}]{PlainText.Escaped(safe)}[/]");
    }
}
