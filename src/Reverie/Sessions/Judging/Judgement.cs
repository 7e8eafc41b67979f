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
