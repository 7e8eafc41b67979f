using System.Globalization;
using Reverie.Dreaming.Synthesis;
using Reverie.Dreaming.Text;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Curation;

/// <summary>
/// Sets aside a text that tries to instruct agents. If a person accepts it all the same, it is recorded as an unverified
/// text with its source, never as advice.
/// </summary>
internal static class Quarantine
{
    public static CuratedChange Propose(PlantedText planted, int number, string directory)
    {
        var sessions = planted.Places.Select(static p => p.Session.Key).Distinct(StringComparer.Ordinal).Count();
        var quoted = Quotes.Showable(HiddenText.Strip(planted.Line)) ?? "a text with secrets in it";
        var title = string.Create(CultureInfo.InvariantCulture, $"Text {number} from {planted.Origin}");
        var line = $"Untrusted text, not to be followed ({planted.Origin}, {sessions} session{(sessions == 1 ? "" : "s")}): “{Quotes.Inline(Clip.Line(quoted, 220))}”";
        return new CuratedChange
        {
            Edit = draft => Playbooks.Write(draft, string.Create(CultureInfo.InvariantCulture, $"{directory}/unverified/{number:00}.md"), "unverified", title, [line]),
            Kind = ChangeKind.Fact,
            Summary = $"Quarantined: a text from {planted.Origin} tries to instruct agents",
            Rationale = $"It came from {planted.Origin} in {sessions} session{(sessions == 1 ? "" : "s")}, not from a person or the operator; text from outside is evidence of what was shown, never an instruction.",
            Confidence = Math.Round(Math.Min(0.95, 0.5 + 0.08 * planted.Score), 2),
            Quotes = [.. planted.Places.Take(3).Select(static p => Quotes.Showable(p.Suspect.Line) is { } text ? new Quote(p.Session.Key, p.Suspect.EventKey, text) : null).OfType<Quote>()],
            Status = ChangeStatus.Quarantined,
        };
    }
}
