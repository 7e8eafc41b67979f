using System.Text.Json.Nodes;

namespace Lumara.Crew;

/// <summary>Measures the height as often as it takes, and goes down.</summary>
internal static class Navigator
{
    public static Move Next(Talk talk)
    {
        if (talk.AnswersOf(Words.Descend) is [.., var landed]) return new Move.Say($"{Words.Landed}{landed}");
        var facts = Facts.In(talk.Told);
        foreach (var (call, answer) in talk.Calls) facts.Add(call.Name, answer);
        var settings = Pilot.Adjusted(Pilot.Ordered(talk), Playbook.Read(talk.Told), facts);
        if (talk.AnswersOf(Words.Measure).Count < settings.Readings) return new Move.Call(Words.Measure, "{}");
        return new Move.Call(Words.Descend, new JsonObject
        {
            ["spot"] = talk.Line(Words.Target),
            [Words.DescentMps] = settings.DescentMps,
            [Words.FlareM] = settings.FlareM,
            [Words.TouchdownMps] = settings.TouchdownMps,
        }.ToJsonString());
    }
}
