using Spectre.Console;

namespace Reverie.Cli.Terminal;

/// <summary>Writes what a person reads: markup on a terminal, the same words without colour or wrapping elsewhere.</summary>
public sealed class Screen
{
    private const int NoWrapColumns = 100_000;

    private readonly IAnsiConsole _console;
    private readonly bool _wraps;

    /// <param name="writer">Where to.</param>
    /// <param name="isTerminal">A person looks at it.</param>
    /// <param name="usesAnsi">Escape sequences may be written at all.</param>
    /// <param name="streams">Width and colour.</param>
    private Screen(TextWriter writer, bool isTerminal, bool usesAnsi, CliStreams streams)
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = usesAnsi ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isTerminal && !streams.NoColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            // Whether colour is wanted was settled above; the environment is not asked twice.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        _console.Profile.Width = isTerminal ? streams.WidthColumns : NoWrapColumns;
        _console.Profile.Capabilities.Unicode = true;
        _wraps = isTerminal;
        WidthColumns = isTerminal ? streams.WidthColumns : 100;
    }

    /// <summary>Columns a rule or a cut text should keep to.</summary>
    public int WidthColumns { get; }

    /// <summary>The renderer, for live displays.</summary>
    public IAnsiConsole Console => _console;

    /// <summary>The screen over the standard output.</summary>
    public static Screen Out(CliStreams streams) => new(streams.Out, streams.OutIsTerminal, streams.OutIsTerminal && !streams.NoColor, streams);

    /// <summary>The screen over the standard error. A progress bar moves the cursor even where no colour is wanted.</summary>
    public static Screen Error(CliStreams streams) => new(streams.Error, streams.ErrorIsTerminal, streams.ErrorIsTerminal, streams);

    /// <summary>An empty line.</summary>
    public void Blank() => _console.WriteLine();

    /// <summary>One line of markup; everything foreign in it must be escaped. Wrapped lines keep the indent.</summary>
    public void Line(string markup, int indent = 0)
    {
        if (_wraps && indent > 0) _console.Write(new Padder(new Markup(markup), new Padding(indent, 0, 0, 0)));
        else _console.MarkupLine(new string(' ', indent) + markup);
    }

    /// <summary>A heading with a rule.</summary>
    public void Heading(string text, string style = "bold")
    {
        var safe = PlainText.Escaped(PlainText.Line(text));
        _console.WriteLine();
        _console.MarkupLine($"[{style}]{safe}[/] [dim]{new string('─', Math.Max(3, Math.Min(WidthColumns, 100) - text.Length - 1))}[/]");
    }
}
