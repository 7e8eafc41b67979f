using System.Globalization;
using Reverie.Dreaming.Synthesis.Behaviours;

namespace Reverie.Dreaming.Synthesis.Conditions;

/// <summary>Says a rule in one plain sentence that a person and a simple program can read.</summary>
internal sealed class RuleWording(Proof proof, Cohort cohort)
{
    private readonly Cut _choice = proof.Rule.Choice.Cut;
    private readonly string _tool = proof.Rule.Decision.Tool;

    public string Title()
    {
        var what = _choice.Feature.Kind switch
        {
            FeatureKind.Calls => $"{_choice.Feature.Tool} before {_tool}",
            FeatureKind.Subject => $"Where to {_tool}: {_choice.Feature.Field}",
            _ => $"{_choice.Feature.Field} of {_tool}",
        };
        return proof.Rule.Condition is not { } when ? what
            : $"{what}, {when.Cut.Feature.Field} {when.Cut switch { { Word: { } word, IsUpper: var isWord } => isWord ? word : $"other than {word}", { IsUpper: true } => "high", _ => "low" }}";
    }

    public string Line() => string.Create(CultureInfo.InvariantCulture,
        $"{Sentence()}: {proof.Table.WithGood} of {proof.Table.With} sessions that did were satisfied, {proof.Table.WithoutGood} of {proof.Table.Without} that did not.");

    public string Rationale()
    {
        var (first, second) = (proof.Discovery, proof.Confirmation);
        var aside = proof.SetAside == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{proof.SetAside} sessions that broke a clearer rule are not counted. ");
        return string.Create(CultureInfo.InvariantCulture,
            $"{aside}{100 * proof.Table.Difference:+0;-0} points, p = {Small(proof.P)} (Fisher), {Small(proof.PAdjusted)} after correction for all rules of its sort that were tried; held out: {first.WithGood}/{first.With} against {first.WithoutGood}/{first.Without} in one half, {second.WithGood}/{second.With} against {second.WithoutGood}/{second.Without} in the other. A correlation, not a proof of cause.");
    }

    private string Sentence()
    {
        var advice = Advice();
        return proof.Rule.Condition is { } when ? $"When {Holds(when.Cut)}, {advice}" : char.ToUpperInvariant(advice[0]) + advice[1..];
    }

    private string Advice() => (_choice.Feature.Kind, _choice.Word) switch
    {
        (FeatureKind.Calls, _) => string.Create(CultureInfo.InvariantCulture, $"call `{_choice.Feature.Tool}` at least {_choice.Threshold + 1:0} times before `{_tool}`{Best()}"),
        (FeatureKind.Subject, _) => $"call `{_tool}` only where {Holds(_choice)}",
        (_, { } word) => _choice.IsUpper ? $"give `{_choice.Feature.Field}` of `{_tool}` as {word}" : $"give `{_choice.Feature.Field}` of `{_tool}` as something else than {word}",
        _ => $"keep `{_choice.Feature.Field}` of `{_tool}` {Side(_choice)}{Best()}",
    };

    private static string Holds(Cut cut) =>
        $"`{cut.Feature.Field}` from `{cut.Feature.Tool}` is {(cut.Word is { } word ? cut.IsUpper ? word : "not " + word : Side(cut))}";

    private static string Side(Cut cut) => (cut.IsUpper ? "above " : "at or below ") + cut.Number;

    /// <summary>What the satisfied sessions that kept to it mostly chose: a threshold is the edge of what works, not its middle.</summary>
    private string Best()
    {
        var chosen = proof.Kept.Where(i => cohort.Good[i]).Select(proof.Rule.Choice.Column.NumberOf).Order().ToList();
        return $", best about {Cut.Write(Rounded(chosen[chosen.Count / 2]))}";
    }

    /// <summary>To three digits, or to the whole number.</summary>
    private static double Rounded(double number) =>
        number == 0 || Math.Abs(number) >= 100 ? Math.Round(number) : Math.Round(number, Math.Min(4, 2 - (int)Math.Floor(Math.Log10(Math.Abs(number)))) is var digits and > 0 ? digits : 0);

    private static string Small(double p) => p < 0.0001 ? p.ToString("0.0e-0", CultureInfo.InvariantCulture) : p.ToString("0.####", CultureInfo.InvariantCulture);
}
