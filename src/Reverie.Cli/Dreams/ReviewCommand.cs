using System.CommandLine;
using Reverie.Cli.Terminal;
using Reverie.Dreams;
using Reverie.Files;
using Reverie.Memory;
using Reverie.Protocol.Dreams;
using static Reverie.Cli.Terminal.PlainText;

namespace Reverie.Cli.Dreams;

/// <summary><c>reverie review</c>: a person decides on what a dream proposed; what is accepted lands in the store.</summary>
internal static class ReviewCommand
{
    public static Command Create(CliContext context)
    {
        var report = new Argument<string>("REPORT") { Description = "The report of a dream; the verdicts are written back to it" };
        var memory = new Option<string>("--memory") { Description = "The memory store to change", Required = true, HelpName = "DIR" };
        var acceptAll = new Option<bool>("--accept-all") { Description = "Accept every proposed change without asking; never a quarantined one" };
        var accept = new Option<string[]>("--accept") { Description = "Accept without asking: every proposed change of a kind, or one change by its id, which may also be quarantined", HelpName = "KIND|ID", AllowMultipleArgumentsPerToken = true };
        var reject = new Option<string[]>("--reject") { Description = "Reject without asking: every open change of a kind, or one change by its id", HelpName = "KIND|ID", AllowMultipleArgumentsPerToken = true };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Print every line and quote" };
        var command = new ExampledCommand("review", "Walk through the proposed and quarantined changes of a dream and decide on each.",
            "reverie review dream.json --memory notes",
            "reverie review dream.json --memory notes --accept merge --reject chg_0007",
            "printf 'a\\nr\\nq\\n' | reverie review dream.json --memory notes")
        { report, memory, acceptAll, accept, reject, verbose };
        command.SetAction((parsed, cancellationToken) => RunAsync(context, parsed.GetRequiredValue(report), parsed.GetRequiredValue(memory),
            new ReviewFlags(parsed.GetValue(acceptAll), parsed.GetValue(accept) ?? [], parsed.GetValue(reject) ?? []), parsed.GetValue(verbose), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, string reportPath, string directory, ReviewFlags flags, bool isVerbose, CancellationToken cancellationToken)
    {
        InterruptedChange.Finish(context, directory);
        var report = ReportFile.Load(reportPath);
        if (OutputFile.Problem(reportPath) is { } problem) throw new BadInputException($"{reportPath}: {problem}");
        var screen = Screen.Out(context.Streams);
        List<Change> open = [.. report.Changes.Where(ReportReview.IsOpen)];
        if (open.Count == 0)
        {
            screen.Line("Nothing to review: no change of this report is proposed or quarantined.");
            return ExitCode.Ok;
        }
        var verdicts = flags.Any ? flags.Verdicts(report, open) : await AskAsync();
        cancellationToken.ThrowIfCancellationRequested();

        // Read again: a person may have thought for an hour.
        var before = MemoryDirectory.Load(directory);
        var outcome = ReportReview.Decide(report, before, verdicts);
        using (var pending = ReportFile.Prepare(reportPath, outcome.Report))
        {
            MemoryDirectory.Apply(before, outcome.Memory, directory);
            pending.Commit();
        }
        Show(screen, report, outcome);
        return ExitCode.Ok;

        Task<IReadOnlyDictionary<string, Verdict>> AskAsync()
        {
            var view = new ChangeView(screen, ReportTexts.BySha256(report, MemoryDirectory.Load(directory)), isVerbose);
            return new ReviewDialog(context.Streams, screen, new TextEditing(context.Streams, context.Editor), view).AskAsync(open, cancellationToken);
        }
    }

    private static void Show(Screen screen, DreamReport report, ReviewOutcome outcome)
    {
        screen.Heading("Review");
        var left = outcome.Report.Changes.Count(ReportReview.IsOpen);
        screen.Line($"[green]{outcome.Accepted.Count} accepted[/], [red]{outcome.Rejected.Count} rejected[/], {left} still open", 2);
        foreach (var id in outcome.Rebased) screen.Line($"[dim]{Escaped(Line(id))} landed on text that had changed since the dream[/]", 2);
        foreach (var conflict in outcome.Dropped)
        {
            var summary = report.Changes.First(change => string.Equals(change.Id, conflict.ChangeId, StringComparison.Ordinal)).Summary;
            screen.Line($"[yellow]not applied[/] {Escaped(Line(summary))}: {Escaped(Line(conflict.ToString()))}", 2);
        }
    }
}
