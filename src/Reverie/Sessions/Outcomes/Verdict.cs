using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reverie.Sessions.Outcomes;

/// <summary>How one criterion was judged.</summary>
/// <param name="Name">The criterion.</param>
/// <param name="IsMet">It holds.</param>
/// <param name="Score">0.0 to 1.0.</param>
/// <param name="Explanation">Why; for a check what was found.</param>
/// <param name="IsCheck">No model was asked.</param>
public sealed record CriterionVerdict(string Name, [property: JsonPropertyName("met")] bool IsMet, double Score, string Explanation, [property: JsonPropertyName("check")] bool IsCheck);

/// <summary>What one evaluation found.</summary>
/// <param name="Criteria">In the order of the rubric, checks first.</param>
/// <param name="Summary">In a few sentences, for the agent and for people.</param>
/// <param name="IsApplicable">The rubric fits what was to be done at all.</param>
public sealed record Verdict(IReadOnlyList<CriterionVerdict> Criteria, string Summary, bool IsApplicable)
{
    /// <summary>0.0 to 1.0: the mean of the criteria.</summary>
    public double Score => Criteria.Count == 0 ? 0 : Math.Round(Criteria.Average(static c => c.Score), 4);

    /// <summary>How the outcome goes on. Decided by the criteria, whatever the summary says.</summary>
    public string ResultFor(Outcome outcome) => !IsApplicable ? OutcomeResults.Failed
        : Criteria.All(static c => c.IsMet) ? OutcomeResults.Satisfied
        : outcome.Iteration + 1 >= outcome.MaxIterations ? OutcomeResults.MaxIterationsReached
        : OutcomeResults.NeedsRevision;

    /// <summary>The summary with what is not met, for the agent.</summary>
    public string Explanation => string.Join('\n', [.. Summary.Length == 0 ? Array.Empty<string>() : [Summary], .. Criteria.Where(static c => !c.IsMet).Select(static c => $"- Not met: {c.Name}. {c.Explanation}")]);
}

/// <summary>What the log keeps with the end of an evaluation beyond what the wire carries.</summary>
/// <param name="Criteria">As the grader judged them.</param>
/// <param name="Score">0.0 to 1.0.</param>
/// <param name="Cost">List price in US dollars; null when the model has none.</param>
/// <param name="CacheCreation1hInputTokens">Of the tokens written to the cache, those that stay an hour.</param>
public sealed record VerdictNote(IReadOnlyList<CriterionVerdict> Criteria, double? Score, decimal? Cost, long CacheCreation1hInputTokens)
{
    public static VerdictNote None { get; } = new([], null, 0, 0);

    public string Write() => JsonSerializer.Serialize(this, VerdictContext.Default.VerdictNote);

    public static VerdictNote Read(string json) => JsonSerializer.Deserialize(json, VerdictContext.Default.VerdictNote)!;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(VerdictNote))]
internal sealed partial class VerdictContext : JsonSerializerContext;
