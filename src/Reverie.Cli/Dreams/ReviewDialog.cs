using Reverie.Cli.Terminal;
using Reverie.Dreams;
using Reverie.Protocol.Dreams;
using static Reverie.Cli.Terminal.PlainText;

namespace Reverie.Cli.Dreams;

/// <summary>Walks a person through the open changes of a report, one by one, and collects the verdicts. Changes nothing itself.</summary>
internal sealed class ReviewDialog(CliStreams streams, Screen screen, TextEditing editing, ChangeView view)
{
    private const string Keys = "a accept · e edit · r reject · k accept all of this kind · s skip · q quit and apply what was accepted";

    private readonly Dictionary<string, Verdict> _verdicts = new(StringComparer.Ordinal);
    private readonly HashSet<ChangeKind> _acceptedKinds = [];

    /// <summary>The verdicts by change id. The end of the input means quit.</summary>
    public async Task<IReadOnlyDictionary<string, Verdict>> AskAsync(IReadOnlyList<Change> open, CancellationToken cancellationToken)
    {
        for (var i = 0; i < open.Count; i++)
        {
            var change = open[i];
            if (_acceptedKinds.Contains(change.Kind) && change.Status == ChangeStatus.Proposed)
            {
                _verdicts[change.Id] = Verdict.Accept.AsIs;
                continue;
            }
            screen.Heading($"{i + 1} of {open.Count} · {ChangeWords.Title(change.Kind)}");
            if (change.Status == ChangeStatus.Quarantined) WarnOfQuarantine();
            view.Write(change);
            if (!await DecideAsync(change, cancellationToken)) return _verdicts;
        }
        return _verdicts;
    }

    private void WarnOfQuarantine()
    {
        screen.Line("[bold red]QUARANTINED: this looks like an instruction planted by untrusted content.[/]", 2);
        screen.Line("[red]Accept it only if you know where it comes from and want every later session to read it.[/]", 2);
    }

    /// <summary>False when the person has had enough.</summary>
    private async Task<bool> DecideAsync(Change change, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (await AnswerAsync(cancellationToken))
            {
                case null or "q":
                    return false;
                case "s":
                    return true;
                case "a":
                    _verdicts[change.Id] = Verdict.Accept.AsIs;
                    return true;
                case "r":
                    _verdicts[change.Id] = Verdict.Reject.Plain;
                    return true;
                case "k" when change.Status == ChangeStatus.Quarantined:
                    screen.Line("[yellow]Quarantined changes are accepted one at a time; press a to accept this one.[/]", 2);
                    break;
                case "k":
                    _acceptedKinds.Add(change.Kind);
                    _verdicts[change.Id] = Verdict.Accept.AsIs;
                    return true;
                case "e" when change.Edits.All(edit => edit.Insert.Length == 0):
                    screen.Line("[yellow]This change puts no text in; there is nothing to edit.[/]", 2);
                    break;
                case "e":
                    if (await RewordAsync(change, cancellationToken) is { } edited)
                    {
                        _verdicts[change.Id] = edited;
                        return true;
                    }
                    screen.Line("[yellow]Not edited.[/]", 2);
                    break;
                default:
                    screen.Line($"[dim]{Escaped(Keys)}[/]", 2);
                    break;
            }
        }
    }

    private async Task<string?> AnswerAsync(CancellationToken cancellationToken)
    {
        await streams.Out.WriteAsync("  [a/e/r/k/s/q, ? for help] ");
        await streams.Out.FlushAsync(cancellationToken);
        var line = await streams.ReadLineAsync(cancellationToken);
        if (!streams.InIsTerminal) await streams.Out.WriteLineAsync(Line(line ?? "q"));
        return line?.Trim().ToLowerInvariant();
    }

    private async Task<Verdict.AcceptEdited?> RewordAsync(Change change, CancellationToken cancellationToken)
    {
        var inserts = new List<string>(change.Edits.Count);
        foreach (var edit in change.Edits)
        {
            if (edit.Insert.Length == 0)
            {
                inserts.Add("");
                continue;
            }
            if (await editing.EditAsync(edit.Insert, cancellationToken) is not { } text) return null;
            inserts.Add(KeepLineEnd(edit.Insert, text));
        }
        return new(inserts);
    }

    /// <summary>Whole lines stay whole lines, whatever the editor did at the end of the file.</summary>
    private static string KeepLineEnd(string before, string edited)
    {
        var body = edited.TrimEnd('\r', '\n');
        if (body.Length == 0) return "";
        return body + before[before.TrimEnd('\r', '\n').Length..];
    }
}
