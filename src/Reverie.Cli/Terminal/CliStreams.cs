namespace Reverie.Cli.Terminal;

/// <summary>What the command line reads from and writes to; tests pass their own.</summary>
/// <param name="Out">The answer.</param>
/// <param name="Error">Progress and complaints.</param>
/// <param name="In">A person's answers.</param>
/// <param name="InIsTerminal">A person types into <paramref name="In"/>.</param>
/// <param name="OutIsTerminal">A person looks at <paramref name="Out"/>.</param>
/// <param name="ErrorIsTerminal">A person looks at <paramref name="Error"/>.</param>
/// <param name="NoColor">The person asked for no colour (<c>NO_COLOR</c>).</param>
/// <param name="WidthColumns">Width of the terminal.</param>
public sealed record CliStreams(TextWriter Out, TextWriter Error, TextReader In, bool InIsTerminal, bool OutIsTerminal, bool ErrorIsTerminal,
    bool NoColor, int WidthColumns)
{
    private const int WidthColumnsDefault = 100;

    /// <summary>The process's own.</summary>
    public static CliStreams OfProcess()
    {
        var isDumb = string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal);
        var noColor = isDumb || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new(new StandardWriter(Console.Out, isLast: false), new StandardWriter(Console.Error, isLast: true), Console.In, !Console.IsInputRedirected, !Console.IsOutputRedirected, !Console.IsErrorRedirected && !isDumb,
            noColor, TerminalWidth());
    }

    /// <summary>The person's next line; null at the end. A terminal cannot be asked to stop waiting, so the wait is left behind.</summary>
    public Task<string?> ReadLineAsync(CancellationToken cancellationToken) =>
        Task.Run(In.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);

    private static int TerminalWidth()
    {
        try
        {
            return Console.IsOutputRedirected || Console.WindowWidth <= 0 ? WidthColumnsDefault : Console.WindowWidth;
        }
        catch (IOException)
        {
            return WidthColumnsDefault;
        }
    }
}
