namespace Lumara.Flying;

/// <summary>One flight to one site: what its instruments say and how it ends. The same flight flown the same way ends the same.</summary>
public sealed class Flight
{
    private const double ReadingS = 0.5;

    private readonly Site _site;
    private readonly Day _day;
    private readonly Dice _sensors;
    private readonly string _name;
    private readonly List<double> _readings = [];

    /// <summary>A flight that has just arrived.</summary>
    /// <param name="site">Where.</param>
    /// <param name="name">Decides the day and all chance.</param>
    public Flight(Site site, string name)
    {
        (_site, _name, _day) = (site, name, Day.Of(site, name));
        _sensors = new Dice($"sensors {site.Seed} {site.Name} {name}");
    }

    /// <summary>How it ended; null while it is in the air.</summary>
    public Landing? Landing { get; private set; }

    /// <summary>What could be landed on, nearest first.</summary>
    public IReadOnlyList<string> Spots => [.. _site.Spots.Select(static s => s.Name)];

    /// <summary>Wind, dust, fuel and the height of arrival, as instruments tell them.</summary>
    public (double WindMps, double Dust, double FuelPct, double AltitudeM) Observe() =>
        (Blurred(_day.WindMps, 0.2), Blurred(_day.Dust, 0.2), Blurred(_day.FuelPct, 0.2), Blurred(_site.AltitudeM, 3));

    /// <summary>A look at a spot; null where there is none of that name.</summary>
    public (double SlopeDeg, double DistanceM)? Scan(string spot) =>
        _site.Spots.FirstOrDefault(s => s.Name == spot) is { } found ? (Blurred(found.SlopeDeg, 0.4), Blurred(found.DistanceM, 1)) : null;

    /// <summary>One reading of the altimeter, which dust blurs; the autopilot goes by the average of all.</summary>
    public double Measure()
    {
        var reading = _site.AltitudeM + (0.3 + 0.7 * _day.Dust) * _sensors.Normal();
        _readings.Add(reading);
        return Math.Round(reading, 1);
    }

    /// <summary>Lands; null where there is no spot of that name, or the flight is over.</summary>
    public Landing? Descend(string spot, Descent descent)
    {
        if (Landing is not null || _site.Spots.FirstOrDefault(s => s.Name == spot) is not { } ground) return null;
        if (_readings.Count == 0) Measure();
        var drone = new Drone(_day, ground.SlopeDeg, _site.AltitudeM, new Dice($"air {_site.Seed} {_site.Name} {_name}"));
        drone.Hover(ReadingS * _readings.Count);
        return Landing = drone.Land(descent, _readings.Average() - _site.AltitudeM);
    }

    private double Blurred(double value, double spread) => Math.Round(Math.Max(0, value + spread * _sensors.Normal()), 1);
}
