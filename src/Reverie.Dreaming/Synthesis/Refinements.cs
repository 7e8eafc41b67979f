using Reverie.Dreaming.Synthesis.Remedies;

namespace Reverie.Dreaming.Synthesis;

/// <summary>
/// Calls that found nothing and were made again in other words. That is how one searches; only where independent principals changed
/// the same thing in the same way, and found something then, was the first call wrong.
/// </summary>
internal static class Refinements
{
    private const int SessionsMin = 3;

    /// <summary>The forms that may change; finer ones differ from one value to the next.</summary>
    private static readonly List<ValueForm> Forms = [.. ValueForm.CoarseToFine.TakeWhile(static f => f.Name != "beginning")];

    /// <summary>True when one change of the call recurs in two thirds of <paramref name="refined"/>, calls that found nothing and the next that found something.</summary>
    public static bool AreSystematic(Toolbox toolbox, IReadOnlyList<(Occurrence Nothing, Review.Step Found)> refined) =>
        refined.SelectMany(static r => Changes(r.Nothing.Step, r.Found).Distinct(StringComparer.Ordinal).Select(change => (Change: change, r.Nothing.Session)))
            .GroupBy(static c => c.Change, static c => c.Session, StringComparer.Ordinal)
            .Any(g => g.Count() * 3 >= refined.Count * 2 && toolbox.Tellings(g) >= SessionsMin && toolbox.IsIndependent(g));

    /// <summary>What was changed: a field given or left out, or the form of a value.</summary>
    private static IEnumerable<string> Changes(Review.Step from, Review.Step to)
    {
        foreach (var argument in from.Arguments)
            if (to.Value(argument.Path) is null) yield return $"without {argument.Path}";
        foreach (var argument in to.Arguments)
        {
            if (from.Arguments.FirstOrDefault(a => a.Path == argument.Path) is not { Path: not null } before)
            {
                yield return $"with {argument.Path}";
                continue;
            }
            FormedValue old = new(before), now = new(argument);
            foreach (var form in Forms)
                if (form.Of(old) is var was && form.Of(now) is var @is && was != @is) yield return $"{argument.Path}, {form.Name}: {was} → {@is}";
        }
    }
}
