using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lumara.Crew;

/// <summary>Looks at every spot and at the day, and reports both.</summary>
internal static class Detector
{
    public static Move Next(Talk talk)
    {
        if (talk.AnswersOf(Words.ListSpots) is not [var list, ..]) return new Move.Call(Words.ListSpots, "{}");
        var spots = JsonElement.Parse(list).GetProperty("spots").EnumerateArray().Select(static s => s.GetString()!).ToList();
        var scans = talk.AnswersOf(Words.ScanSpot);
        if (scans.Count < spots.Count) return new Move.Call(Words.ScanSpot, new JsonObject { ["spot"] = spots[scans.Count] }.ToJsonString());
        if (talk.AnswersOf(Words.Observe) is not [var day, ..]) return new Move.Call(Words.Observe, "{}");
        return new Move.Say(string.Join('\n', spots.Zip(scans, static (spot, scan) => $"{Words.Scanned}{spot}: {Facts.Tell(Words.ScanSpot, scan)}").Append(Words.Conditions + Facts.Tell(Words.Observe, day))));
    }
}
