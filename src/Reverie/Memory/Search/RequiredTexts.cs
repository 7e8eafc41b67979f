namespace Reverie.Memory.Search;

/// <summary>
/// Which texts every match of a regular expression must hold: for each alternative the runs of plain characters outside
/// groups. Reads less than the expression says, never more; what it does not know ends a run.
/// </summary>
internal sealed class RequiredTexts
{
    private readonly string _pattern;
    private readonly List<List<string>> _alternatives = [[]];
    private readonly System.Text.StringBuilder _run = new();
    private int _at;

    private RequiredTexts(string pattern) => _pattern = pattern;

    /// <summary>One list for each alternative; null when nothing is required. The pattern must be a valid one.</summary>
    public static IReadOnlyList<IReadOnlyList<string>>? Of(string pattern)
    {
        // Where a class that takes another away ends is not worth finding out.
        if (pattern.Contains("-[")) return null;
        var reading = new RequiredTexts(pattern);
        return reading.Read() && reading._alternatives.TrueForAll(static a => a.Count > 0) ? reading._alternatives : null;
    }

    private bool Read()
    {
        while (_at < _pattern.Length)
        {
            var c = _pattern[_at++];
            switch (c)
            {
                case '|':
                    EndRun();
                    _alternatives.Add([]);
                    break;
                case '(':
                    EndRun();
                    if (!SkipGroup()) return false;
                    break;
                case '[':
                    EndRun();
                    SkipClass();
                    break;
                case '.' or '^' or '$':
                    EndRun();
                    break;
                case '*' or '?':
                    DropLast();
                    break;
                case '+':
                    EndRun();
                    break;
                case '{' when IsCount():
                    DropLast();
                    _at = _pattern.IndexOf('}', _at) + 1;
                    break;
                case '\\':
                    if (_at == _pattern.Length) return false;
                    ReadEscape();
                    break;
                default:
                    _run.Append(c);
                    break;
            }
        }
        EndRun();
        return true;
    }

    /// <summary>The last character is optional or counted: what stands before it is still required.</summary>
    private void DropLast()
    {
        if (_run.Length > 0) _run.Length--;
        EndRun();
    }

    private void EndRun()
    {
        if (_run.Length >= 3) _alternatives[^1].Add(_run.ToString());
        _run.Clear();
    }

    private bool IsCount()
    {
        var end = _pattern.IndexOf('}', _at);
        return end > _at && char.IsAsciiDigit(_pattern[_at]) && _pattern.Take(_at..end).All(static c => char.IsAsciiDigit(c) || c == ',');
    }

    private void ReadEscape()
    {
        var c = _pattern[_at++];
        if (!char.IsAsciiLetterOrDigit(c) && c != '_')
        {
            _run.Append(c);
            return;
        }
        EndRun();
        _at = Math.Min(_pattern.Length, c switch
        {
            'p' or 'P' => _pattern.IndexOf('}', _at) + 1,
            'x' => _at + 2,
            'u' => _at + 4,
            'c' => _at + 1,
            _ => _at,
        });
        // An octal number takes up to three digits; leaving one out loses nothing.
        while (char.IsAsciiDigit(c) && _at < _pattern.Length && char.IsAsciiDigit(_pattern[_at])) _at++;
    }

    /// <summary>False for groups that change how the rest is read.</summary>
    private bool SkipGroup()
    {
        if (_at < _pattern.Length && _pattern[_at] == '?' && !IsPlainGroup()) return false;
        for (var depth = 1; depth > 0 && _at < _pattern.Length;)
        {
            switch (_pattern[_at++])
            {
                case '\\': _at++; break;
                case '[': SkipClass(); break;
                case '(':
                    depth++;
                    if (_at < _pattern.Length && _pattern[_at] == '?' && !IsPlainGroup()) return false;
                    break;
                case ')': depth--; break;
            }
        }
        return true;
    }

    private bool IsPlainGroup() => _at + 1 < _pattern.Length && _pattern[_at + 1] is ':' or '<' or '\'';

    private void SkipClass()
    {
        if (_at < _pattern.Length && _pattern[_at] == '^') _at++;
        // A bracket that comes first is a member.
        if (_at < _pattern.Length && _pattern[_at] == ']') _at++;
        while (_at < _pattern.Length)
        {
            var c = _pattern[_at++];
            if (c == ']') return;
            if (c == '\\') _at++;
        }
    }
}
