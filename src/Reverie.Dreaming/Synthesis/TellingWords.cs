using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis;

/// <summary>
/// The words of an answer that tell its kind: neither what any failure is worded with nor <paramref name="usual"/> words. Worked out once
/// for each signature, of which equal ones are mostly one instance.
/// </summary>
/// <param name="usual">What wraps messages of every kind.</param>
internal sealed class TellingWords(HashSet<string> usual)
{
    private static readonly HashSet<string> Generic = new(StringComparer.Ordinal)
    {
        "error", "errors", "fault", "failed", "failure", "fail", "exception", "warning", "fatal", "oops", "sorry", "oh", "dear", "alert", "err", "the", "a", "an", "in", "on", "at",
        "of", "to", "for", "from", "by", "with", "under", "while", "is", "was", "it", "this", "that", "please", "code",
    };

    private readonly Dictionary<IReadOnlyList<string>, (List<string> Words, string Key)> _known = [];

    /// <summary>The telling words in order, each once, and the same as one text.</summary>
    public (List<string> Words, string Key) Of(IReadOnlyList<string> signature)
    {
        if (_known.TryGetValue(signature, out var known)) return known;
        var words = Pick(signature);
        return _known[signature] = (words, string.Join(' ', words));
    }

    private List<string> Pick(IReadOnlyList<string> signature)
    {
        var telling = signature.Where(w => !Generic.Contains(w) && !usual.Contains(w)).Distinct(StringComparer.Ordinal).ToList();
        var content = telling.Where(static w => !Words.IsFunctionWord(w)).ToList();
        if (content.Count > 0) return content;
        return telling.Count > 0 ? telling : [.. signature.Where(static w => !Generic.Contains(w)).Distinct(StringComparer.Ordinal)];
    }
}
