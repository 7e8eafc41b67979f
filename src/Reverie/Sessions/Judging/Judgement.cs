using System.Text.Json;
using System.Text.Json.Serialization;
using Reverie.Inference;
using Reverie.Sessions.Turns;

namespace Reverie.Sessions.Judging;

/// <summary>What was decided about one call under the policy <c>auto</c>.</summary>
/// <param name="Verdict">Whether it runs.</param>
/// <param name="ReasonCode"><c>high_risk</c> or <c>indeterminate</c>; null for a call that runs.</param>
/// <param name="Note">Why, for people.</param>
public sealed record Judgement(CallVerdict Verdict, string? ReasonCode, JudgementNote Note)
{
    /// <summary>It may run.</summary>
    public static Judgement Safe(string reason, string? model = null) => new(CallVerdict.Allow, null, new JudgementNote(reason, model));

    /// <summary>It must not run, whatever a client says.</summary>
    public static Judgement HighRisk(string reason, string model) => new(CallVerdict.Deny, "high_risk", new JudgementNote(reason, model));

    /// <summary>A person decides.</summary>
    public static Judgement Unclear(string reason, string? model = null) => new(CallVerdict.Ask, "indeterminate", new JudgementNote(reason, model));

    /// <summary>There is no money to judge it with: it does not run.</summary>
    public static Judgement Unpaid(string reason, string model) => new(CallVerdict.Deny, "indeterminate", new JudgementNote(reason, model));
}

/// <summary>What the log keeps with a judged call beyond what the wire carries.</summary>
/// <param name="Reason">A sentence or two for people; may be empty.</param>
/// <param name="Model">The judge's model; null when none was asked.</param>
public sealed record JudgementNote(string Reason, string? Model)
{
    public string Write() => JsonSerializer.Serialize(this, JudgementContext.Default.JudgementNote);

    /// <summary>What <see cref="Write"/> wrote.</summary>
    public static JudgementNote Read(string json) => JsonSerializer.Deserialize(json, JudgementContext.Default.JudgementNote)!;
}

/// <summary>What was decided about the calls of one answer, and what that took.</summary>
/// <param name="ByBlock">By the place of the call among the blocks of the answer; every call under <c>auto</c> that can be read has one.</param>
/// <param name="Usage">Tokens of the judge's requests.</param>
/// <param name="Cost">The same at list price in US dollars; null when the judge's model has none.</param>
public sealed record Judgements(IReadOnlyDictionary<int, Judgement> ByBlock, ModelUsage Usage, decimal? Cost)
{
    /// <summary>Of an answer without calls under <c>auto</c>.</summary>
    public static Judgements None { get; } = new(new Dictionary<int, Judgement>(), ModelUsage.None, 0);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JudgementNote))]
internal sealed partial class JudgementContext : JsonSerializerContext;
