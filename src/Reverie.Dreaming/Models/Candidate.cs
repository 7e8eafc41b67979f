using Reverie.Dreaming.Synthesis;
using Reverie.Dreaming.Text;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Models;

/// <summary>A verbatim piece of an event that a model cites.</summary>
internal sealed record Cite(CitableEvent Event, string Quote);

/// <summary>An insight of a model's own, before it is believed.</summary>
/// <param name="Toolbox">Whose sessions it is about.</param>
/// <param name="Kind">Mistake, workflow, preference or fact.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">One line.</param>
/// <param name="Cites">Every quote stands where it is said to stand.</param>
internal sealed record Candidate(Toolbox Toolbox, ChangeKind Kind, string Title, string Text, IReadOnlyList<Cite> Cites)
{
    /// <summary>Characters of a title.</summary>
    public const int TitleCharsMax = 80;

    /// <summary>Characters of a text.</summary>
    public const int TextCharsMax = 400;

    private const double Confidence = 0.5;

    private static readonly Dictionary<ChangeKind, string> Topics = new()
    {
        [ChangeKind.Mistake] = "habits",
        [ChangeKind.Workflow] = "workflows",
        [ChangeKind.Preference] = "preferences",
        [ChangeKind.Fact] = "facts",
    };

    /// <summary>What is wrong with its words; null when nothing is.</summary>
    public string? Problem()
    {
        if (Title.Length is < 3 or > TitleCharsMax || Text.Length is < 10 or > TextCharsMax) return $"its title has 3 to {TitleCharsMax} characters, its text 10 to {TextCharsMax}";
        if ((Title + Text).AsSpan().IndexOfAny('\n', '\r') >= 0) return "its title and text are one line each";
        if (HiddenText.In(Title) || HiddenText.In(Text) || Secrets.In(Title) || Secrets.In(Text)) return "it holds a secret or characters a reader cannot see";
        var cited = Cites.SelectMany(static c => c.Event.Texts.Append(c.Event.About ?? "")).ToList();
        return WordingRules.NamesOnly($"{Title}. {Text}", cited) ? null : "it names something that stands in no event it cites";
    }

    /// <summary>
    /// The cites that count: what strangers and the memory said bears nothing, and only people say what people want.
    /// </summary>
    public IReadOnlyList<Cite> Bearing => [.. Cites.Where(c => Kind == ChangeKind.Preference ? c.Event.Label == EvidenceLabel.User : c.Event.Label is not (EvidenceLabel.Web or EvidenceLabel.Memory))];

    /// <summary>Why it is not believed, whatever a model says of it; null when it may be checked.</summary>
    public string? Disbelief()
    {
        var sessions = Bearing.Select(static c => c.Event.Session).Distinct().ToList();
        if (!Toolbox.IsIndependent(sessions)) return $"what it cites is borne out by {Toolbox.Principals(sessions)} independent principals, not {Toolbox.PrincipalsMin}";
        if (RestsOnAnswersAlone && Kind != ChangeKind.Fact) return "it rests on what tools returned alone, which is no advice";
        return RestsOnAnswersAlone && Instructions.Score(Text) > 0 ? "it passes on what a tool returned as an instruction" : null;
    }

    /// <summary>The claim with what our own count of its cites says. A person decides on it.</summary>
    public Insight ToInsight()
    {
        var sessions = Bearing.Select(static c => c.Event.Session).Distinct().ToList();
        var sources = string.Join(", ", Bearing.Select(static c => c.Event.Label).Distinct().Order().Select(CitableEvent.LabelWord));
        var principals = Toolbox.Principals(sessions);
        return new Insight
        {
            Key = $"model {Kind} {Title} {Text}",
            Kind = Kind,
            Toolbox = Toolbox,
            Topic = Topics[Kind],
            Title = Title,
            Lines = [$"{(RestsOnAnswersAlone ? "Tools reported: " : "")}{Text} (found by a model in {sessions.Count} sessions of {principals} principals; sources: {sources})"],
            Summary = $"A model found: {Text}",
            Rationale = $"Cited events of {sessions.Count} sessions, {principals} independent principals, bear it out (sources: {sources}); a second look at those events alone agreed.",
            Confidence = Confidence,
            Support = sessions.Count,
            Reservation = "A model's own insight: no count over all sessions stands behind it, so a person decides.",
            Quotes = [.. Bearing.Select(static c => new Quote(c.Event.Session.Key, c.Event.Key, c.Quote))],
        };
    }

    private bool RestsOnAnswersAlone => Bearing.All(static c => c.Event.Label == EvidenceLabel.Tool);
}
