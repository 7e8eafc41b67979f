using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Review;

/// <summary>
/// What people, policies and answers have said so far in one session, and how a value stood in it. The work is bounded
/// by the length of the texts: where a session asks for more, a value it was not searched for gets the benefit of the doubt.
/// </summary>
internal sealed class EarlierTexts
{
    /// <summary>Longer values are texts of the agent's own; whether they stood somewhere is not asked.</summary>
    public const int StandingCharsMax = 80;

    /// <summary>Characters searched for each character said, before values get the benefit of the doubt.</summary>
    public const int SearchesMax = 400;

    private const long FreeChars = 50_000_000;

    /// <summary>What looking at one place costs, in characters searched.</summary>
    private const int PlaceChars = 64;

    private const int AnswersInForce = 3;
    private const int TextsSearched = 60;
    private const int FirstTextsSearched = 4;

    private readonly List<string> _texts = [];

    /// <summary>Of each value asked for before, how many texts are known not to hold it; −1 where one does.</summary>
    private readonly Dictionary<string, int> _absent = new(StringComparer.Ordinal);

    private long _charsLeft = FreeChars;

    public void Add(string text)
    {
        _texts.Add(text);
        _charsLeft += (long)SearchesMax * text.Length;
    }

    /// <summary>True when some text holds the value, letter by letter.</summary>
    public bool Hold(string value)
    {
        var absent = _absent.GetValueOrDefault(value);
        if (absent < 0) return true;
        for (var i = _texts.Count - 1; i >= absent; i--)
        {
            if (!Spend(_texts[i].Length)) return true;
            if (!_texts[i].Contains(value, StringComparison.Ordinal)) continue;
            _absent[value] = -1;
            return true;
        }
        _absent[value] = _texts.Count;
        return false;
    }

    /// <summary>How the value stood in the latest few texts: a page that offers labels stays in force while its options are picked.</summary>
    public Standing StandingOf(string value)
    {
        var standing = Standing.Absent;
        if (value.Length is < 2 or > StandingCharsMax) return standing;
        for (var back = 1; back <= Math.Min(AnswersInForce, _texts.Count); back++)
        {
            var answer = _texts[^back];
            if (!Spend(answer.Length)) return Standing.Earlier;
            for (var at = 0; at < answer.Length; at++)
            {
                var leap = AnyCase.IndexOf(answer.AsSpan(at), value);
                if (leap < 0 || !Spend(PlaceChars)) break;
                at += leap;
                standing = Standing.Present;
                var end = at + value.Length;
                if (at > 0 && end < answer.Length && (answer[at - 1], answer[end]) is ('[', ']') or ('"', '"') or ('\'', '\'') or ('`', '`') or ('<', '>') or ('(', ')') or ('{', '}'))
                    return Standing.Labelled;
            }
        }
        if (standing == Standing.Present) return standing;
        for (var i = _texts.Count - AnswersInForce - 1; i >= 0; i--)
        {
            // Long sessions: what stood between the task and the last answers is not searched, or time would grow with its square.
            if (i == _texts.Count - TextsSearched) i = Math.Min(i, FirstTextsSearched);
            if (!Spend(_texts[i].Length) || AnyCase.Contains(_texts[i], value)) return Standing.Earlier;
        }
        return Standing.Absent;
    }

    private bool Spend(int chars)
    {
        _charsLeft -= chars;
        return _charsLeft >= 0;
    }
}
