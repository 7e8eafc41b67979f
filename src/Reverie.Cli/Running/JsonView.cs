using Reverie.Cli.Terminal;

namespace Reverie.Cli.Running;

/// <summary>One event a line, as the wire carries it.</summary>
internal sealed class JsonView(CliStreams streams) : ISessionView
{
    /// <inheritdoc />
    public bool WantsPreviews => false;

    /// <inheritdoc />
    public void Show(SessionLine line) => streams.Out.WriteLine(streams.OutIsTerminal ? PlainText.Verbatim(line.Json) : line.Json);
}
