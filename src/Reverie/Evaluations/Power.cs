using Reverie.Dreaming.Synthesis;

namespace Reverie.Evaluations;

/// <summary>What a sample can show: how likely Fisher's exact test finds a difference that is there.</summary>
public static class Power
{
    /// <summary>p-values below it count as a difference.</summary>
    public const double Significance = 0.05;

    /// <summary>How likely a difference should be found for the sample to be called large enough for it.</summary>
    public const double Wanted = 0.8;

    /// <summary>Larger sides are taken to be this large, which understates what they can show by little.</summary>
    private const int TrialsMax = 20_000;

    /// <summary>Quantiles of the normal distribution for <see cref="Significance"/>, two-sided, and <see cref="Wanted"/>.</summary>
    private const double SignificanceQuantile = 1.959964;

    private const double WantedQuantile = 0.841621;

    private const double Unlikely = 1e-12;

    /// <summary>The chance that the test finds a rise, and takes it for one, when the true rates are these.</summary>
    public static double OfRise(int trialsBefore, int trialsAfter, double rateBefore, double rateAfter) =>
        Chance(Thresholds(trialsBefore, trialsAfter, rateBefore), trialsAfter, rateAfter);

    /// <summary>
    /// The smallest rise from the rate before that is found with a chance of <see cref="Wanted"/>; smaller ones mostly go unseen. Null when not
    /// even the largest is. A fall is a rise of what fails.
    /// </summary>
    public static double? SmallestRise(int trialsBefore, int trialsAfter, double rateBefore)
    {
        var after = Math.Min(trialsAfter, TrialsMax);
        var thresholds = Thresholds(Math.Min(trialsBefore, TrialsMax), after, rateBefore);
        if (Chance(thresholds, after, 1) < Wanted) return null;
        var (low, high) = (rateBefore, 1.0);
        while (high - low > 1e-6)
        {
            var middle = (low + high) / 2;
            if (Chance(thresholds, after, middle) < Wanted) low = middle;
            else high = middle;
        }
        return high - rateBefore;
    }

    /// <summary>
    /// About how many trials each side needs for a difference of this size to be found with a chance of <see cref="Wanted"/>: the normal
    /// approximation with the correction of Casagrande, Pike and Smith, which was made for Fisher's test. Null when the rates are equal.
    /// </summary>
    public static int? TrialsFor(double rateBefore, double rateAfter)
    {
        var difference = Math.Abs(rateAfter - rateBefore);
        if (difference == 0) return null;
        var mean = (rateBefore + rateAfter) / 2;
        var root = SignificanceQuantile * Math.Sqrt(2 * mean * (1 - mean)) + WantedQuantile * Math.Sqrt(rateBefore * (1 - rateBefore) + rateAfter * (1 - rateAfter));
        var uncorrected = root * root / (difference * difference);
        var correction = 1 + Math.Sqrt(1 + 4 / (uncorrected * difference));
        return (int)Math.Min(int.MaxValue, Math.Ceiling(uncorrected * correction * correction / 4));
    }

    /// <summary>For each number of successes before that can be expected: how likely it is, and from how many after the test speaks of a rise.</summary>
    private static List<(double Likelihood, int SuccessesAfter)> Thresholds(int before, int after, double rateBefore)
    {
        var thresholds = new List<(double, int)>();
        var from = 0;
        for (var successes = 0; successes <= before; successes++)
        {
            var likelihood = Likelihood(before, successes, rateBefore);
            if (likelihood < Unlikely) continue;
            from = Math.Max(from, (int)((long)successes * after / before) + 1);
            while (from <= after && Statistics.FisherExact(new Table(from, after - from, successes, before - successes)) >= Significance) from++;
            thresholds.Add((likelihood, from));
        }
        return thresholds;
    }

    private static double Chance(List<(double Likelihood, int SuccessesAfter)> thresholds, int after, double rateAfter)
    {
        var atLeast = new double[after + 2];
        for (var successes = after; successes >= 0; successes--) atLeast[successes] = atLeast[successes + 1] + Likelihood(after, successes, rateAfter);
        return Math.Min(1, thresholds.Sum(t => t.Likelihood * atLeast[Math.Min(t.SuccessesAfter, after + 1)]));
    }

    private static double Likelihood(int trials, int successes, double rate) =>
        Math.Exp(Statistics.LogChoose(trials, successes) + Log(successes, rate) + Log(trials - successes, 1 - rate));

    private static double Log(int times, double chance) => times == 0 ? 0 : times * Math.Log(chance);
}
