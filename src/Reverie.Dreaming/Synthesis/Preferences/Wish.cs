using Reverie.Dreaming.Review;

namespace Reverie.Dreaming.Synthesis.Preferences;

/// <summary>A message of a person that may ask for something.</summary>
internal sealed class Wish(SessionReview session, Utterance said, Wording wording, bool isOpening, bool isLast, string? nextAction)
{
    public SessionReview Session { get; } = session;

    public Utterance Said { get; } = said;

    public string Text => Said.Text;

    public bool IsOpening { get; } = isOpening;

    public bool IsLast { get; } = isLast;

    public string? NextAction { get; } = nextAction;

    public bool IsRequest { get; set; }

    /// <summary>It was counted for one topic and counts for no other.</summary>
    public bool IsTaken { get; set; }

    public bool IsDirective => wording.IsDirective;

    public bool IsElliptical => wording.IsElliptical;

    /// <summary>How well the wording states the wish.</summary>
    public int Clarity => wording.Clarity;

    /// <summary>The words with ids and numbers taken away.</summary>
    public string Masked => wording.Masked;

    public HashSet<string> Stems => wording.Stems;

    /// <summary>Its content words, each once.</summary>
    public HashSet<string> Words => wording.Words;
}

/// <summary>What depends on the words of a message alone, worked out once for all who said the same.</summary>
internal sealed class Wording(string text)
{
    public bool IsDirective { get; } = WishWords.Directive(text) > 0;

    public bool IsElliptical { get; } = WishWords.Elliptical(text);

    public int Clarity { get; } = WishWords.Directive(text) * 4 + Math.Min(text.Length, 80) / 10 - (text.Contains('?') ? 4 : 0);

    public string Masked { get; } = string.Join(' ', Text.Words.Split(text).Where(static w => !w.Any(char.IsDigit)));

    public HashSet<string> Stems { get; } = WishWords.TopicStems(text);

    public HashSet<string> Words { get; } = [.. Text.Words.Content(text)];
}
