using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Dreaming.Synthesis;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Models;

/// <summary>What the model says of one insight.</summary>
internal abstract record Judgement
{
    private Judgement() { }

    /// <summary>It stands.</summary>
    /// <param name="Lines">In other words; null as it is.</param>
    public sealed record Keep(IReadOnlyList<string>? Lines) : Judgement;

    /// <summary>An agent is better off without it.</summary>
    public sealed record Drop : Judgement;

    /// <summary>It says the same as another one.</summary>
    public sealed record MergeInto(string Key) : Judgement;
}

/// <summary>An insight as it is put to a model.</summary>
/// <param name="Key">Its name in the request.</param>
/// <param name="Index">Its place among the insights of the dream.</param>
/// <param name="Insight">The miner's.</param>
/// <param name="Cited">Events it rests on that may be shown.</param>
internal sealed record WordedInsight(string Key, int Index, Insight Insight, IReadOnlyList<CitableEvent> Cited)
{
    private const string Because = " Because: ";
    private const string Said = " (said in ";

    /// <summary>The lines without the counts behind them.</summary>
    public IReadOnlyList<string> Lines { get; } = [.. Insight.Lines.Select(static l => l[..ProofOf(l)])];

    public IReadOnlyList<string> CitedTexts => [.. Cited.SelectMany(static c => c.Texts)];

    /// <summary>The insight in the model's words, each line with its counts again; the miner's words are tried where those may not stand.</summary>
    public Insight Reworded(IReadOnlyList<string> lines) => Insight with
    {
        Lines = [.. lines.Select((line, i) => line.Trim() + Insight.Lines[i][ProofOf(Insight.Lines[i])..])],
        Unquoted = Insight,
    };

    private static int ProofOf(string line) =>
        line.LastIndexOf(Because, StringComparison.Ordinal) is >= 0 and var because ? because
        : line.LastIndexOf(Said, StringComparison.Ordinal) is >= 0 and var said ? said
        : line.Length;
}

/// <summary>The request that words, merges and judges a group of insights, and its answer.</summary>
internal static class Wording
{
    /// <summary>Insights of one request.</summary>
    public const int GroupMax = 12;

    private const int GroupCharsMax = 12_000;
    private const int CitedShown = 3;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Groups of bounded size, in the order given.</summary>
    public static IEnumerable<List<WordedInsight>> Groups(IEnumerable<WordedInsight> insights)
    {
        var group = new List<WordedInsight>();
        var chars = 0;
        foreach (var insight in insights)
        {
            var length = insight.Lines.Sum(static l => l.Length);
            if (group.Count == GroupMax || (group.Count > 0 && chars + length > GroupCharsMax))
            {
                yield return group;
                (group, chars) = ([], 0);
            }
            group.Add(insight);
            chars += length;
        }
        if (group.Count > 0) yield return group;
    }

    public static DreamRequest Request(string shared, IReadOnlyList<WordedInsight> group)
    {
        var typical = new JsonObject { ["items"] = new JsonArray([.. group.Select(static i => (JsonNode)new JsonObject { ["key"] = i.Key, ["verdict"] = "keep", ["text"] = Otherwise(i.Lines) })]) }.ToJsonString(Plain);
        var bytes = Encoding.UTF8.GetByteCount(typical);
        return new DreamRequest
        {
            Step = DreamStep.Word,
            System = Prompts.Of("system"),
            Shared = shared,
            Task = Prompts.Fill("word", ("insights", QuotedData.Block(group.Select(Line)))),
            OutputTokensMax = bytes + 500,
            OutputTokensMin = bytes / 2,
            Typical = typical,
        };
    }

    public static AnswerReading<Judgement> Read(DreamAnswer answer, IReadOnlyList<WordedInsight> group)
    {
        var read = new Dictionary<string, Judgement>(StringComparer.Ordinal);
        var (items, shape) = AnswerJson.Items(answer, "key", "verdict", "text", "into");
        if (shape is not null) return new AnswerReading<Judgement>(read, [shape]);
        var problems = new List<string>();
        var twice = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (group.FirstOrDefault(i => i.Key == AnswerJson.Text(item, "key")) is not { } insight) problems.Add("an item has a key that was not given");
            else if (!twice.Add(insight.Key)) problems.Add($"{insight.Key}: it occurs twice");
            else if (Judge(item, insight, group) is var (judgement, problem) && problem is not null) problems.Add($"{insight.Key}: {problem}");
            else read[insight.Key] = judgement!;
        }
        problems.AddRange(group.Where(i => !twice.Contains(i.Key)).Select(static i => $"{i.Key}: it is missing"));
        return new AnswerReading<Judgement>(read, problems);
    }

    /// <summary>The same words with another end: what an obliging model's answer would be as long as.</summary>
    private static string Otherwise(IReadOnlyList<string> lines) => string.Join('\n', lines.Select(static l => l.EndsWith('.') ? l[..^1] : l + "."));

    private static (Judgement? Judgement, string? Problem) Judge(JsonElement item, WordedInsight insight, IReadOnlyList<WordedInsight> group)
    {
        switch (AnswerJson.Text(item, "verdict"))
        {
            case "drop":
                return (new Judgement.Drop(), null);
            case "merge_into":
                var into = AnswerJson.Text(item, "into");
                return group.Any(i => i.Key == into && i != insight) ? (new Judgement.MergeInto(into!), null) : (null, "it is merged into a key that was not given");
            case "keep" when AnswerJson.Text(item, "text") is { } text:
                List<string> lines = [.. text.Split('\n').Select(static l => l.Trim())];
                if (lines.SequenceEqual(insight.Lines.Select(static l => l.Trim()), StringComparer.Ordinal)) return (new Judgement.Keep(null), null);
                return WordingRules.Problem(insight.Lines, lines, insight.CitedTexts) is { } problem ? (null, problem) : (new Judgement.Keep(lines), null);
            case "keep":
                return (new Judgement.Keep(null), null);
            default:
                return (null, "its verdict is none of keep, drop and merge_into");
        }
    }

    private static JsonObject Line(WordedInsight insight) => new()
    {
        ["key"] = insight.Key,
        ["kind"] = insight.Insight.Kind.ToString().ToLowerInvariant(),
        ["about"] = QuotedData.Shown(insight.Insight.Title, Names.CharsMax * 4),
        ["text"] = QuotedData.Shown(string.Join('\n', insight.Lines), GroupCharsMax),
        ["cites"] = new JsonArray([.. insight.Cited.Take(CitedShown).Select(static (c, i) => (JsonNode)c.Line($"e{i + 1}"))]),
    };
}
