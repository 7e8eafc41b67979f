using System.Text.Json;
using System.Text.Json.Nodes;
using Lumara.Crew;
using Lumara.Flying;
using Reverie.Inference;

namespace Lumara.Missions;

/// <summary>The tools that fly the simulation, as agents are offered them and as they are answered.</summary>
internal sealed class FlightTools(Flight flight)
{
    private const string Nothing = """{"type":"object","properties":{},"additionalProperties":false}""";

    /// <summary>What the detector may call.</summary>
    public static IReadOnlyList<ModelTool> OfDetector { get; } =
    [
        new(Words.ListSpots, "Lists the spots at the site, nearest first.", Nothing),
        new(Words.ScanSpot, "Looks at the ground of one spot.", """{"type":"object","properties":{"spot":{"type":"string"}},"required":["spot"],"additionalProperties":false}"""),
        new(Words.Observe, "Reads the instruments: wind, dust, fuel and height of arrival.", Nothing),
    ];

    /// <summary>What the navigator may call.</summary>
    public static IReadOnlyList<ModelTool> OfNavigator { get; } =
    [
        new(Words.Measure, "Reads the altimeter once; the autopilot goes by the average of all readings. Takes half a second of hovering.", Nothing),
        new(Words.Descend, "Goes down to a spot and lands: approach, flare, touchdown.",
            """{"type":"object","properties":{"spot":{"type":"string"},"descent_mps":{"type":"number"},"flare_altitude_m":{"type":"number"},"touchdown_mps":{"type":"number"}},"required":["spot","descent_mps","flare_altitude_m","touchdown_mps"],"additionalProperties":false}"""),
    ];

    /// <summary>The answer to a call.</summary>
    /// <param name="tool">One of the tools above.</param>
    /// <param name="input">The JSON text of its input.</param>
    public (string Text, bool IsError) Run(string tool, string input)
    {
        var given = JsonElement.Parse(input);
        return tool switch
        {
            Words.ListSpots => Answer(new JsonObject { ["spots"] = new JsonArray([.. flight.Spots.Select(static s => JsonValue.Create(s))]) }),
            Words.ScanSpot when flight.Scan(Text(given, "spot")) is var (slope, distance) => Answer(new JsonObject { ["slope_deg"] = slope, [Words.DistanceM] = distance }),
            Words.Observe when flight.Observe() is var (wind, dust, fuel, altitude) => Answer(new JsonObject { ["wind_mps"] = wind, ["dust_index"] = dust, ["fuel_pct"] = fuel, ["arrival_altitude_m"] = altitude }),
            Words.Measure => Answer(new JsonObject { ["altitude_m"] = flight.Measure() }),
            Words.Descend when Descend(given) is { } landing => Answer(new JsonObject { [Words.TouchMps] = landing.SpeedMps, [Words.DriftMps] = landing.DriftMps, [Words.TiltDeg] = landing.TiltDeg, [Words.FuelLeftPct] = landing.FuelPct }),
            _ => ($"{tool}: there is no such spot, number or tool here, or the flight is over", true),
        };
    }

    private Landing? Descend(JsonElement given) =>
        Number(given, Words.DescentMps) is { } descent && Number(given, Words.FlareM) is { } flare && Number(given, Words.TouchdownMps) is { } touchdown
            ? flight.Descend(Text(given, "spot"), new Descent(descent, flare, touchdown)) : null;

    private static string Text(JsonElement given, string name) => given.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>A speed or height a drone can fly; null for anything else.</summary>
    private static double? Number(JsonElement given, string name) =>
        given.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.GetDouble() is >= 0.1 and <= 1000 and var number ? number : null;

    private static (string, bool) Answer(JsonObject answer) => (answer.ToJsonString(), false);
}
