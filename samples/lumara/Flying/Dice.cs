namespace Lumara.Flying;

/// <summary>Seeded chance, the same on every machine (SplitMix64).</summary>
internal sealed class Dice
{
    private ulong _state;

    /// <summary>The same words give the same throws.</summary>
    public Dice(string seed)
    {
        _state = 14695981039346656037UL;
        foreach (var c in seed) _state = (_state ^ c) * 1099511628211UL;
    }

    /// <summary>From <paramref name="low"/> to below <paramref name="high"/>, each alike.</summary>
    public double Between(double low, double high) => low + (high - low) * ((Next() >> 11) * (1.0 / (1UL << 53)));

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Whole(int low, int high) => low + (int)(Next() % (ulong)(high - low + 1));

    /// <summary>Around 0 with spread 1, bell-shaped (Box–Muller).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Between(0, 1))) * Math.Cos(2 * Math.PI * Between(0, 1));

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ z >> 27) * 0x94D049BB133111EBUL;
        return z ^ z >> 31;
    }
}
