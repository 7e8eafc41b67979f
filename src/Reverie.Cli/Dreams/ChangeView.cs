using System.Globalization;
using Reverie.Cli.Terminal;
using Reverie.Protocol.Dreams;
using static Reverie.Cli.Terminal.PlainText;

namespace Reverie.Cli.Dreams;

/// <summary>Shows one change the way a reviewer needs it: claim, reason, diff, quotes.</summary>
internal sealed class ChangeView(Screen screen, IReadOnlyDictionary<string, string> texts, bool isVerbose)
{
    private const int DiffLinesMax = 14;
    private const int QuotesMax = 2;
    private const int QuoteCharsMax = 160;
    private const int DiffCharsMax = 240;

    public void Write(Change change)
    {
        var (sign, style) = ChangeWords.Mark(change.Status);
        screen.Line($"[{style}]{sign}[/] [bold]{Escaped(Line(change.Summary))}[/]", 2);
        var target = change.NewPath is { } path ? $" → {Line(path)}" : "";
        screen.Line(string.Create(CultureInfo.InvariantCulture,
            $"[dim]{Escaped(Line(change.Id))} · {ChangeWords.Word(change.Status)} · {ChangeWords.Word(change.Op)}[/] [cyan]{Escaped(Line(change.Path) + target)}[/] [dim]· confidence {change.Confidence:0.00}[/]"), 4);
        if (change.Rationale.Length > 0) screen.Line($"[dim]why[/] {Escaped(Line(change.Rationale))}", 4);
        if (change.Replay is { } replay) screen.Line($"[dim]replay[/] would have applied in {Counted(replay.WouldApply)}; done already in {Counted(replay.AlreadyDone)}", 4);
        WriteDiff(DiffLines.Of(change, texts));
        WriteQuotes(change.Evidence);
        screen.Blank();
    }

    private static string Counted(ReplayCounts counts)
    {
        var parts = new[] { (counts.Failed, "failed"), (counts.Satisfied, "satisfied"), (counts.Ungraded, "ungraded") }.Where(static p => p.Item1 > 0)
            .Select(static p => string.Create(CultureInfo.InvariantCulture, $"{p.Item1:N0} {p.Item2}")).ToList();
        return parts.Count == 0 ? "no session" : $"{string.Join(", ", parts)} session{(counts.Total() == 1 ? "" : "s")}";
    }

    private void WriteDiff(IReadOnlyList<DiffLines.DiffLine> lines)
    {
        var shown = isVerbose ? lines.Count : Math.Min(lines.Count, DiffLinesMax);
        foreach (var (sign, text) in lines.Take(shown))
        {
            var verbatim = Verbatim(text).TrimEnd();
            var words = Escaped(verbatim.Length > DiffCharsMax && !isVerbose ? Line(verbatim, DiffCharsMax) : verbatim);
            screen.Line(sign switch
            {
                '+' => $"[green]+ {words}[/]",
                '-' => $"[red]- {words}[/]",
                '…' => "[dim]…[/]",
                _ => $"[dim]  {words}[/]",
            }, 4);
        }
        if (shown < lines.Count) screen.Line($"[dim]… {lines.Count - shown} more lines[/]", 4);
    }

    private void WriteQuotes(IReadOnlyList<Evidence> evidence)
    {
        var shown = isVerbose ? evidence.Count : Math.Min(evidence.Count, QuotesMax);
        foreach (var quoted in evidence.Take(shown))
        {
            var where = quoted.Memory is { } memory ? $"memory {memory}" : $"{quoted.Session} · event {quoted.Event}";
            screen.Line($"[italic]“{Escaped(Line(quoted.Quote, QuoteCharsMax))}”[/] [dim]{Escaped(Line(where))}[/]", 4);
        }
        if (shown < evidence.Count) screen.Line($"[dim]… {evidence.Count - shown} more quotes[/]", 4);
    }
}
