namespace Lumara.Missions;

/// <summary>A share with its uncertainty.</summary>
/// <param name="Hits">So many.</param>
/// <param name="Total">Of so many, at least 1.</param>
public sealed record Share(int Hits, int Total)
{
    private const double Z = 1.959964;

    /// <summary>The ends of the 95 % Wilson interval, 0 to 1.</summary>
    public (double Low, double High) Interval
    {
        get
        {
            var (p, n) = ((double)Hits / Total, (double)Total);
            var (middle, reach) = (p + Z * Z / (2 * n), Z * Math.Sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)));
            return ((middle - reach) / (1 + Z * Z / n), (middle + reach) / (1 + Z * Z / n));
        }
    }

    /// <summary>Such as "173 of 180, 96.1 % (92.3 to 98.1)".</summary>
    public override string ToString() => FormattableString.Invariant($"{Hits} of {Total}, {100.0 * Hits / Total:0.0} % ({100 * Interval.Low:0.0} to {100 * Interval.High:0.0})");
}
