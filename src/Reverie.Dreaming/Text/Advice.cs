using System.Text.RegularExpressions;

namespace Reverie.Dreaming.Text;

/// <summary>
/// What a message tells its reader to do, apart from what it says is wrong. An answer may name its error; what to do about
/// it is for the calls that worked to say, since the words may be anybody's.
/// </summary>
internal static partial class Advice
{
    /// <summary>
    /// The longest run of clauses of <paramref name="message"/>, as it is written, that advises nothing but what
    /// <paramref name="isKnown"/> accepts; "" when nothing is left. It is asked for names, values and telling words, in
    /// lower case.
    /// </summary>
    public static string Without(string message, Predicate<string> isKnown)
    {
        int start = 0, bestStart = 0, bestEnd = 0, runStart = -1;
        foreach (var boundary in Boundary().EnumerateMatches(message))
        {
            Take(start, boundary.Index + boundary.Length);
            start = boundary.Index + boundary.Length;
        }
        Take(start, message.Length);
        if (bestStart == 0 && bestEnd == message.Length) return message;
        return Label().Replace(message[bestStart..bestEnd].Trim().TrimEnd(',', ';', ':', '-', '–', '—', '(', '[', '，', '；', '：').TrimEnd(), "");

        void Take(int from, int to)
        {
            if (Advises(message[from..to].Trim(), isKnown)) runStart = -1;
            else
            {
                if (runStart < 0) runStart = from;
                if (to - runStart > bestEnd - bestStart) (bestStart, bestEnd) = (runStart, to);
            }
        }
    }

    private static bool Advises(string clause, Predicate<string> isKnown)
    {
        if (clause.Length < 4) return false;
        clause = Standard().Replace(clause, "");
        var named = false;
        foreach (var match in Name().EnumerateMatches(clause))
        {
            var name = clause.AsSpan(match.Index, match.Length).Trim("\"'`“”«»").ToString().ToLowerInvariant();
            named = !Form().IsMatch(name) && !isKnown(name) && (!name.Contains(' ') || HasUnknown(name, isKnown));
            if (named) break;
        }
        if (Setting().Match(clause) is { Success: true } setting && !isKnown(setting.Value.ToLowerInvariant())) return true;
        if (named) return Directive().IsMatch(clause) || Order().IsMatch(clause) || ForeignOrder().IsMatch(clause) || clause.Contains('(');
        return Order().Match(clause) is { Success: true } order && HasUnknown(clause[order.Index..], isKnown);
    }

    private static bool HasUnknown(string text, Predicate<string> isKnown) => Words.Split(text).Exists(w =>
        !Words.IsFunctionWord(w) && !Repair.Contains(w) && !Repair.Contains(Words.Stem(w)) && !Form().IsMatch(w) && !isKnown(w) && !isKnown(Words.Stem(w)));

    /// <summary>What putting a call right is said with, whatever it is about.</summary>
    private static readonly HashSet<string> Repair = new(StringComparer.Ordinal)
    {
        "format", "value", "valid", "correct", "right", "proper", "field", "argument", "parameter", "property", "number", "numeric", "digit", "letter", "character", "char", "string", "text", "word",
        "date", "time", "timestamp", "iso", "utc", "zone", "day", "month", "year", "hour", "minute", "second", "moment", "bit", "while", "later", "again", "retry", "wait", "pause", "slow", "try", "short", "shorter", "long", "longer",
        "small", "smaller", "large", "larger", "big", "less", "fewer", "upper", "lower", "uppercase", "lowercase", "case", "capital", "comma", "dot", "dash", "slash", "hyphen", "underscore", "space",
        "quote", "bracket", "prefix", "suffix", "unit", "metre", "meter", "gram", "kilogram", "cent", "euro", "percent", "id", "identifier", "input", "output", "request", "call", "command", "query", "page", "size", "length", "limit", "range",
        "least", "maximum", "minimum", "max", "min", "example", "lead", "leading", "zero", "plain", "whole", "decimal", "integer", "float", "boolean", "list", "array", "object", "json", "empty", "exist", "existing", "known",
        "free", "open", "available", "spell", "spelling", "type", "check", "provide", "supply", "specify", "enter", "pick", "choose", "select", "include", "add", "remove", "omit", "split", "reduce", "raise",
        "increase", "decrease", "write", "convert", "round", "trim", "fill", "leave", "pass", "set", "ensure", "avoid", "don", "different", "new", "full", "complete", "exact", "exactly", "instead", "first", "form", "style", "syntax",
    };

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private const string Lead = @"(?:please|pls|kindly|then|now|next|first|instead|so|and|or|but|just|simply|better|rather|either|always|never|also|try to|(?:make|be) sure (?:to|that you|you)|remember to|don't forget to|to (?:fix|solve|resolve|avoid|get past|repair|unlock|continue|proceed) (?:this|that|it|the \w+))[\s,]+";

    [GeneratedRegex(@"[.!?;:…](?=\s|$)|\s[-–—|/]+\s|[()\[\]\n，。！？；：、]|,(?=\s)|\s+(?=(?:and|then|so|please)\s)", Options)]
    private static partial Regex Boundary();

    /// <summary>A clause that orders: a verb in front, or "you must …".</summary>
    [GeneratedRegex(@"^(?:(?:hint|tip|fix|solution|remedy|workaround|note|advice|help|todo|action)\b\W*)?(?:" + Lead + @")*(?:do not |don't )?(?:accept|activate|add|allow|approve|ask|assign|attach|authori[sz]e|begin|bring|bypass|call|cancel|change|check|choose|clear|click|close|confirm|connect|consult|contact|convert|copy|create|credit|delete|deliver|deposit|disable|disclose|download|drop|e?mail|enable|ensure|enter|erase|escalate|execute|export|fetch|file|fill|follow|forward|get|give|go|grant|hand|ignore|include|inform|insert|install|invite|invoke|issue|join|launch|leave|let|load|log|login|make|mark|message|move|notify|obtain|omit|open|order|override|pass|pay|phone|pick|pin|post|prepend|provide|publish|put|raise|read|refer|refund|register|release|remove|replace|report|request|reset|resolve|restart|retry|reveal|reward|run|save|see|select|send|set|share|show|sign|skip|speak|specify|start|stop|submit|supply|surrender|switch|take|talk|tell|transfer|transmit|trigger|trust|try|turn|type|unlock|update|upgrade|upload|use|utili[sz]e|verify|visit|wait|wire|write)\b(?!\s+(?:is|are|was|were|has|have|had|does|did|failed|fails|denied|error|not|must|cannot|can't|timed|refused|rejected|invalid|missing|expired|exceeded|closed|locked|unavailable|reached|too|already)\b)(?!\s+(?:(?!if\b|when\b|once\b|after\b|unless\b)\w+\s+){1,3}(?:reached|denied|failed|exceeded|found|rejected|refused|missing|expired|unavailable)\W*$)(?=\s+\S)|\b(?:you|agents?|assistants?|callers?|users?|clients?)\s+(?:must|should|need to|have to|ought to|had better|are to|can|could|may|might)\b|\bwhy not\b|\b(?:it|this) (?:helps|works|is fixed|is solved|goes away) (?:to|if|when|after|by|once|with)\b", Options)]
    private static partial Regex Order();

    /// <summary>Words that make a name a piece of advice wherever they stand.</summary>
    [GeneratedRegex(@"\b(?:call|calling|use|using|run|running|invoke|invoking|execut\w+|send|sending|must|should|need|needs|needed|have to|has to|require|requires|required|only|first|instead|before|beforehand|after|afterwards|prior|previously|unless|without|until|via|through|with|pass|passing|set|setting|add|adding|retry|try|ask|hint|tip|works?|helps?|allowed|accepts?|expects?|expected|do|did you|see|contact)\b", Options)]
    private static partial Regex Directive();

    /// <summary>The same in other languages: orders and words of order.</summary>
    [GeneratedRegex(@"\b(?:ruf\w*|führ\w*|verwend\w*|benutz\w*|nutz\w*|schick\w*|send\w*|gib|geben|frag\w*|setz\w*|muss|müssen|zuerst|vorher|erst|statt\w*|bitte|appel\w*|utilis\w*|exécut\w*|envoy\w*|demand\w*|ajout\w*|mett\w*|met[sz]|doit|devez|d'abord|avant|s'il|llam\w*|us[aeo]\w*|utilic\w*|ejecut\w*|envi\w*|envíe\w*|pid[ae]\w*|añad\w*|debe\w*|primero|antes|chiam\w*|esegu\w*|chied\w*|invi\w*|dev[ei]\w*|prima|cham\w*|execut\w*|peça|primeiro|roep|gebruik\w*|voer|vraag|stuur|moet\w*|eerst|wywoła\w*|użyj\w*|uruchom\w*|popro\w*|wyślij\w*|najpierw|trzeba|anropa|använd\w*|först|kald|brug|çağır\w*|kullan\w*|önce)\b|(?:вызов|вызв|использ|запуст|спрос|отправ|сначала|нужно|надо)|请|請|调用|調用|使用|运行|運行|先|联系|まず|呼び出|実行|してください|먼저|호출|사용", Options)]
    private static partial Regex ForeignOrder();

    /// <summary>Names of tools, fields and things: joined words, words in marks, numbers.</summary>
    [GeneratedRegex(@"`[^`\n]{1,80}`|""[^""\n]{1,80}""|“[^”\n]{1,80}”|«[^»\n]{1,80}»|(?<!\w)'[^'\n]{1,80}'(?!\w)|[\p{L}_][\p{L}\p{Nd}]*(?:[_.:-][\p{L}\p{Nd}]+)+|\b[\p{L}]*\p{Ll}\p{Lu}\w*|\b\d[\d.,:/-]*\b", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    /// <summary>A field with its value.</summary>
    [GeneratedRegex(@"[\p{L}_][\w.-]*\s?=\s?[""'`]?[\w.@/+-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Setting();

    /// <summary>A form of writing, which names nothing: "yyyy-mm-dd", "hh:mm", "iso-8601", "utf-8", "read-only".</summary>
    [GeneratedRegex(@"^(?:[ymdhsjaxnt9#_]+(?:[-/.: ]?[ymdhsjaxnt9#_]+)*|iso[- ]?\d+|utf-?\d+|e\.g|i\.e|a-z|0-9|a-z0-9|(?:non|re|pre|un|read|write|time|date|case)-\w+|\w+-(?:only|in|out|up|off|on|based|case|separated))$", Options)]
    private static partial Regex Form();

    /// <summary>A standard by its number: "ISO 8601", "RFC 3339".</summary>
    [GeneratedRegex(@"\b(?:iso|rfc|utf|din|ieee)[- ]?\d+(?:[-:]\d+)?\b", Options)]
    private static partial Regex Standard();

    [GeneratedRegex(@"[\s,;.!?(-]*\b(?:hint|tip|fix|solution|remedy|workaround|note|advice|help|to (?:fix|solve|resolve) (?:this|it))\s*[:.]?\s*$", Options)]
    private static partial Regex Label();
}
