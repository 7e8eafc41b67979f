using System.Text;

namespace Reverie.Dreaming.Tests.Defence;

/// <summary>
/// Writes texts that a regular expression may match. Knows what the dreamer's patterns are made of; what only looks around
/// is left out, so that not every text is a match.
/// </summary>
internal sealed class RandomMatch(string pattern, Random random)
{
    private int _at;

    public string Next()
    {
        _at = 0;
        return Alternatives();
    }

    private string Alternatives()
    {
        var all = new List<string> { Sequence() };
        while (_at < pattern.Length && pattern[_at] == '|')
        {
            _at++;
            all.Add(Sequence());
        }
        return all[random.Next(all.Count)];
    }

    private string Sequence()
    {
        var text = new StringBuilder();
        while (_at < pattern.Length && pattern[_at] is not ('|' or ')'))
        {
            var start = _at;
            var piece = Atom();
            var end = _at;
            var (min, max) = Quantifier();
            var after = _at;
            for (var times = random.Next(min, max + 1); times > 0; times--)
            {
                // Read again, so that repetitions differ.
                _at = start;
                text.Append(piece);
                piece = Atom();
                if (_at != end) throw new InvalidOperationException($"read differently the second time: {pattern[start.._at]}");
            }
            _at = after;
        }
        return text.ToString();
    }

    private string Atom()
    {
        var c = pattern[_at++];
        return c switch
        {
            '(' => Group(),
            '[' => Class(),
            '\\' => Escape(pattern[_at++], inClass: false),
            '.' => Any(),
            '^' or '$' => "",
            _ => c.ToString(),
        };
    }

    private string Group()
    {
        var looks = false;
        if (pattern[_at] == '?')
        {
            looks = pattern[_at + 1] is '=' or '!' || pattern.AsSpan(_at).StartsWith("?<=") || pattern.AsSpan(_at).StartsWith("?<!");
            _at = pattern[_at + 1] == ':' ? _at + 2 : pattern.AsSpan(_at).StartsWith("?-i:") ? _at + 4 : looks ? _at + (pattern[_at + 1] == '<' ? 3 : 2) : pattern.IndexOf('>', _at) + 1;
        }
        var text = Alternatives();
        _at++;
        return looks ? "" : text;
    }

    private string Class()
    {
        var negated = pattern[_at] == '^';
        if (negated) _at++;
        var members = new List<string>();
        for (var first = true; first || pattern[_at] != ']'; first = false)
        {
            var c = pattern[_at++];
            if (c == '\\') members.Add(Escape(pattern[_at++], inClass: true));
            else if (pattern[_at] == '-' && pattern[_at + 1] != ']')
            {
                members.Add(((char)random.Next(c, pattern[_at + 1] + 1)).ToString());
                _at += 2;
            }
            else members.Add(c.ToString());
        }
        _at++;
        return negated ? " " : members[random.Next(members.Count)];
    }

    private string Escape(char c, bool inClass)
    {
        switch (c)
        {
            case 'b': return "";
            case 's': return " ";
            case 'S' or 'w': return ((char)('a' + random.Next(26))).ToString();
            case 'd': return ((char)('0' + random.Next(10))).ToString();
            case 'n': return "\n";
            case 't': return "\t";
            case 'k':
                _at = pattern.IndexOf('>', _at) + 1;
                return "7";
            case 'p':
                var capital = pattern.AsSpan(_at).StartsWith("{Lu}");
                _at = pattern.IndexOf('}', _at) + 1;
                return capital ? "A" : "é";
            default: return inClass || !char.IsLetterOrDigit(c) ? c.ToString() : throw new NotSupportedException($@"\{c}");
        }
    }

    private string Any() => random.Next(3) == 0 ? " " : ((char)('a' + random.Next(26))).ToString();

    private (int Min, int Max) Quantifier()
    {
        if (_at == pattern.Length) return (1, 1);
        var (min, max) = (1, 1);
        switch (pattern[_at])
        {
            case '?': (min, max) = (0, 1); break;
            case '*': (min, max) = (0, 2); break;
            case '+': (min, max) = (1, 3); break;
            case '{':
                var end = pattern.IndexOf('}', _at);
                var bounds = pattern[(_at + 1)..end].Split(',');
                min = int.Parse(bounds[0], System.Globalization.CultureInfo.InvariantCulture);
                max = bounds.Length == 1 ? min : bounds[1].Length == 0 ? min + 3 : Math.Min(min + 6, int.Parse(bounds[1], System.Globalization.CultureInfo.InvariantCulture));
                _at = end;
                break;
            default: return (1, 1);
        }
        _at++;
        if (_at < pattern.Length && pattern[_at] == '?') _at++;
        return (min, max);
    }
}
