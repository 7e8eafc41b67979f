using System.Text.Json.Nodes;
using Reverie.Dreaming.Curation;
using Reverie.Dreaming.Review;
using Reverie.Dreaming.Synthesis;

namespace Reverie.Dreaming.Models;

/// <summary>An event as a model sees it and may cite it.</summary>
/// <param name="Session">Its session.</param>
/// <param name="Key">The event as evidence names it.</param>
/// <param name="Label">Whose words it is.</param>
/// <param name="About">The tool of a call or an answer; null otherwise.</param>
/// <param name="HasFailed">True for a call that failed and its answer.</param>
/// <param name="Texts">Verbatim texts of the event, without secrets: one, or the values of a call.</param>
internal sealed record CitableEvent(SessionReview Session, string Key, EvidenceLabel Label, string? About, bool HasFailed, IReadOnlyList<string> Texts)
{
    /// <summary>True where <paramref name="quote"/> stands in it, verbatim.</summary>
    public bool Holds(string quote) => Texts.Any(t => t.Contains(quote, StringComparison.Ordinal));

    /// <summary>The line that shows it.</summary>
    /// <param name="name">What the model cites it by.</param>
    public JsonObject Line(string name)
    {
        var line = new JsonObject { ["event"] = name, ["from"] = LabelWord(Label) };
        if (About is not null) line["tool"] = About;
        if (HasFailed) line["failed"] = true;
        line["text"] = string.Join('\n', Texts);
        return line;
    }

    /// <summary>The label as prompts and memories spell it.</summary>
    public static string LabelWord(EvidenceLabel label) => label.ToString().ToLowerInvariant();
}

/// <summary>The events of reviewed sessions that may be shown to a model: none in which untrusted text tries to instruct.</summary>
internal sealed class CitableEvents(ReadBack readBack)
{
    private const int TextCharsMax = 200;
    private const int ValuesMax = 6;

    /// <summary>All of a session, in the order of the log.</summary>
    public IEnumerable<CitableEvent> Of(SessionReview session)
    {
        var suspect = session.Suspects.Select(static s => s.EventKey).ToHashSet(StringComparer.Ordinal);
        var said = session.UserMessages.Select(u => (At: u.EventIndex, Event: new CitableEvent(session, u.EventKey, EvidenceLabel.User, null, false, [Shown(u.Text)])))
            .Concat(session.SystemMessages.Select(m => (At: m.EventIndex, Event: new CitableEvent(session, m.EventKey, EvidenceLabel.Operator, null, false, [Shown(m.Text)]))));
        return said.Concat(session.Steps.SelectMany(OfStep)).Where(e => !suspect.Contains(e.Event.Key)).OrderBy(static e => e.At).Select(static e => e.Event);

        IEnumerable<(int At, CitableEvent Event)> OfStep(Step step)
        {
            List<string> values = [.. step.Arguments.Where(static a => a.Text.Length > 0).Take(ValuesMax).Select(static a => Shown(a.Text))];
            if (values.Count > 0) yield return (step.UseIndex, new CitableEvent(session, step.UseKey, EvidenceLabel.Agent, step.Tool, step.Failed, values));
            if (step.ResultKey is { } key && step.Result.Length > 0) yield return (step.UseIndex, new CitableEvent(session, key, LabelOf(step), step.Tool, step.Failed, [Shown(step.Result)]));
        }
    }

    private EvidenceLabel LabelOf(Step step) => readBack.Is(step) ? EvidenceLabel.Memory : OpenSources.Holds(step) ? EvidenceLabel.Web : EvidenceLabel.Tool;

    private static string Shown(string text) => QuotedData.Shown(text, TextCharsMax);
}
