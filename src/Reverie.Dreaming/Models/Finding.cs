using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Dreaming.Synthesis;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Models;

/// <summary>The requests by which a model finds insights of its own, first in groups of sessions, then over the groups.</summary>
internal static class Finding
{
    /// <summary>Insights of a model's own, of one group and of one toolbox.</summary>
    public const int InsightsMax = 4;

    private const int CitesMax = 8;
    private const int QuoteCharsMin = 3;
    private const int FoundShown = 40;
    private const int OutputTokens = 3_000;
    private const int OutputTokensLeast = 600;
    private const int TypicalInsights = 2;
    private const int TypicalQuoteChars = 40;
    private const string TypicalTitle = "What several sessions of this kind have in common";
    private const string TypicalText = "When a session of this kind begins, look first at what the cited sessions did before they went on, and do the same unless the request says otherwise";

    private static readonly Dictionary<string, ChangeKind> Kinds = new(StringComparer.Ordinal)
    {
        ["mistake"] = ChangeKind.Mistake,
        ["workflow"] = ChangeKind.Workflow,
        ["preference"] = ChangeKind.Preference,
        ["fact"] = ChangeKind.Fact,
    };

    public static DreamRequest Request(string shared, Excerpts excerpts, IEnumerable<Insight> found) => new()
    {
        Step = DreamStep.Find,
        System = Prompts.Of("system"),
        Shared = shared,
        Task = Prompts.Fill("find", ("most", InsightsMax.ToString(CultureInfo.InvariantCulture)),
            ("found", QuotedData.Block(found.Where(i => i.Toolbox == excerpts.Toolbox).Take(FoundShown).Select(static i => new JsonObject { ["found"] = QuotedData.Shown(i.Summary, Candidate.TextCharsMax) }))),
            ("excerpts", excerpts.Block)),
        OutputTokensMax = OutputTokens,
        OutputTokensMin = OutputTokensLeast,
        Typical = Typical(excerpts),
    };

    /// <summary>The candidates of an answer whose citations hold, by their words.</summary>
    public static AnswerReading<Candidate> Read(DreamAnswer answer, Excerpts excerpts)
    {
        var read = new Dictionary<string, Candidate>(StringComparer.Ordinal);
        var (items, shape) = AnswerJson.Items(answer, "kind", "title", "text", "cites");
        if (shape is not null) return new AnswerReading<Candidate>(read, [shape]);
        var problems = new List<string>();
        foreach (var (number, item) in items.Take(InsightsMax).Index())
        {
            var (candidate, problem) = Read(item, excerpts);
            if (candidate is not null) read.TryAdd(candidate.Text, candidate);
            else problems.Add($"item {number + 1}: {problem}");
        }
        return new AnswerReading<Candidate>(read, problems);
    }

    public static DreamRequest Gather(string shared, IReadOnlyList<Candidate> candidates)
    {
        var typical = candidates.Take(InsightsMax).Select(static (c, i) => (JsonNode)new JsonObject
        {
            ["keys"] = new JsonArray($"c{i + 1}"),
            ["kind"] = WordOf(c.Kind),
            ["title"] = c.Title,
            ["text"] = c.Text,
        });
        return new DreamRequest
        {
            Step = DreamStep.Gather,
            System = Prompts.Of("system"),
            Shared = shared,
            Task = Prompts.Fill("gather", ("most", InsightsMax.ToString(CultureInfo.InvariantCulture)), ("candidates", QuotedData.Block(candidates.Select(static (c, i) => new JsonObject
            {
                ["key"] = $"c{i + 1}",
                ["kind"] = WordOf(c.Kind),
                ["title"] = c.Title,
                ["text"] = c.Text,
                ["sessions"] = c.Cites.Select(static s => s.Event.Session).Distinct().Count(),
            })))),
            OutputTokensMax = OutputTokens,
            OutputTokensMin = OutputTokensLeast,
            Typical = new JsonObject { ["items"] = new JsonArray([.. typical]) }.ToJsonString(),
        };
    }

    /// <summary>Candidates of several groups as one, with the citations of all of them.</summary>
    public static AnswerReading<Candidate> ReadGathered(DreamAnswer answer, IReadOnlyList<Candidate> candidates)
    {
        var read = new Dictionary<string, Candidate>(StringComparer.Ordinal);
        var (items, shape) = AnswerJson.Items(answer, "keys", "kind", "title", "text");
        if (shape is not null) return new AnswerReading<Candidate>(read, [shape]);
        var problems = new List<string>();
        foreach (var (number, item) in items.Take(InsightsMax).Index())
        {
            var keys = item.TryGetProperty("keys", out var list) && list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray().Select(static k => k.ValueKind == JsonValueKind.String ? k.GetString() : null).Distinct(StringComparer.Ordinal).ToList() : [];
            List<Candidate> joined = [.. candidates.Where((_, i) => keys.Contains($"c{i + 1}", StringComparer.Ordinal))];
            if (joined.Count == 0 || joined.Count != keys.Count) problems.Add($"item {number + 1}: its keys are not among those given");
            else if (Of(item, joined[0].Toolbox, [.. joined.SelectMany(static c => c.Cites).DistinctBy(static c => (c.Event.Session.Key, c.Event.Key))]) is var (candidate, problem) && candidate is null)
                problems.Add($"item {number + 1}: {problem}");
            else read.TryAdd(candidate!.Text, candidate);
        }
        return new AnswerReading<Candidate>(read, problems);
    }

    private static (Candidate? Candidate, string? Problem) Read(JsonElement item, Excerpts excerpts)
    {
        if (!item.TryGetProperty("cites", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > CitesMax) return (null, $"it cites 1 to {CitesMax} events");
        var cites = new List<Cite>();
        foreach (var cite in list.EnumerateArray())
        {
            if (cite.ValueKind != JsonValueKind.Object || AnswerJson.Text(cite, "event") is not { } name || excerpts.Find(name) is not { } cited) return (null, "it cites an event that was not given");
            if (AnswerJson.Text(cite, "quote") is not { Length: >= QuoteCharsMin } quote || quote.Length > Quotes.CharsMax || !cited.Holds(quote)) return (null, "a quote does not stand in the event it cites");
            cites.Add(new Cite(cited, quote));
        }
        return Of(item, excerpts.Toolbox, cites);
    }

    private static (Candidate? Candidate, string? Problem) Of(JsonElement item, Toolbox toolbox, IReadOnlyList<Cite> cites)
    {
        if (!Kinds.TryGetValue(AnswerJson.Text(item, "kind") ?? "", out var kind)) return (null, $"its kind is none of {string.Join(", ", Kinds.Keys)}");
        var candidate = new Candidate(toolbox, kind, AnswerJson.Text(item, "title")?.Trim() ?? "", AnswerJson.Text(item, "text")?.Trim() ?? "", cites);
        return candidate.Problem() is { } problem ? (null, problem) : (candidate, null);
    }

    /// <summary>Citations of several principals, as an ordinary answer would have.</summary>
    private static string Typical(Excerpts excerpts)
    {
        var names = excerpts.Sessions.Select((s, i) => (Session: s, Event: excerpts.Find($"s{i + 1}.e1"), Name: $"s{i + 1}.e1"))
            .Where(static e => e.Event is { Label: EvidenceLabel.User or EvidenceLabel.Agent or EvidenceLabel.Tool })
            .DistinctBy(e => excerpts.Toolbox.PrincipalOf(e.Session), StringComparer.Ordinal).Take(CitesMax / 2);
        var cites = names.Select(static e => (JsonNode)new JsonObject { ["event"] = e.Name, ["quote"] = Text.Clip.Prefix(e.Event!.Texts[0].Split('\n')[0], TypicalQuoteChars) }).ToList();
        var items = Enumerable.Range(1, TypicalInsights).Select(n => (JsonNode)new JsonObject
        {
            ["kind"] = "mistake",
            ["title"] = TypicalTitle,
            ["text"] = TypicalText + new string('.', n),
            ["cites"] = new JsonArray([.. cites.Select(static c => c.DeepClone())]),
        });
        return new JsonObject { ["items"] = new JsonArray([.. items]) }.ToJsonString();
    }

    private static string WordOf(ChangeKind kind) => kind.ToString().ToLowerInvariant();
}
