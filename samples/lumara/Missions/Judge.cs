using System.Text.Json;
using System.Text.Json.Nodes;
using Lumara.Flying;

namespace Lumara.Missions;

/// <summary>
/// Judges sessions by the rubric: soft touchdown, clear ground, fuel to return. Where sessions bring the verdict of a
/// grader, this is what it takes the place of.
/// </summary>
internal static class Judge
{
    /// <summary>Where judged sessions say they come from.</summary>
    public const string Source = "lumara";

    /// <summary>The session under its mission's name, with its outcome.</summary>
    /// <param name="line">A session in the interchange format.</param>
    /// <param name="mission">What was flown.</param>
    /// <param name="landing">How it ended; null where nothing landed.</param>
    public static ReadOnlyMemory<byte> Label(ReadOnlyMemory<byte> line, Mission mission, Landing? landing)
    {
        var session = JsonNode.Parse(line.Span)!.AsObject();
        session["source"] = Source;
        session["external_id"] = mission.Name;
        session["metadata"] = new JsonObject { ["pilot"] = mission.Pilot };
        session["outcome"] = new JsonObject { ["result"] = landing is { Fault: null } ? "satisfied" : "failed", ["score"] = landing is { Fault: null } ? 1 : 0 };
        return JsonSerializer.SerializeToUtf8Bytes(session);
    }
}
