using Reverie.Inference;

namespace Reverie.Sessions.Judging;

/// <summary>What was decided about the calls of one answer, and what that took.</summary>
/// <param name="ByBlock">By the place of the call among the blocks of the answer; every call under <c>auto</c> that can be read has one.</param>
/// <param name="Usage">Tokens of the judge's requests.</param>
/// <param name="Cost">The same at list price in US dollars; null when the judge's model has none.</param>
public sealed record Judgements(IReadOnlyDictionary<int, Judgement> ByBlock, ModelUsage Usage, decimal? Cost)
{
    /// <summary>Of an answer without calls under <c>auto</c>.</summary>
    public static Judgements None { get; } = new(new Dictionary<int, Judgement>(), ModelUsage.None, 0);
}
