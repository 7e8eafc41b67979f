using System.Globalization;
using Reverie.Cli.Terminal;
using Reverie.Protocol.Dreams;
using static Reverie.Cli.Terminal.PlainText;

namespace Reverie.Cli.Dreams;

/// <summary>Shows a whole report: changes by kind, what was quarantined, what was refused, and the sums.</summary>
internal sealed class ReportView(Screen screen, bool isVerbose, int changesPerKindMax = ReportView.ChangesPerKindMax)
{
    /// <summary>Changes shown of one kind; the rest is counted.</summary>
    public const int ChangesPerKindMax = 5;

    private const int RefusalsMax = 5;

    public void Write(DreamReport report, IReadOnlyDictionary<string, string> texts, long? bytesRead)
    {
        var view = new ChangeView(screen, texts, isVerbose);
        foreach (var group in report.Changes.Where(change => change.Status != ChangeStatus.Quarantined)
                     .GroupBy(change => change.Kind).OrderBy(group => group.Key))
            WriteGroup(view, $"{ChangeWords.Title(group.Key)} ({group.Count()})", "bold", [.. group]);

        List<Change> quarantined = [.. report.Changes.Where(change => change.Status == ChangeStatus.Quarantined)];
        if (quarantined.Count > 0)
        {
            WriteGroup(view, $"Quarantined ({quarantined.Count})", "bold red", quarantined,
                "Looks like instructions planted by untrusted content. Nothing of this was written; only a person can release it.");
        }
        if (report.Changes.Count == 0) WriteWhyNothing(report);
        else WriteRefused(report.Refused);
        WriteSums(report, bytesRead);
    }

    private void WriteGroup(ChangeView view, string title, string style, List<Change> changes, string? warning = null)
    {
        screen.Heading(title, style);
        if (warning is not null) screen.Line($"[red]{Escaped(warning)}[/]", 2);
        var shown = isVerbose ? changes.Count : Math.Min(changes.Count, changesPerKindMax);
        foreach (var change in changes.Take(shown)) view.Write(change);
        if (shown < changes.Count) screen.Line($"[dim]… {changes.Count - shown} more in the report (--verbose shows all)[/]", 2);
    }

    private void WriteWhyNothing(DreamReport report)
    {
        screen.Heading("Nothing to change");
        if (report.Refused.Count == 0) screen.Line("The sessions held nothing that the memory does not say already.", 2);
        WriteRefusals(report.Refused);
    }

    private void WriteRefused(IReadOnlyList<Refusal> refused)
    {
        if (refused.Count == 0) return;
        screen.Heading($"Seen but not written ({refused.Count})");
        WriteRefusals(refused);
    }

    private void WriteRefusals(IReadOnlyList<Refusal> refused)
    {
        var shown = isVerbose ? refused.Count : Math.Min(refused.Count, RefusalsMax);
        foreach (var refusal in refused.OrderByDescending(refusal => refusal.Sessions).Take(shown))
        {
            screen.Line($"{Escaped(Line(refusal.What, 200))} [dim]— {Escaped(Line(refusal.Reason))} ({Count(refusal.Sessions, "session")})[/]", 2);
        }
        if (shown < refused.Count) screen.Line($"[dim]… {refused.Count - shown} more in the report[/]", 2);
    }

    private void WriteSums(DreamReport report, long? bytesRead)
    {
        screen.Heading("Dream");
        var seconds = report.DurationMs / 1000.0;
        var speed = bytesRead is { } bytes && report.DurationMs > 0 ? $", {bytes / 1e6 / seconds:0.0} MB/s" : "";
        Row("read", $"{Count(report.Inputs.Sessions, "session")}, {Count(report.Inputs.Events, "event")}, {Count(report.Inputs.Memories, "memory", "memories")} in {seconds:0.0} s{speed}");
        var insights = report.Changes.Count(change => change.Kind is ChangeKind.Mistake or ChangeKind.Workflow or ChangeKind.Preference or ChangeKind.Fact);
        Row("found", $"{Count(insights, "insight")}, {Count(report.Changes.Count - insights, "repair")} of the memory");
        Row("changes", $"[green]{Of(report, ChangeStatus.Applied)} applied[/], [yellow]{Of(report, ChangeStatus.Proposed)} proposed[/], "
            + $"[red]{Of(report, ChangeStatus.Quarantined)} quarantined[/], {Of(report, ChangeStatus.Rejected)} rejected");
        Row("refused", report.Refused.Count == 0 ? "none" : $"{report.Refused.Count}: {Reasons(report.Refused)}");
        var tokens = report.Usage.InputTokens + report.Usage.OutputTokens + report.Usage.CacheCreationInputTokens + report.Usage.CacheReadInputTokens;
        var dollars = report.CostUsd is { } cost ? string.Create(CultureInfo.InvariantCulture, $", {cost:0.0000} US dollars") : "";
        Row("cost", tokens == 0 ? $"no tokens ({Escaped(Line(report.Model))})" : $"{tokens:n0} tokens{dollars} ({Escaped(Line(report.Model))})");
        Row("dream", Escaped(Line(report.DreamId)));
    }

    private void Row(string label, string markup) => screen.Line($"[dim]{label,-9}[/]{markup}", 2);

    private static int Of(DreamReport report, ChangeStatus status) => report.Changes.Count(change => change.Status == status);

    private static string Reasons(IReadOnlyList<Refusal> refused)
    {
        var reasons = refused.GroupBy(refusal => Line(refusal.Reason, 80)).OrderByDescending(group => group.Count()).ToList();
        var shown = string.Join("; ", reasons.Take(4).Select(group => $"{group.Count()} {Escaped(group.Key)}"));
        return reasons.Count > 4 ? $"{shown}; and {reasons.Count - 4} other reasons" : shown;
    }

    private static string Count(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:n0} {(count == 1 ? one : many ?? one + "s")}");
}
