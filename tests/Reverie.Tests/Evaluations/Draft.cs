using Reverie.Evaluations;

namespace Reverie.Tests.Evaluations;

/// <summary>Trials from counts.</summary>
internal static class Draft
{
    /// <param name="tasks">Name, successes and trials before, successes and trials after.</param>
    public static List<Trial> Trials(params IEnumerable<(string Name, int BeforeGood, int Before, int AfterGood, int After)> tasks) =>
        [.. tasks.SelectMany(static t => Side(t.Name, Arm.Before, t.BeforeGood, t.Before).Concat(Side(t.Name, Arm.After, t.AfterGood, t.After)))];

    private static IEnumerable<Trial> Side(string task, Arm arm, int good, int all) => Enumerable.Range(1, all).Select(i => new Trial
    {
        Task = task,
        Arm = arm,
        Number = i,
        Session = $"{task}-{arm}-{i}",
        Success = i <= good,
        Measures = new Measures { ModelRequests = i },
    });
}
