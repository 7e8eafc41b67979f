using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Reverie.Dreaming.Text;
using Reverie.Protocol.Sessions;

namespace Reverie.Dreaming.Review;

/// <summary>
/// Reduces a tool's answer to the words that name its kind, as log-template mining does: ids, numbers, quoted text,
/// bracketed codes and the call's own values are taken away, what is left recurs whenever the same thing happens.
/// </summary>
internal static partial class Signatures
{
    private const int CharsRead = 400;
    private const int ShortChars = 120;
    private const int TailCharsRead = 1500;
    private const int WordsMax = 24;
    private const int JsonCharsRead = 4000;

    /// <summary>A longer answer is data, of which one sentence is a part and not what it says.</summary>
    private const int EnvelopeCharsMax = 600;

    /// <summary>Error pages bring their style with them.</summary>
    private const int MarkupCharsRead = 20_000;
    private const int LettersOnStack = 512;

    /// <summary>The rank of elements that say nothing of what happened.</summary>
    private const int NotRead = 3;

    /// <summary>Fields of an answer in JSON that say what went wrong.</summary>
    private static readonly string[] MessageFields = ["error", "errors", "message", "detail", "reason", "msg", "fault", "problem", "description", "title"];

    private static readonly SearchValues<string> MessageNames = SearchValues.Create([.. MessageFields.Select(static f => $"\"{f}\"")], StringComparison.Ordinal);

    /// <summary>The words, in order; empty when nothing but values was said.</summary>
    public static IReadOnlyList<string> Of(string answer, IReadOnlyList<Argument> arguments)
    {
        var text = MessageOf(answer);
        text = VerdictOf(text);
        foreach (var argument in arguments)
        {
            if (argument.Kind is ValueKind.Text && argument.Text.Length is >= 2 and <= 80 && AnyCase.Contains(text, argument.Text))
                text = text.Replace(argument.Text, " # ", StringComparison.OrdinalIgnoreCase);
        }
        var words = new List<string>();
        // A word is what is masked, or its letters, which may stand apart from each other.
        var letters = text.Length <= LettersOnStack ? stackalloc char[LettersOnStack] : new char[text.Length];
        var length = 0;
        var depth = 0;
        var quote = '\0';
        var masked = false;
        for (var i = 0; i <= text.Length && words.Count < WordsMax; i++)
        {
            var c = i < text.Length ? text[i] : ' ';
            if (quote != '\0')
            {
                if (c == quote) quote = '\0';
                continue;
            }
            if (char.IsLetter(c) || (c is '\'' or '’' && length > 0 && i + 1 < text.Length && char.IsLetter(text[i + 1])))
            {
                letters[length++] = char.ToLowerInvariant(c);
                continue;
            }
            if (char.IsDigit(c) || c is '#' or '_' or '\\')
            {
                masked = true;
                continue;
            }
            if (c is '-' or '.' && (masked || length > 0) && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1]))
            {
                // An id such as bay-c4 or file.txt is one token: its letters are no words unless nothing else joins them.
                if (masked || NextRunHasDigit(text, i + 1)) masked = true;
                else Flush(letters);
                continue;
            }
            Flush(letters);
            if (c is '(' or '[' or '{' && (depth > 0 || HoldsCode(text, i))) depth++;
            else if (c is ')' or ']' or '}' && depth > 0) depth--;
            else if (c is '"' or '`' or '“' || (c == '\'' && (i == 0 || !char.IsLetterOrDigit(text[i - 1]))))
            {
                var close = c == '“' ? '”' : c;
                var end = text.IndexOf(close, i + 1);
                if (end > i && end - i <= 80) quote = close;
            }
        }
        return words;

        void Flush(ReadOnlySpan<char> letters)
        {
            // Brackets with a digit in them carry codes and details, not the kind of the message.
            if (length > 0 && !masked && depth == 0) words.Add(Pool.Of(letters[..length]));
            length = 0;
            masked = false;
        }
    }

    /// <summary>
    /// The message inside an answer that wraps it, in JSON such as <c>{"error": {"message": …}}</c>, in markup, in <see cref="AnswerFields">named fields</see>, or in
    /// quotes behind a name such as <c>details = "…"</c>; of a short object without such a name the only sentence in it; the answer itself otherwise. Verbatim but
    /// for escapes of JSON.
    /// </summary>
    public static string MessageOf(string answer)
    {
        var trimmed = answer.AsSpan().TrimStart();
        if (trimmed.Length < 2 || trimmed.Length > (trimmed[0] == '<' ? MarkupCharsRead : JsonCharsRead)) return answer;
        if (trimmed[0] == '<' && (ElementText(Named(), answer) ?? (IsPage(answer) ? PageText(answer) : null)) is { } said) return said;
        if (trimmed[0] != '{')
            return AnswerFields.MessageOf(answer) ?? (trimmed.Contains('"') && Labelled().Match(answer) is { Success: true } label ? label.Groups["said"].Value : answer);
        if (trimmed.Length > EnvelopeCharsMax && !trimmed.ContainsAny(MessageNames)) return answer;
        using var document = TranscriptJson.ParseText(answer);
        if (document is null) return answer;
        return Message(document.RootElement, 0) ?? (trimmed.Length <= EnvelopeCharsMax && Sentences(document.RootElement).Take(2).ToArray() is [var only] ? only : answer);
    }

    private static string? ElementText(Regex element, string answer) => element.Match(answer) is { Success: true } found ? found.Groups["said"].Value.TrimEnd() : null;

    private static bool IsPage(string answer) => answer.AsSpan().TrimStart().StartsWith('<') && Page().IsMatch(answer);

    /// <summary>Of the texts of a page the first that tells something: a heading only where nothing else does, and the title last. Null where nothing is said.</summary>
    private static string? PageText(string page) =>
        Said().Matches(page).Select(static m => (Rank: RankOf(m.Groups["element"].Value), Text: m.Groups["said"].Value.TrimEnd()))
            .Where(static t => t.Rank < NotRead && t.Text.Length >= 3).OrderBy(static t => Tells(t.Text) ? t.Rank : t.Rank + NotRead).FirstOrDefault().Text;

    /// <summary>Two words with content, or a few letters of a script that sets no spaces between words.</summary>
    private static bool Tells(string text) => Words.Content(text).Count >= 2 || text.Count(static c => c >= '\u3000' && char.IsLetter(c)) >= 4;

    private static int RankOf(string element) => element.ToLowerInvariant() switch
    {
        ['h', >= '1' and <= '6'] => 1,
        "title" => 2,
        "script" or "style" or "address" or "footer" or "nav" or "a" or "button" => NotRead,
        _ => 0,
    };

    private static string? Message(JsonElement element, int depth)
    {
        if (element.ValueKind != JsonValueKind.Object || depth > 3) return null;
        string? kind = null;
        foreach (var property in element.EnumerateObject())
        {
            if (Array.IndexOf(MessageFields, property.Name) < 0) continue;
            var text = property.Value.ValueKind == JsonValueKind.String && property.Value.GetString() is { Length: > 0 } said ? said : Message(property.Value, depth + 1);
            // A title names the kind of problem; what happened stands beside it.
            if (text is not null && property.Name != "title") return text;
            kind ??= text;
        }
        return kind;
    }

    /// <summary>The texts of several words, at any depth.</summary>
    private static IEnumerable<string> Sentences(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(static p => Sentences(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Sentences),
        JsonValueKind.String when element.GetString() is { } text && text.AsSpan().Trim().Contains(' ') => [text],
        _ => [],
    };

    private static bool HoldsCode(string text, int open)
    {
        for (var i = open + 1; i < text.Length && i - open <= 60 && text[i] is not (')' or ']' or '}'); i++)
            if (char.IsDigit(text[i])) return true;
        return false;
    }

    private static bool NextRunHasDigit(string text, int start)
    {
        for (var i = start; i < text.Length && char.IsLetterOrDigit(text[i]); i++)
            if (char.IsDigit(text[i])) return true;
        return false;
    }

    /// <summary>What tells most in an answer that failed or is long: what a page says, of any other answer the <see cref="VerdictOf">verdict</see>. Verbatim.</summary>
    public static string TellingOf(string answer) => VerdictOf(IsPage(answer) ? MessageOf(answer) : answer);

    /// <summary>
    /// The part of an answer that says how it ended, behind the log it begins with: the whole of a short one; of a long one the last line that names a
    /// failure, or the last line, where logs and stack traces put their verdict, the frames of a trace left out. Verbatim.
    /// </summary>
    public static string VerdictOf(string answer)
    {
        answer = WithoutLog(answer);
        if (answer.Length <= ShortChars || !answer.AsSpan().Trim().Contains('\n')) return answer.Length <= CharsRead ? answer : answer[..CharsRead];
        var tail = answer.AsSpan(answer.Length - Math.Min(answer.Length, TailCharsRead));
        var last = "";
        var final = ReadOnlySpan<char>.Empty;
        foreach (var range in tail.Split('\n'))
        {
            var line = tail[range].Trim();
            if (line.IsEmpty || Frame().IsMatch(line)) continue;
            final = line;
            if (line.Length is < 3 or > CharsRead) continue;
            if (last.Length > 0 && !FailureWords.In(line)) continue;
            last = line.ToString();
        }
        if (FailureWords.In(last)) return last;
        return final.Length is >= 3 and <= CharsRead ? final.ToString() : answer[..Math.Min(answer.Length, CharsRead)];
    }

    private static string WithoutLog(string answer)
    {
        var at = 0;
        for (var end = answer.IndexOf('\n'); end >= 0 && end + 1 < answer.Length && LogLine().IsMatch(answer.AsSpan(at, end - at)); end = answer.IndexOf('\n', at)) at = end + 1;
        return at == 0 ? answer : answer[at..];
    }

    /// <summary>A line of a log that reports no failure: a time, a number in brackets or a low level stands in front.</summary>
    [GeneratedRegex(@"^\s*(?:\[\d[^\]]*\]|\[?(?:\d{4}-\d\d-\d\dT?|\d\d:\d\d:\d\d)[^\s\]]*\]?|\[?(?:trace|debug|info)\b\]?)[ \t](?!.*\b(?:error|fail|fatal|exception))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LogLine();

    /// <summary>An element named for what went wrong, with text in it.</summary>
    [GeneratedRegex(@"<(?:\w+:)?(?:faultstring|message|msg|reason|detail|description|error)\b[^<>]*>\s*(?<said>[^<]{3,})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    /// <summary>An element that pages of HTML have and other markup hardly.</summary>
    [GeneratedRegex(@"<(?:html|body|title|h1|p)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Page();

    /// <summary>What stands right behind the opening of an element.</summary>
    [GeneratedRegex(@"<(?<element>[a-z][a-z0-9]*)\b[^<>]*>\s*(?<said>[^<\s][^<]*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Said();

    /// <summary>A message in quotes behind its name, with nothing but an end behind it.</summary>
    [GeneratedRegex(@"(?<![a-z])(?:details?|message|msg|reason|error|description|desc)\s*[=:]\s*\\?""(?<said>[^""\\\n]{3,300})\\?""\s*(?:[,;)}\]""\n]|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Labelled();

    /// <summary>A line that says where in a program it happened, as Java, Go, Python and JavaScript print it.</summary>
    [GeneratedRegex(@"^(?:at \S.*[):]\d*\)?|File ""[^""]*"", line \d+.*|goroutine \d+ \[.*|[\w./*()<>$-]+\([^() ]*\)|[\w./\\-]+\.\w{1,5}:\d+(?::\d+)?(?: \+0x[0-9a-f]+)?|\.\.\. \d+ more|exit status \d+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Frame();
}
