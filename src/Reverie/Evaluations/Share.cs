using Reverie.Dreaming.Synthesis;

namespace Reverie.Evaluations;

/// <summary>How many of the trials succeeded.</summary>
public sealed record Share(int Successes, int Trials)
{
    /// <summary>0 to 1; 0 where there are no trials.</summary>
    public double Rate => Trials == 0 ? 0 : (double)Successes / Trials;

    /// <summary>The lower end of the 95 % Wilson interval.</summary>
    public double Low => Statistics.Wilson(Successes, Trials).Low;

    /// <summary>The upper end of the 95 % Wilson interval.</summary>
    public double High => Statistics.Wilson(Successes, Trials).High;

    public static Share Of(IEnumerable<Trial> trials)
    {
        var (successes, all) = (0, 0);
        foreach (var trial in trials)
        {
            all++;
            if (trial.Success) successes++;
        }
        return new Share(successes, all);
    }
}

/// <summary>The rate after less the rate before, −1 to 1.</summary>
/// <param name="Low">The lower end of its 95 % interval.</param>
/// <param name="High">The upper end.</param>
public sealed record Difference(double Rate, double Low, double High)
{
    /// <summary>With Newcombe's interval, which joins the Wilson intervals of both rates. Both sides have trials.</summary>
    public static Difference Of(Share before, Share after)
    {
        var rate = after.Rate - before.Rate;
        return new Difference(rate,
            rate - Math.Sqrt(Square(after.Rate - after.Low) + Square(before.High - before.Rate)),
            rate + Math.Sqrt(Square(after.High - after.Rate) + Square(before.Rate - before.Low)));
    }

    private static double Square(double x) => x * x;
}
