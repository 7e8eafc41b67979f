using System.Globalization;
using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis.Behaviours;

/// <summary>Says a finding in words: what to do, how often it went well either way, and how sure that is.</summary>
internal sealed class BehaviourWording(Finding finding, Cohort cohort)
{
    private const int ExampleCharsMax = 70;

    private readonly Behaviour _behaviour = finding.Behaviour;

    public string Title()
    {
        var (tool, detail, value) = (_behaviour.Tool, _behaviour.Detail, _behaviour.Value);
        return _behaviour.Kind switch
        {
            BehaviourKind.DespiteFact => $"{(finding.Helps ? "Call" : "Do not call")} {tool} when {JsonFacts.FieldOf(value)} is {JsonFacts.ValueOf(value)}",
            BehaviourKind.NeverClosed => $"Do not stop before {tool}{(detail.Length > 0 ? $" with {detail} = {value}" : "")}",
            BehaviourKind.Guessed => $"Do not guess {detail} for {tool}",
            BehaviourKind.OwnWords => $"Take {detail} for {tool} word for word from what was read",
            BehaviourKind.Prose => $"Put no sentences into {detail} of {tool}",
            BehaviourKind.RepeatedFailure => $"Do not repeat a failing {tool} unchanged",
            BehaviourKind.Repeated => $"Do not repeat the same {tool} call",
            BehaviourKind.ArgumentValue => $"{Prefer} {detail} = {value} for {tool}",
            BehaviourKind.ArgumentGiven => $"{(finding.Helps ? "Give" : "Leave out")} {detail} for {tool}",
            BehaviourKind.Opening or BehaviourKind.Keyword => $"{Prefer} {value} in {detail} of {tool}{Early}",
            BehaviourKind.Unheard => $"Hear the user before {tool}",
            BehaviourKind.Before => $"{(finding.Helps ? "Call" : "Do not call")} {detail} before {tool}",
            BehaviourKind.Used => finding.Helps ? $"Call {tool}{Early}" : $"Think twice before {tool}",
            BehaviourKind.Began => finding.Helps ? $"Begin with {tool}" : $"Do not begin with {tool}",
            BehaviourKind.Directly => $"{(finding.Helps ? "Go" : "Do not go")} straight from {detail} to {tool}",
            BehaviourKind.Ended => finding.Helps ? $"End with {tool}" : $"Do not end with {tool}",
            BehaviourKind.Often => $"Keep {tool} to fewer than {Number(_behaviour.Count)} calls",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>What an agent reads: the advice, the counts, and an example where there is a good one.</summary>
    public IEnumerable<string> Lines()
    {
        yield return Advice();
        yield return $"Sessions that {Did()} succeeded in {Share(finding.Table.WithGood, finding.Table.With)}, {Others()} in {Share(finding.Table.WithoutGood, finding.Table.Without)}.";
        if (finding.Helps && Example() is { } example) yield return $"For example: `{example}`";
    }

    public string Summary() =>
        $"Sessions that {Did()} were satisfied in {Percent(finding.Table.RateWith)}, {Others()} in {Percent(finding.Table.RateWithout)}; a correlation, not a proof of cause.";

    public string Rationale()
    {
        var points = (100 * finding.Table.Difference).ToString("+0;-0", CultureInfo.InvariantCulture);
        var like = (cohort.TasksRepeat, cohort.AgentsDiffer) switch
        {
            (true, true) => "same task, and same agent",
            (true, false) => "same task",
            (false, true) => "same agent; every task ran about once",
            _ => null,
        };
        var stratified = finding.PStratified is { } p
            ? $"like with like ({like}): {(100 * finding.Difference).ToString("+0;-0", CultureInfo.InvariantCulture)} points, p = {Small(p)} (Mantel-Haenszel)"
            : "every task ran about once, so harder tasks may explain a part of it";
        var (first, second) = (finding.Discovery, finding.Confirmation);
        return $"With it {Share(finding.Table.WithGood, finding.Table.With)} satisfied, without it {Share(finding.Table.WithoutGood, finding.Table.Without)}: {points} points, "
            + $"p = {Small(finding.P)} (Fisher), {Small(finding.PAdjusted)} after correction for all behaviours tried; {stratified}; "
            + $"held out: {first.WithGood}/{first.With} against {first.WithoutGood}/{first.Without} in one half, "
            + $"{second.WithGood}/{second.With} against {second.WithoutGood}/{second.Without} in the other. A correlation, not a proof of cause.";
    }

    private string Advice()
    {
        var (tool, detail, value) = (Code(_behaviour.Tool), Code(_behaviour.Detail), Code(_behaviour.Value));
        var helps = finding.Helps;
        return _behaviour.Kind switch
        {
            BehaviourKind.DespiteFact when helps => $"Where {value} holds, {tool} is usually right.",
            BehaviourKind.DespiteFact => $"Where {value} holds, check whether {tool} is allowed and asked for before calling it; it usually was not.",
            BehaviourKind.NeverClosed => $"Always come to {Closing()} before the session runs out, even when the result is not perfect{(finding.Table.WithGood == 0 ? ": no session succeeded without it" : "")}.",
            BehaviourKind.Guessed => $"Take {detail} for {tool} from the user or from an earlier answer; look it up when it was never mentioned.",
            BehaviourKind.OwnWords => $"Give {tool} a {detail} in exactly the words of an answer or of the user: find it there first, then copy it.",
            BehaviourKind.Prose => $"{detail} of {tool} is executed as it stands: write code only, no questions or explanations.",
            BehaviourKind.RepeatedFailure => $"When {tool} fails, change the input or the approach before calling it again.",
            BehaviourKind.Repeated => $"When {tool} did not bring what was needed, the same call will not either: try something else.",
            BehaviourKind.ArgumentValue => helps ? $"Prefer {detail} = {value} when calling {tool}." : $"Before calling {tool} with {detail} = {value}, check that it is what was asked for and allowed.",
            BehaviourKind.ArgumentGiven => helps ? $"Give {detail} when calling {tool}." : $"Give {detail} to {tool} only when it is needed.",
            BehaviourKind.Opening when helps => $"Use {value} in {detail} of {tool}{Early}.",
            BehaviourKind.Opening => $"Be careful with {detail} of {tool} that begins with {value}{Early}: look for another way first.",
            BehaviourKind.Keyword => helps ? $"Use {value} in {detail} of {tool}{Early}." : $"Be careful with {value} in {detail} of {tool}{Early}: look for another way first.",
            BehaviourKind.Unheard => $"Before {tool}, tell the user what you are about to do and wait for the answer.",
            BehaviourKind.Before => helps ? $"Call {detail} before {tool}." : $"Do not call {detail} on the way to {tool} unless it is needed.",
            BehaviourKind.Used => helps ? $"Call {tool}{Early}." : $"Before calling {tool}{Early}, make sure that it is wanted and that there is no better way.",
            BehaviourKind.Began => helps ? $"Begin with {tool}." : $"Do not begin with {tool}.",
            BehaviourKind.Directly => helps ? $"After {detail}, go on to {tool}." : $"After {detail}, do not go on to {tool} at once.",
            BehaviourKind.Ended => helps ? $"End with {tool}." : $"Do not end with {tool} while something else can be tried.",
            BehaviourKind.Often => $"Plan for fewer than {Number(_behaviour.Count)} {tool} calls: when the first ones did not help, change the approach.",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private string Did()
    {
        var (tool, detail, value) = (Code(_behaviour.Tool), Code(_behaviour.Detail), Code(_behaviour.Value));
        return _behaviour.Kind switch
        {
            BehaviourKind.DespiteFact => IsOwnFact ? $"called {tool} on something with {value}" : $"called {tool} after {detail} had said {value}",
            BehaviourKind.NeverClosed => $"never called {Closing()}",
            BehaviourKind.Guessed => $"gave {tool} a {detail} that had not been mentioned before",
            BehaviourKind.OwnWords => $"gave {tool} a {detail} that stood nowhere in what they had read",
            BehaviourKind.Prose => $"wrote sentences into {detail} of {tool}",
            BehaviourKind.RepeatedFailure => $"repeated a failing {tool} call unchanged",
            BehaviourKind.Repeated => $"made the same {tool} call {Times(_behaviour.Count)}",
            BehaviourKind.ArgumentValue => $"called {tool} with {detail} = {value}",
            BehaviourKind.ArgumentGiven => $"gave {tool} the optional {detail}",
            BehaviourKind.Opening => $"began {detail} of {tool} with {value}",
            BehaviourKind.Keyword => $"used {value} in {detail} of {tool}",
            BehaviourKind.Unheard => $"called {tool} right after another call, without hearing the user in between,",
            BehaviourKind.Before => $"called {detail} before {tool}",
            BehaviourKind.Used => $"called {tool}",
            BehaviourKind.Began => $"began with {tool}",
            BehaviourKind.Directly => $"went straight from {detail} to {tool}",
            BehaviourKind.Ended => $"ended with {tool}",
            BehaviourKind.Often => $"called {tool} {Times(_behaviour.Count)} or more",
            _ => throw new System.Diagnostics.UnreachableException(),
        } + Early;
    }

    private string Others() => _behaviour.Kind switch
    {
        BehaviourKind.Used or BehaviourKind.Began or BehaviourKind.Ended or BehaviourKind.NeverClosed => "the others",
        BehaviourKind.DespiteFact or BehaviourKind.ArgumentValue or BehaviourKind.Guessed when cohort.TasksRepeat => "the others",
        BehaviourKind.DespiteFact when !IsOwnFact => "the others that were told so",
        _ => $"the others that called {Code(_behaviour.Tool)}",
    };

    /// <summary>The short call that satisfied sessions made most often, where the behaviour is about what code says.</summary>
    private string? Example()
    {
        if (_behaviour.Kind is not (BehaviourKind.Opening or BehaviourKind.Keyword)) return null;
        return finding.With.Where(i => cohort.Good[i]).Select(i => BehaviourQuotes.TellingStep(cohort.Sessions[i], _behaviour)?.Value(_behaviour.Detail))
            .Where(static v => v is { Length: > 0 and <= ExampleCharsMax } && !v.Contains('`') && !v.Contains('\n') && !Secrets.In(v))
            .GroupBy(static v => v!, StringComparer.Ordinal).OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal)
            .Select(static g => g.Key).FirstOrDefault();
    }

    private string Closing() =>
        Code(_behaviour.Tool) + (_behaviour.Detail.Length > 0 ? $" with {Code(_behaviour.Detail)} = {Code(_behaviour.Value)}" : "");

    private bool IsOwnFact => _behaviour.Detail == _behaviour.Tool;

    private string Prefer => finding.Helps ? "Prefer" : "Be careful with";

    private string Early => _behaviour.Within switch
    {
        0 => "",
        1 => " in the first call",
        var n => $" in the first {Number(n)} calls",
    };

    private static string Code(string text) => $"`{text.Replace('`', '\'')}`";

    private static string Times(int count) => count == 2 ? "twice" : Number(count) + " times";

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Share(int hits, int total) => $"{Number(hits)} of {Number(total)}";

    private static string Percent(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);

    private static string Small(double p) => p < 0.0001 ? p.ToString("0.0e-0", CultureInfo.InvariantCulture) : p.ToString("0.####", CultureInfo.InvariantCulture);
}
