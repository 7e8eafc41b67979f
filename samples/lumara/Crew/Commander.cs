using System.Text.Json.Nodes;

namespace Lumara.Crew;

/// <summary>Reads the playbook, has the site surveyed, picks the spot, and has the drone landed on it.</summary>
internal static class Commander
{
    /// <summary>Prints every playbook of every mounted store; an empty store prints nothing.</summary>
    private const string ReadPlaybooks = """{"command":"cat /mnt/memory/*/playbooks/*.md 2>/dev/null || true"}""";

    public static Move Next(Talk talk)
    {
        if (talk.AnswersOf(Words.Bash) is not [var playbook, .. var written]) return new Move.Call(Words.Bash, ReadPlaybooks);
        var order = talk.Line(Words.Order) ?? throw new InvalidOperationException("the crew was given no order");
        var sent = talk.AnswersOf(Words.Send).Count;
        if (sent == 0) return Send(Words.Detector, $"{Words.Order}{order}");
        if (talk.Line(Words.Conditions) is not { } conditions) return new Move.Say("The detector surveys the site.");
        if (talk.Line(Words.Landed) is { } landed) return written.Count > 0 ? new Move.Say($"{Words.Landed}{landed}") : Write(landed);
        if (sent == 2) return new Move.Say("The navigator lands.");
        var scans = talk.Told.Split('\n').Where(static l => l.StartsWith(Words.Scanned, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)
            .Select(static l => l[Words.Scanned.Length..].Split(": ", 2)).Select(p => (Name: p[0], Told: p[1], Facts: Facts.In($"{p[1]}\n{conditions}"))).ToList();
        var spot = Pilot.Choose(Pilot.Ordered(talk).Spot, scans.ConvertAll(static s => (s.Name, s.Facts)), Playbook.Read(playbook));
        string[] lines = [$"{Words.Order}{order}", $"{Words.Target}{spot}", Words.Conditions + conditions, scans.Find(s => s.Name == spot).Told, .. Playbook.Lines(playbook)];
        return Send(Words.Navigator, string.Join('\n', lines));
    }

    /// <summary>Leaves how it ended where it is judged.</summary>
    private static Move.Call Write(string landed) =>
        new(Words.Bash, new JsonObject { ["command"] = $"cat > /mnt/session/outputs/{Words.LandingFile} <<'END'\n{landed}\nEND" }.ToJsonString());

    private static Move.Call Send(string agent, string message) => new(Words.Send, new JsonObject { ["agent"] = agent, ["message"] = message }.ToJsonString());
}
