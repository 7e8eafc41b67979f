using System.Diagnostics;
using System.Globalization;
using Reverie.Cli.Terminal;
using Reverie.Evaluations;

namespace Reverie.Cli.Evaluations;

/// <summary>An evaluation as a person reads it.</summary>
internal sealed class EvaluationView(Screen screen, EvaluationReport report)
{
    private const int TasksShown = 30;
    private const int NameColumns = 34;
    private const int ArmColumns = 14;

    private readonly Comparison _comparison = report.Comparison;

    public static void Show(CliContext context, EvaluationReport report, bool isJson)
    {
        if (isJson) context.Streams.Out.WriteLine(EvaluationReportJson.Write(report));
        else new EvaluationView(Screen.Out(context.Streams), report).Write();
    }

    private void Write()
    {
        screen.Heading("Evaluation");
        if (report.Agent is { } agent) Fact("agent", $"{agent.Name}, version {agent.Version}, {agent.Model}");
        Fact("before", Words(report.Before));
        Fact("after", Words(report.After));
        screen.Blank();
        Row("task", "before", "after", "dim");
        WriteTasks();
        Row("all", Count(_comparison.Before), Count(_comparison.After), "bold");
        Row("", Percent(_comparison.Before.Rate), Percent(_comparison.After.Rate), "bold");
        Row("95 % interval", Interval(_comparison.Before), Interval(_comparison.After), "dim");
        if (_comparison.Measures.Count > 0) WriteMeasures();
        screen.Blank();
        WriteTests();
        WriteWarnings();
        screen.Blank();
        screen.Line(Closing());
        if (_comparison.Conclusion != Conclusion.TooSmallToTell && _comparison.Paired.P >= Power.Significance)
            screen.Line("That holds for these tasks. For others like them there are too few tasks that differ to tell.");
    }

    /// <summary>Where there are too many to read, those that differ most.</summary>
    private void WriteTasks()
    {
        var shown = _comparison.Tasks.Count <= TasksShown ? _comparison.Tasks
            : [.. _comparison.Tasks.OrderByDescending(static t => Math.Abs(t.After.Rate - t.Before.Rate)).Take(TasksShown).OrderBy(static t => t.Task, StringComparer.Ordinal)];
        foreach (var task in shown) Row(task.Task, Count(task.Before), Count(task.After), task.Before.Rate == task.After.Rate ? "dim" : "default");
        if (_comparison.Tasks.Count > shown.Count) screen.Line($"[dim]… {_comparison.Tasks.Count - shown.Count} more, see --report[/]", 2);
    }

    private void WriteMeasures()
    {
        screen.Blank();
        Row("mean of a trial", "before", "after", "dim");
        foreach (var measure in _comparison.Measures) Row(measure.Name switch { "cost_usd" => "cost, USD", var name => name.Replace('_', ' ') }, Mean(measure.Name, measure.Before), Mean(measure.Name, measure.After), "default");
        if (report.Trials.Sum(static t => t.Measures.CostUsd) is > 0 and var spent) Row("all trials together, USD", spent.ToString("0.00", CultureInfo.InvariantCulture), "", "dim");
    }

    private void WriteTests()
    {
        if (_comparison.Difference is { } difference) Fact("difference", $"{Points(difference.Rate)} points, 95 % interval {Points(difference.Low)} to {Points(difference.High)}");
        Fact("by chance", $"p {P(_comparison.FisherP)} over the trials (Fisher's exact test)");
        var paired = _comparison.Paired;
        var tasks = paired.Better + paired.Worse + paired.Same;
        if (tasks > 0) Fact("", $"p {P(paired.P)} over the tasks: {paired.Better} better, {paired.Worse} worse, {paired.Same} alike ({(IsOneEach ? "McNemar's exact test" : "sign test")})");
        else Fact("", "no task ran on both sides, so nothing could be paired");
    }

    private void WriteWarnings()
    {
        var early = report.Trials.Where(static t => t.Ended is not (null or "end_turn")).CountBy(static t => t.Ended!).OrderBy(static n => n.Key, StringComparer.Ordinal).ToList();
        if (early.Count > 0) Fact("note", $"{Trials(early.Sum(static n => n.Value))} did not come to an end and {(early.Sum(static n => n.Value) == 1 ? "counts" : "count")} as failed: {string.Join(", ", early.Select(static n => $"{n.Value} {n.Key}"))}");
        if (early.Exists(static n => n.Key == "requires_action")) Fact("", "an evaluation answers no questions: let the agent's tools run without permission, and give it no custom tools");
        if (report.Unjudged > 0) Fact("note", $"{(report.Unjudged == 1 ? "1 session was" : $"{report.Unjudged} sessions were")} not judged and {(report.Unjudged == 1 ? "is" : "are")} not counted");
        if (report.TrialsPlanned is { } planned && planned > report.Trials.Count) Fact("note", $"{report.Trials.Count} of {planned} trials were run");
    }

    private string Closing() => _comparison switch
    {
        { Difference: null } => "[bold]Nothing to compare:[/] one side has no trials.",
        { Conclusion: Conclusion.Better } => $"[bold green]After is better on these tasks:[/] {Rates()}, more than chance would do.",
        { Conclusion: Conclusion.Worse } => $"[bold red]After is worse on these tasks:[/] {Rates()}, more than chance would do.",
        { Conclusion: Conclusion.TooSmallToTell } => $"[bold]Too small to tell:[/] with {SampleWords()}, {Unseen()}{Needed()}.",
        _ => throw new UnreachableException(),
    };

    private string Rates() => $"{Percent(_comparison.After.Rate)} against {Percent(_comparison.Before.Rate)}";

    private string SampleWords() => _comparison.Before.Trials == _comparison.After.Trials
        ? $"{Trials(_comparison.Before.Trials)} each" : $"{Trials(_comparison.Before.Trials)} before and {_comparison.After.Trials} after";

    private string Unseen() => _comparison.DetectableDifference is { } smallest
        ? $"a {(smallest > 0 ? "gain" : "loss")} below {Math.Abs(100 * smallest):0} points would mostly go unseen" : $"no {_comparison.Difference!.Rate switch { > 0 => "gain", < 0 => "loss", _ => "difference" }}, however large, could surely be told from chance";

    private string Needed() => _comparison is { TrialsNeeded: { } needed, Difference: { } seen }
        ? string.Create(CultureInfo.InvariantCulture, $". To see one of {Math.Abs(100 * seen.Rate):0} points, run about {needed:N0} trials on each side") : "";

    private bool IsOneEach => _comparison.Tasks.All(static t => t is { Before.Trials: <= 1, After.Trials: <= 1 });

    private void Fact(string what, string text) => screen.Line($"[dim]{what,-12}[/]{PlainText.Escaped(PlainText.Line(text))}", 2);

    private void Row(string what, string before, string after, string style) =>
        screen.Line($"[{style}]{PlainText.Escaped(PlainText.Line(what, NameColumns - 1).PadRight(NameColumns))}{before,ArmColumns}{after,ArmColumns}[/]".TrimEnd(), 2);

    private static string Words(EvaluatedArm arm) => arm.MemoryStoreId is null ? arm.Name : $"{arm.Name} ({arm.MemoryStoreId}{(arm.At is { } at ? $" at {at}" : "")})";

    private static string Count(Share share) => share.Trials == 0 ? "–" : $"{share.Successes}/{share.Trials}";

    private static string Percent(double rate) => $"{100 * rate:0} %";

    private static string Interval(Share share) => $"{100 * share.Low:0}–{100 * share.High:0} %";

    private static string Points(double rate) => Math.Round(100 * rate) is var points && points > 0 ? $"+{points:0}" : $"{points:0}".Replace('-', '−');

    private static string P(double p) => p < 0.0001 ? "< 0.0001" : string.Create(CultureInfo.InvariantCulture, $"= {p:0.####}");

    private static string Mean(string name, double? mean) => mean is null ? "–" : mean.Value.ToString(name switch { "input_tokens" or "output_tokens" => "N0", "cost_usd" => "0.000", _ => "0.00" }, CultureInfo.InvariantCulture);

    private static string Trials(int count) => count == 1 ? "1 trial" : $"{count} trials";
}
