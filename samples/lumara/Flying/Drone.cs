namespace Lumara.Flying;

/// <summary>
/// A drone on its way down: a mass under gravity, rotor thrust, wind and drag, with an autopilot that holds a speed and a
/// place. SI units; fuel in per cent. Rotors carry better in moving air, so that the calm near the ground takes lift away
/// while the autopilot is still trimmed for the wind above.
/// </summary>
internal sealed class Drone(Day day, double slopeDeg, double heightM, Dice chance)
{
    public const double Gravity = 9.81;

    private const double Step = 0.05;
    private const double DryKg = 8;
    private const double FuelKg = 4;
    private const double ThrustMax = 2.2 * (DryKg + FuelKg) * Gravity;
    private const double TiltMaxDeg = 20;
    private const double SpeedGain = 1.5;
    private const double TrimGain = 0.5;
    private const double TrimMax = 8;
    private const double ClimbMax = 3.5;
    private const double DragPerM = 0.004;
    private const double LiftPerMps = 0.045;
    private const double LiftMpsMax = 15;
    private const double BurnPctPerS = 2.0;
    private const double GustS = 2;

    private double _x, _vx, _vz, _gust, _updraught;

    /// <summary>What the autopilot adds to hold its speed; it arrives trimmed for the wind up there.</summary>
    private double _trim = Gravity / Lift(WindAt(day, heightM)) - Gravity;

    /// <summary>Metres above the ground.</summary>
    public double HeightM { get; private set; } = heightM;

    public double FuelPct { get; private set; } = day.FuelPct;

    /// <summary>Metres a second, down.</summary>
    public double SinkMps => -_vz;

    private double MassKg => DryKg + FuelKg * FuelPct / 100;

    /// <summary>Wind at a height: it falls towards the ground by a power law.</summary>
    public static double WindAt(Day day, double heightM) => day.WindMps * Math.Pow(Math.Max(heightM, 0.3) / 10, 0.2);

    /// <summary>How much better rotors carry in moving air than in still air.</summary>
    public static double Lift(double airMps) => 1 + LiftPerMps * Math.Min(Math.Abs(airMps), LiftMpsMax);

    /// <summary>Stays where it is.</summary>
    public void Hover(double seconds)
    {
        for (double t = 0; t < seconds; t += Step) Fly(0);
    }

    /// <summary>Goes down to the ground.</summary>
    /// <param name="descent">How.</param>
    /// <param name="altimeterErrorM">How much higher than it is the drone takes itself to be.</param>
    public Landing Land(Descent descent, double altimeterErrorM)
    {
        double tilt = 0;
        while (HeightM > 0 && FuelPct > 0) tilt = Fly(HeightM + altimeterErrorM > descent.FlareM ? -descent.ApproachMps : -descent.TouchdownMps);
        if (HeightM > 0) return new Landing(Math.Sqrt(_vz * _vz + 2 * Gravity * HeightM), Math.Abs(_vx), slopeDeg, 0);
        return new Landing(SinkMps, Math.Abs(_vx), slopeDeg + tilt, FuelPct);
    }

    /// <summary>One step of time at a wanted speed upward; returns the tilt in degrees.</summary>
    private double Fly(double wantedMps)
    {
        _gust += Step / GustS * -_gust + 0.08 * day.WindMps * Math.Sqrt(2 * Step / GustS) * chance.Normal();
        _updraught += Step / GustS * -_updraught + 0.015 * day.WindMps * Math.Sqrt(2 * Step / GustS) * chance.Normal();
        var air = WindAt(day, HeightM) + _gust - _vx;
        var push = DragPerM * air * Math.Abs(air);

        var error = wantedMps - _vz;
        var asked = Math.Clamp(SpeedGain * error, -ClimbMax, ClimbMax);
        // While it is still slowing down there is nothing to trim.
        if (Math.Abs(asked) < ClimbMax) _trim = Math.Clamp(_trim + TrimGain * error * Step, -TrimMax, TrimMax);
        var thrust = Math.Clamp(MassKg * (Gravity + asked + _trim), 0, ThrustMax);
        var lean = Math.Clamp((-0.4 * _x - 1.2 * _vx - push) / Gravity, -Math.Tan(TiltMaxDeg * Math.PI / 180), Math.Tan(TiltMaxDeg * Math.PI / 180));

        _vz += (thrust * Lift(air) / MassKg - Gravity + 0.5 * _updraught) * Step;
        _vx += (lean * Gravity + push) * Step;
        HeightM += _vz * Step;
        _x += _vx * Step;
        FuelPct = Math.Max(0, FuelPct - BurnPctPerS * Math.Pow(thrust / ((DryKg + FuelKg / 2) * Gravity), 1.5) * Step);
        return Math.Abs(Math.Atan(lean)) * 180 / Math.PI;
    }
}
