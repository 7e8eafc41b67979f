using System.Globalization;
using Reverie.Cli.Terminal;
using Reverie.Dreaming;
using Reverie.Protocol.Dreams;

namespace Reverie.Cli.Demo;

/// <summary>A store before and after a dream, in numbers that anybody can count again.</summary>
internal static class BeforeAfterView
{
    public static void Write(Screen screen, MemoryTree before, MemoryTree after, DreamReport report)
    {
        screen.Heading("Before and after");
        screen.Line($"[dim]{"",-34}{"before",10}{"after",10}[/]", 2);
        Row(screen, "files", before.Texts.Count, after.Texts.Count);
        Row(screen, "entries", Entries(before), Entries(after));
        Row(screen, "characters", Characters(before), Characters(after));
        Row(screen, "entries standing more than once", Repeated(before), Repeated(after));
        Row(screen, "entries checked against sessions", 0, Applied(report, ChangeKind.Verification));
        Row(screen, "beliefs corrected", 0, Applied(report, ChangeKind.Stale) + Applied(report, ChangeKind.Contradiction));
        Row(screen, "remedies for recurring mistakes", 0, Applied(report, ChangeKind.Mistake));
        Row(screen, "workflows", 0, Applied(report, ChangeKind.Workflow));
        var playbooks = Playbooks(report);
        Row(screen, "playbooks", playbooks.Count(path => before.Find(path) is not null), playbooks.Count);
    }

    private static void Row(Screen screen, string what, int before, int after)
    {
        var style = before == after ? "dim" : "bold";
        screen.Line(string.Create(CultureInfo.InvariantCulture, $"{what,-34}{before,10:n0}[{style}]{after,10:n0}[/]"), 2);
    }

    private static int Applied(DreamReport report, ChangeKind kind) =>
        report.Changes.Count(change => change.Status == ChangeStatus.Applied && change.Kind == kind);

    /// <summary>The files that hold what was learnt.</summary>
    private static HashSet<string> Playbooks(DreamReport report) => report.Changes
        .Where(static change => change.Status == ChangeStatus.Applied && change.Kind is (ChangeKind.Mistake or ChangeKind.Workflow or ChangeKind.Preference or ChangeKind.Fact))
        .Select(static change => change.Path).ToHashSet(StringComparer.Ordinal);

    private static int Characters(MemoryTree memory) => memory.Texts.Values.Sum(static text => text.Length);

    private static int Entries(MemoryTree memory) => Lines(memory).Count();

    private static int Repeated(MemoryTree memory) => Lines(memory).CountBy(static line => line).Sum(static pair => pair.Value - 1);

    /// <summary>A bullet or a line of prose is an entry; headings and white space are not.</summary>
    private static IEnumerable<string> Lines(MemoryTree memory) => memory.Texts.Values
        .SelectMany(static text => text.Split('\n'))
        .Select(static line => line.Trim())
        .Where(static line => line.Length > 0 && line[0] != '#');
}
