using Reverie.Dreaming.Review;
using Reverie.Dreaming.Synthesis.Remedies;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis;

/// <summary>Picks pieces of events that prove a point and may be shown.</summary>
internal static class Quotes
{
    /// <summary>Longest quote in a report, in characters (report format).</summary>
    public const int CharsMax = 300;

    private const int CharsWanted = 200;

    /// <summary>The answer of a step, without the advice of one that failed; null when it is empty or nothing of it may be shown.</summary>
    public static Quote? OfResult(SessionReview session, Step step)
    {
        if (step.ResultKey is not { } key || Showable(step.Result) is not { } text) return null;
        if (step.Failed) text = Advice.Without(text, Recoveries.OfCall(step).Contains);
        return text.Length >= 3 ? new Quote(session.Key, key, text) : null;
    }

    /// <summary>The call itself: a field with its value as compact JSON, or a text value alone.</summary>
    public static Quote? OfCall(SessionReview session, Step step, string? path = null)
    {
        foreach (var argument in step.Arguments)
        {
            if (path is not null && argument.Path != path) continue;
            if (argument.Text.Length == 0 || argument.Text.Length >= SessionReviewer.ValueCharsKept || Secrets.IsSecretField(argument.Path)) continue;
            if (argument.Kind == ValueKind.Text && argument.Text.Length >= 3 && Showable(argument.Text) is { } text) return new Quote(session.Key, step.UseKey, text);
            if (argument.IsNamed)
                return new Quote(session.Key, step.UseKey, $"\"{argument.Path[(argument.Path.LastIndexOf('.') + 1)..]}\":{argument.Text}");
        }
        return null;
    }

    /// <summary>What somebody said.</summary>
    public static Quote? OfWords(SessionReview session, Utterance said) =>
        Showable(said.Text) is { } text ? new Quote(session.Key, said.EventKey, text) : null;

    /// <summary>A verbatim piece without secrets and hidden characters, at least three characters; null when none is left.</summary>
    public static string? Showable(string text)
    {
        var best = "";
        foreach (var range in text.AsSpan().Split('\n'))
        {
            foreach (var piece in Clean(text[range].TrimEnd('\r').Trim()))
            {
                var shown = piece.Length > CharsWanted ? CutAtWord(piece) : piece;
                if (shown.Length > best.Length && (best.Length < 24 || shown.Length > 2 * best.Length)) best = shown;
            }
            if (best.Length >= 24) break;
        }
        return best.Length >= 3 ? best : null;
    }

    /// <summary>Words of others as they stand between quotation marks in a line of Markdown: nothing in them closes the quotation or opens code.</summary>
    public static string Inline(string text) => text.ReplaceLineEndings(" ").Replace('`', '\'').Replace('“', '"').Replace('”', '"').Trim();

    private static IEnumerable<string> Clean(string line)
    {
        // What is hidden is no seam at which a secret may come apart.
        if (line.Length < 3 || (HiddenText.In(line) && Secrets.In(HiddenText.Strip(line)))) yield break;
        foreach (var seen in HiddenText.Pieces(line))
        {
            var start = 0;
            foreach (var (from, to) in Secrets.Find(seen))
            {
                yield return seen[start..from].Trim();
                start = to;
            }
            yield return seen[start..].Trim();
        }
    }

    private static string CutAtWord(string text)
    {
        var cut = text.LastIndexOf(' ', CharsWanted);
        return Clip.Prefix(text, cut > CharsWanted / 2 ? cut : CharsWanted).TrimEnd();
    }
}
