using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Memory;

namespace Reverie.Dreaming.Tests.Planted;

/// <summary>What holds of every dream, whatever it was given. Reads the raw transcripts, not the dreamer's reviews.</summary>
internal static class Promises
{
    private const int QuoteCharsMax = 300;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Hold(DreamResult result, MemoryTree before, IReadOnlyList<string> lines, DreamOptions options)
    {
        Replays(result, before, options);
        Quotes(result.Report, before, lines);
        Limits(result.Memory, before);
        Shapes(result.Report);
        Assert.Equal(result.Report.Changes.Count, result.Report.Changes.Select(static c => c.Id).Distinct().Count());
        Assert.True(result.Report.Changes.Count + result.Report.Refused.Count > 0, "a dream that changed nothing has to say why");
        Assert.All(result.Report.Changes, static c => Assert.InRange(c.Confidence, 0, 1));
        Assert.All(result.Report.Changes, static c => Assert.False(string.IsNullOrWhiteSpace(c.Summary)));
    }

    /// <summary>The applied changes, played over the store before, give the store after; each finds the content it was made for.</summary>
    private static void Replays(DreamResult result, MemoryTree before, DreamOptions options)
    {
        var store = new SortedDictionary<string, string>(before.Texts.ToDictionary(), StringComparer.Ordinal);
        foreach (var change in result.Report.Changes.Where(c => !options.ReviewOnly || c.Status == ChangeStatus.Applied))
        {
            var text = Played(change, store.GetValueOrDefault(change.Path));
            if (change.Status != ChangeStatus.Applied) continue;
            if (change.Op == ChangeOp.Delete) store.Remove(change.Path);
            else store[change.Path] = text;
        }
        Assert.Equal(store, result.Memory.Texts);
        if (!options.ReviewOnly) return;
        // Nothing landed; each proposal builds on what accepting or refusing those before it leaves.
        var states = before.Texts.ToDictionary(static t => t.Key, static t => new List<string?> { t.Value }, StringComparer.Ordinal);
        foreach (var change in result.Report.Changes)
        {
            if (!states.TryGetValue(change.Path, out var known)) states[change.Path] = known = [null];
            var at = known.Find(s => (s is null ? null : MemoryTree.Sha256(s)) == change.BeforeSha256);
            var text = Played(change, at);
            known.Add(change.Op == ChangeOp.Delete ? null : text);
        }
    }

    private static string Played(Change change, string? old)
    {
        Assert.Equal(change.Op == ChangeOp.Create, change.BeforeSha256 is null);
        Assert.Equal(change.Op == ChangeOp.Delete, change.AfterSha256 is null);
        Assert.Equal(old is null ? null : MemoryTree.Sha256(old), change.BeforeSha256);
        var text = ChangeReplay.TryApply(old ?? "", change.Edits);
        Assert.NotNull(text);
        if (change.AfterSha256 is not null) Assert.Equal(MemoryTree.Sha256(text), change.AfterSha256);
        else Assert.Equal("", text);
        Assert.Equal(old ?? "", ChangeReplay.TryApply(text, ChangeReplay.Invert(change.Edits)));
        return text;
    }

    private static void Quotes(DreamReport report, MemoryTree before, IReadOnlyList<string> lines)
    {
        var sessions = lines.Select(static l => JsonDocument.Parse(l).RootElement)
            .ToLookup(static s => $"{s.GetProperty("source").GetString()}/{s.GetProperty("external_id").GetString()}", StringComparer.Ordinal);
        foreach (var change in report.Changes)
        {
            if (change.Kind is not (ChangeKind.Merge or ChangeKind.Reorganize)) Assert.NotEmpty(change.Evidence);
            foreach (var evidence in change.Evidence)
            {
                Assert.InRange(evidence.Quote.Trim().Length, 3, QuoteCharsMax);
                if (evidence.Memory is { } path)
                {
                    Assert.Contains(evidence.Quote, before.Find(path));
                    continue;
                }
                var readings = sessions[evidence.Session!].SelectMany(s => Event(s, evidence.Event!)).SelectMany(Readings);
                Assert.True(readings.Any(r => r.Contains(evidence.Quote, StringComparison.Ordinal)), $"not said in {evidence.Session} at {evidence.Event}: {evidence.Quote}");
            }
        }
    }

    private static IEnumerable<JsonElement> Event(JsonElement session, string key)
    {
        var index = 0;
        foreach (var @event in session.GetProperty("events").EnumerateArray())
        {
            var name = @event.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString()! : index.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (name == key) yield return @event;
            index++;
        }
    }

    /// <summary>Every reading of an event's text a quote may be taken from: its texts, its text blocks joined, its input as compact JSON.</summary>
    private static List<string> Readings(JsonElement @event)
    {
        var readings = new List<string>();
        Leaves(@event, readings);
        if (@event.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array)
        {
            var blocks = content.EnumerateArray().Where(static b => b.ValueKind == JsonValueKind.Object && b.TryGetProperty("text", out var t) && t.ValueKind == JsonValueKind.String)
                .Select(static b => b.GetProperty("text").GetString()!).ToList();
            readings.Add(string.Join('\n', blocks));
        }
        if (@event.TryGetProperty("input", out var input)) readings.Add(JsonSerializer.Serialize(input, Relaxed));
        return readings;
    }

    private static void Leaves(JsonElement element, List<string> texts)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String: texts.Add(element.GetString()!); break;
            case JsonValueKind.Array: foreach (var item in element.EnumerateArray()) Leaves(item, texts); break;
            case JsonValueKind.Object: foreach (var property in element.EnumerateObject()) Leaves(property.Value, texts); break;
        }
    }

    /// <summary>An entry put right keeps its lines, its line breaks and its cells; code and headings are not touched.</summary>
    private static void Shapes(DreamReport report)
    {
        foreach (var edit in report.Changes.Where(static c => c.Kind is ChangeKind.Stale or ChangeKind.Contradiction or ChangeKind.Verification).SelectMany(static c => c.Edits))
        {
            var (before, after) = (edit.Delete.Split('\n'), edit.Insert.Split('\n'));
            Assert.Equal(before.Length, after.Length);
            foreach (var (old, now) in before.Zip(after))
            {
                Assert.Equal(old.EndsWith('\r'), now.EndsWith('\r'));
                if (old.StartsWith('#') || old.TrimStart().StartsWith("```", StringComparison.Ordinal)) Assert.Equal(old, now);
                if (old.TrimStart().StartsWith('|')) Assert.Equal(Bars(old), Bars(now));
            }
        }

        static int Bars(string row) => row.Replace(@"\|", "", StringComparison.Ordinal).Count(static c => c == '|');
    }

    private static void Limits(MemoryTree after, MemoryTree before)
    {
        Assert.InRange(after.Texts.Count, 0, Math.Max(before.Texts.Count, MemoryLimits.MemoriesMax));
        foreach (var (path, text) in after.Texts)
        {
            if (before.Find(path) == text) continue;
            Assert.Null(MemoryPath.Problem(path));
            Assert.InRange(Encoding.UTF8.GetByteCount(text), 0, MemoryLimits.ContentBytesMax);
        }
    }
}
