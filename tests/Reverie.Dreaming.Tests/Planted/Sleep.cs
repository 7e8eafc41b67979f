using Reverie.Protocol.Dreams;
using Reverie.Protocol.Sessions;

namespace Reverie.Dreaming.Tests.Planted;

/// <summary>Dreams over planted sessions through the public interface, and checks on the way what every dream promises.</summary>
internal static class Sleep
{
    public static Task<DreamResult> Over(IEnumerable<SessionScript> sessions, params (string Path, string Text)[] memory) =>
        Over(sessions, Store(memory), new DreamOptions());

    public static async Task<DreamResult> Over(IEnumerable<SessionScript> sessions, MemoryTree memory, DreamOptions options)
    {
        var lines = sessions.Select(static s => s.ToJson()).ToList();
        var result = await OverLines(lines, memory, options);
        Promises.Hold(result, memory, lines, options);
        return result;
    }

    public static async Task<DreamResult> OverLines(IReadOnlyList<string> lines, MemoryTree memory, DreamOptions options) =>
        await new Dreamer(options).DreamAsync(Read(lines), memory, null, TestContext.Current.CancellationToken);

    public static MemoryTree Store(params (string Path, string Text)[] memory) =>
        MemoryTree.Of(memory.Select(static m => KeyValuePair.Create(m.Path, m.Text)));

    /// <summary>What the dream wrote into files that were not there before, or added to others.</summary>
    public static string Written(this DreamResult result) =>
        string.Join('\n', result.Report.Changes.Where(static c => c.Status == ChangeStatus.Applied).SelectMany(static c => c.Edits).Select(static e => e.Insert));

    /// <summary>Every text of the report a reader may meet.</summary>
    public static string Told(this DreamReport report) => string.Join('\n',
        report.Changes.SelectMany(static c => new[] { c.Summary, c.Rationale, c.Path }.Concat(c.Evidence.Select(static e => e.Quote)).Concat(c.Edits.SelectMany(static e => new[] { e.Insert, e.Delete })))
            .Concat(report.Refused.SelectMany(static r => new[] { r.What, r.Reason })));

    public static string Everything(this MemoryTree memory) => string.Join('\n', memory.Texts.Select(static t => $"{t.Key}\n{t.Value}"));

    public static List<Change> Applied(this DreamResult result, ChangeKind kind) =>
        [.. result.Report.Changes.Where(c => c.Status == ChangeStatus.Applied && c.Kind == kind)];

    /// <summary>The inserted text of the applied lesson that names all <paramref name="words"/>; fails when there is none.</summary>
    public static string Lesson(this DreamResult result, ChangeKind kind, params string[] words)
    {
        var texts = result.Applied(kind).Select(static c => string.Concat(c.Edits.Select(static e => e.Insert))).ToList();
        var found = texts.Find(t => words.All(w => t.Contains(w, StringComparison.OrdinalIgnoreCase)));
        Assert.True(found is not null, $"no {kind} names {string.Join(", ", words)}; there is:\n{string.Join("\n", texts)}\nrefused:\n{string.Join("\n", result.Report.Refused)}");
        return found!;
    }

    private static async IAsyncEnumerable<SessionTranscript> Read(IReadOnlyList<string> lines)
    {
        foreach (var line in lines) yield return SessionTranscript.Parse(System.Text.Encoding.UTF8.GetBytes(line));
        await Task.CompletedTask;
    }
}
