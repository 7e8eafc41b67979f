namespace Reverie.Dreaming.Synthesis;

/// <summary>A two-by-two table: with and without a behaviour, against good and bad results.</summary>
/// <param name="WithGood">Has it, went well.</param>
/// <param name="WithBad">Has it, went badly.</param>
/// <param name="WithoutGood">Lacks it, went well.</param>
/// <param name="WithoutBad">Lacks it, went badly.</param>
public readonly record struct Table(int WithGood, int WithBad, int WithoutGood, int WithoutBad)
{
    public int With => WithGood + WithBad;

    public int Without => WithoutGood + WithoutBad;

    public int Total => With + Without;

    /// <summary>Share that went well among those with it; 0 where there are none.</summary>
    public double RateWith => With == 0 ? 0 : (double)WithGood / With;

    public double RateWithout => Without == 0 ? 0 : (double)WithoutGood / Without;

    /// <summary>Difference of the two shares, −1 to 1: the effect size the dreamer reports.</summary>
    public double Difference => RateWith - RateWithout;

    public static Table operator +(Table a, Table b) =>
        new(a.WithGood + b.WithGood, a.WithBad + b.WithBad, a.WithoutGood + b.WithoutGood, a.WithoutBad + b.WithoutBad);
}

/// <summary>Exact tests and corrections for many comparisons.</summary>
public static class Statistics
{
    private static readonly Lock GrowLock = new();
    private static double[] _logFactorials = [0, 0];

    /// <summary>Fisher's exact test, two-sided: the chance of a table at least as unlikely as this one, margins fixed.</summary>
    public static double FisherExact(Table table)
    {
        var (rowOne, columnOne, total) = (table.With, table.WithGood + table.WithoutGood, table.Total);
        if (rowOne == 0 || rowOne == total || columnOne == 0 || columnOne == total) return 1;
        var log = LogFactorials(total);
        var lowest = Math.Max(0, rowOne + columnOne - total);
        var highest = Math.Min(rowOne, columnOne);
        var observed = LogProbability(table.WithGood);
        double sum = 0;
        for (var k = lowest; k <= highest; k++)
        {
            var p = LogProbability(k);
            if (p <= observed + 1e-7) sum += Math.Exp(p);
        }
        return Math.Min(1, sum);

        double LogProbability(int k) =>
            log[rowOne] + log[total - rowOne] + log[columnOne] + log[total - columnOne]
            - log[total] - log[k] - log[rowOne - k] - log[columnOne - k] - log[total - rowOne - columnOne + k];
    }

    /// <summary>The least p-value a table of these margins can have in favour of the behaviour: above the threshold, it is no test (Tarone 1990).</summary>
    public static double LeastFisherExact(Table table)
    {
        var good = table.WithGood + table.WithoutGood;
        var withGood = Math.Min(table.With, good);
        return FisherExact(new Table(withGood, table.With - withGood, good - withGood, table.Without - good + withGood));
    }

    /// <summary>
    /// The Cochran–Mantel–Haenszel test over strata (same task, same agent), two-sided, with continuity correction:
    /// whether a behaviour goes with results when like is compared with like. 1 when no stratum is mixed.
    /// </summary>
    public static double MantelHaenszel(IEnumerable<Table> strata)
    {
        double deviation = 0, variance = 0;
        foreach (var table in strata)
        {
            double n = table.Total;
            if (n < 2) continue;
            double good = table.WithGood + table.WithoutGood;
            var bad = n - good;
            deviation += table.WithGood - table.With * good / n;
            variance += table.With * (double)table.Without * good * bad / (n * n * (n - 1));
        }
        if (variance <= 0) return 1;
        var chi = Math.Max(0, Math.Abs(deviation) - 0.5);
        return Math.Min(1, Erfc(Math.Sqrt(chi * chi / variance / 2)));
    }

    /// <summary>The sign and size of the common difference over strata: the Mantel–Haenszel weighted risk difference.</summary>
    public static double CommonDifference(IEnumerable<Table> strata)
    {
        double sum = 0, weights = 0;
        foreach (var table in strata)
        {
            if (table.With == 0 || table.Without == 0) continue;
            var weight = (double)table.With * table.Without / table.Total;
            sum += weight * table.Difference;
            weights += weight;
        }
        return weights == 0 ? 0 : sum / weights;
    }

    /// <summary>Benjamini–Hochberg: the false-discovery-rate adjusted p-values, in the order given.</summary>
    public static double[] AdjustForManyTests(IReadOnlyList<double> pValues)
    {
        var order = Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i]).ThenBy(static i => i).ToArray();
        var adjusted = new double[pValues.Count];
        double lowest = 1;
        for (var rank = order.Length; rank >= 1; rank--)
        {
            lowest = Math.Min(lowest, pValues[order[rank - 1]] * order.Length / rank);
            adjusted[order[rank - 1]] = lowest;
        }
        return adjusted;
    }

    /// <summary>The 95 % Wilson interval of a share; 0 to 1 where there is nothing to count.</summary>
    public static (double Low, double High) Wilson(int hits, int total)
    {
        if (total == 0) return (0, 1);
        const double z = 1.959964;
        var p = (double)hits / total;
        var centre = p + z * z / (2 * total);
        var reach = z * Math.Sqrt(p * (1 - p) / total + z * z / (4.0 * total * total));
        var scale = 1 + z * z / total;
        return (Math.Max(0, (centre - reach) / scale), Math.Min(1, (centre + reach) / scale));
    }

    /// <summary>The exact 95 % interval of a share (Clopper–Pearson), never narrower than it promises; 0 to 1 where there is nothing to count.</summary>
    public static (double Low, double High) ClopperPearson(int hits, int total)
    {
        const double tail = 0.025;
        const int halvings = 50;
        return (hits == 0 ? 0 : Solve(p => 1 - Below(hits - 1, p) < tail), hits == total ? 1 : Solve(p => Below(hits, p) > tail));

        // The share at which the answer turns from true to false.
        static double Solve(Func<double, bool> isLower)
        {
            double low = 0, high = 1;
            for (var i = 0; i < halvings; i++)
            {
                var middle = (low + high) / 2;
                if (isLower(middle)) low = middle;
                else high = middle;
            }
            return (low + high) / 2;
        }

        double Below(int k, double p)
        {
            double sum = 0;
            for (var i = 0; i <= k; i++) sum += Math.Exp(LogChoose(total, i) + i * Math.Log(p) + (total - i) * Math.Log(1 - p));
            return sum;
        }
    }

    /// <summary>The natural logarithm of the number of ways to choose <paramref name="k"/> of <paramref name="n"/>, 0 ≤ k ≤ n.</summary>
    public static double LogChoose(int n, int k)
    {
        var log = LogFactorials(n);
        return log[n] - log[k] - log[n - k];
    }

    private static double[] LogFactorials(int n)
    {
        var table = Volatile.Read(ref _logFactorials);
        if (table.Length > n) return table;
        lock (GrowLock)
        {
            table = _logFactorials;
            if (table.Length > n) return table;
            var grown = new double[Math.Max(n + 1, table.Length * 2)];
            table.CopyTo(grown, 0);
            for (var i = table.Length; i < grown.Length; i++) grown[i] = grown[i - 1] + Math.Log(i);
            Volatile.Write(ref _logFactorials, grown);
            return grown;
        }
    }

    /// <summary>Complementary error function, |error| &lt; 1.2e-7 relative (rational Chebyshev fit; Numerical Recipes, 6.2).</summary>
    private static double Erfc(double x)
    {
        var z = Math.Abs(x);
        var t = 1 / (1 + 0.5 * z);
        var r = t * Math.Exp(-z * z - 1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806
            + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277)))))))));
        return x >= 0 ? r : 2 - r;
    }
}
