using Reverie.Dreaming.Review;
using Content = Reverie.Dreaming.Text.Words;

namespace Reverie.Dreaming.Synthesis.Preferences;

/// <summary>A message of a person that may ask for something.</summary>
internal sealed class Wish(SessionReview session, Utterance said, Wording wording, bool isOpening, bool isLast, Step? next)
{
    public SessionReview Session { get; } = session;

    public Utterance Said { get; } = said;

    public string Text => Said.Text;

    public bool IsOpening { get; } = isOpening;

    public bool IsLast { get; } = isLast;

    public string? NextAction { get; } = next?.Action;

    /// <summary>It asks for a call: it holds a code, or names two values the next call is given, or one without a word of wishing; or it was found to be a form of request.</summary>
    public bool IsRequest { get; set; } = WishWords.HoldsCode(said.Text) || (next is not null && (IsGivenTwice(said.Text, next) || (!wording.IsDirective && IsGiven(wording, next))));

    /// <summary>It was counted for one topic and counts for no other.</summary>
    public bool IsTaken { get; set; }

    public bool IsDirective => wording.IsDirective;

    public bool IsElliptical => wording.IsElliptical;

    /// <summary>How well the wording states the wish.</summary>
    public int Clarity => wording.Clarity;

    /// <summary>The words with ids and numbers taken away.</summary>
    public string Masked => wording.Masked;

    /// <summary>What it is about, each stem once.</summary>
    public string[] Stems => wording.Stems;

    /// <summary>Its content words, each once.</summary>
    public HashSet<string> Words => wording.Words;

    private static bool IsGivenTwice(string text, Step next)
    {
        var words = Content.Split(text);
        return next.Arguments.Where(static a => a.Kind is ValueKind.Text or ValueKind.Number).Select(static a => a.Text).Distinct(StringComparer.OrdinalIgnoreCase).Count(v => words.Contains(v, StringComparer.OrdinalIgnoreCase)) >= 2;
    }

    private static bool IsGiven(Wording wording, Step next) =>
        next.Arguments.Any(a => a.Kind == ValueKind.Text && Content.Split(a.Text).Exists(w => wording.Stems.Contains(Content.Stem(w), StringComparer.Ordinal)));
}

/// <summary>What depends on the words of a message alone, worked out once for all who said the same.</summary>
internal sealed class Wording
{
    private readonly Utterance _said;
    private readonly List<string> _beginnings = [];
    private HashSet<string>? _words;

    /// <param name="said">The first message that says so.</param>
    /// <param name="stems">One instance of every stem; those of the text are added.</param>
    public Wording(Utterance said, HashSet<string> stems)
    {
        _said = said;
        var text = said.Text;
        var words = Text.Words.Split(text);
        var directive = WishWords.Directive(text);
        IsDirective = directive > 0;
        IsElliptical = WishWords.Elliptical(words);
        Clarity = directive * 4 + Math.Min(text.Length, 80) / 10 - (text.Contains('?') ? 4 : 0);
        Masked = string.Join(' ', words.Where(static w => !w.Any(char.IsDigit)));
        Stems = [.. WishWords.TopicStems(words)];
        for (var i = 0; i < Stems.Length; i++)
        {
            if (stems.TryGetValue(Stems[i], out var known)) Stems[i] = known;
            else stems.Add(Stems[i]);
        }
    }

    public bool IsDirective { get; }

    public bool IsElliptical { get; }

    public int Clarity { get; }

    public string Masked { get; }

    public string[] Stems { get; private set; }

    /// <summary>Other stems that its own begin with stand for them too.</summary>
    public void AddBeginnings(List<string> stems)
    {
        Stems = [.. Stems.Union(stems, StringComparer.Ordinal)];
        _beginnings.AddRange(stems);
    }

    /// <summary>Its content words, worked out when first asked for: few messages are.</summary>
    public HashSet<string> Words => _words ??= [.. Text.Words.Content(_said.Text), .. _beginnings];
}
