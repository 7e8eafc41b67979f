using System.Text;
using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Gate;

/// <summary>
/// Judges what a dream is about to write or show as it would stand there, whatever it looked like when it was read: no
/// orders to agents, no piece of a planted text, no letters that hide or pass for others.
/// </summary>
internal sealed class Inspection(PlantedRuns planted, IEnumerable<SessionReview> sessions)
{
    /// <summary>People may ask for things to be done always, which reads as an order in any language; more than that is no wish.</summary>
    public const int WishScoreMin = Instructions.PlantedScoreMin + 2;

    /// <summary>Where the dreamer's own words about its evidence begin: they are nobody's order.</summary>
    private const string Proof = " Because: ";

    /// <summary>Why <paramref name="insert"/> may not take the place of <paramref name="delete"/>; null when it may.</summary>
    public string? Problem(string insert, string delete, int scoreMin = Instructions.PlantedScoreMin)
    {
        var stood = delete.Split('\n');
        var added = insert.Split('\n').Where(line => !stood.Contains(line, StringComparer.Ordinal)).ToList();
        if (planted.Enter(string.Join('\n', added.Select(Said)), delete)) return "it repeats a text that was planted to instruct agents";
        if (added.Exists(static l => HiddenText.In(l)) && !HiddenText.In(delete)) return "it would write characters a reader cannot see";
        if (added.Exists(Lookalikes.In) && !Lookalikes.In(delete)) return "it would write letters that pass for others";
        var before = stood.Max(Orders.Score);
        return added.SelectMany(Pieces).Any(p => Orders.Score(p.Text) is var score && score >= scoreMin + p.Own && score > before && !IsPolicy(p.Text)) ? "it reads as an order to agents" : null;
    }

    /// <summary>
    /// What others said, as it stands within a line: between quotes, as code, and what leads up to the dreamer's proof.
    /// Of a line that quotes and proves nothing, such as a wish, the words around the quotes are the dreamer's own; where
    /// they are judged with the quotes, they are worth a sign.
    /// </summary>
    private static IEnumerable<(string Text, int Own)> Pieces(string line)
    {
        var said = Said(line);
        var proves = said.Length < line.Length;
        var quoted = false;
        for (var at = said.AsSpan().IndexOfAny('“', '`'); at >= 0;)
        {
            var end = said.IndexOf(said[at] == '`' ? '`' : '”', at + 1);
            if (end < 0) break;
            quoted = true;
            yield return (said[(at + 1)..end], 0);
            var next = said.AsSpan(end + 1).IndexOfAny('“', '`');
            at = next < 0 ? -1 : end + 1 + next;
        }
        if (!quoted || proves) yield return (said, quoted ? 1 : 0);
    }

    /// <summary>The line without the dreamer's proof, which stands behind all that is quoted.</summary>
    private static string Said(string line)
    {
        var proof = line.LastIndexOf(Proof, StringComparison.Ordinal);
        return proof < 0 || line.IndexOfAny(['”', '`'], proof) >= 0 ? line : line[..proof];
    }

    /// <summary>Who runs the agents may well give them orders.</summary>
    private bool IsPolicy(string text)
    {
        var words = Encoding.UTF8.GetBytes(text);
        return sessions.Any(s => s.SystemMessages.Any(m => m.TextUtf8.AsSpan().IndexOf(words) >= 0));
    }
}
