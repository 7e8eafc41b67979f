using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis;

/// <summary>A text that tries to instruct agents, with every place it was met.</summary>
internal sealed record PlantedText(string Line, int Score, string Origin, IReadOnlyList<(SessionReview Session, Suspect Suspect)> Places);

/// <summary>
/// Gathers what REVIEW found suspicious. Untrusted text that gives advice about one of the agent's own tools is suspicious
/// too: only the tool itself is heard on how it wants to be used.
/// </summary>
internal static class SuspectMiner
{
    private const int OwnToolScore = 2;

    public static List<PlantedText> Mine(Toolbox toolbox)
    {
        var tools = toolbox.Sessions.SelectMany(static s => s.Steps).Select(static s => (s.ToolName, s.Tool)).Distinct().SelectMany(static t => new[] { t.ToolName, t.Tool[(t.Tool.LastIndexOf(' ') + 1)..] }).ToHashSet(StringComparer.Ordinal);
        var found = new List<(SessionReview Session, Suspect Suspect, int Score)>();
        foreach (var session in toolbox.Sessions)
        {
            foreach (var suspect in session.Suspects)
            {
                var own = suspect.Identifiers.Any(i => tools.Contains(i) && !suspect.Origin.EndsWith(" " + i, StringComparison.Ordinal));
                var score = suspect.Score + (own ? OwnToolScore : 0);
                if (score >= Instructions.PlantedScoreMin) found.Add((session, suspect, score));
            }
        }
        return [.. found.GroupBy(static f => Key(f.Suspect.Line), StringComparer.Ordinal)
            .Select(static g => (First: g.OrderBy(static f => f.Suspect.Line.Length).ThenBy(static f => f.Session.Key, StringComparer.Ordinal).First(), All: g.ToList()))
            .OrderByDescending(static g => g.First.Score).ThenBy(static g => g.First.Suspect.Line, StringComparer.Ordinal)
            .Select(static g => new PlantedText(g.First.Suspect.Line, g.First.Score, g.First.Suspect.Origin,
                [.. g.All.Select(static f => (f.Session, f.Suspect)).DistinctBy(static p => (p.Session.Key, p.Suspect.EventKey))]))];
    }

    /// <summary>The same text in quotes, or behind another number, is the same text.</summary>
    private static string Key(string line) => string.Join(' ', Words.Split(line).Where(static w => w.Length > 2 && !w.Any(char.IsDigit)).Take(9).Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal).Take(6));
}
