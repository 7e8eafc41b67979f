namespace Lumara.Crew;

/// <summary>The words the crew agrees on: tools, fields and how messages begin.</summary>
internal static class Words
{
    public const string Bash = "bash";
    public const string Send = "send_to_agent";
    public const string ListSpots = "list_spots";
    public const string ScanSpot = "scan_spot";
    public const string Observe = "observe";
    public const string Measure = "measure_altitude";
    public const string Descend = "descend";

    public const string Detector = "detector";
    public const string Navigator = "navigator";

    public const string DescentMps = "descent_mps";
    public const string FlareM = "flare_altitude_m";
    public const string TouchdownMps = "touchdown_mps";
    public const string DistanceM = "distance_m";
    public const string TouchMps = "touch_mps";
    public const string DriftMps = "drift_mps";
    public const string TiltDeg = "tilt_deg";
    public const string FuelLeftPct = "fuel_left_pct";

    /// <summary>What the commander leaves of a flight: the answer to <see cref="Descend"/>.</summary>
    public const string LandingFile = "landing.json";

    /// <summary>Begins the order of a flight.</summary>
    public const string Order = "Order: ";

    /// <summary>Ends the order of a practice flight.</summary>
    public const string Practice = "Practise: fly your own way.";

    /// <summary>Begins what was found out about a spot.</summary>
    public const string Scanned = "Scanned ";

    /// <summary>Begins what was found out about the day.</summary>
    public const string Conditions = "Conditions: ";

    /// <summary>Begins the spot to land on.</summary>
    public const string Target = "Land on ";

    /// <summary>Begins how it ended.</summary>
    public const string Landed = "Landed: ";
}
