using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Reverie.Tools.Web;

/// <summary>What a person reads on a page: headings, paragraphs, lists, links and tables, as plain text with a little Markdown.</summary>
/// <remarks>
/// One pass over the text without a tree, so that no page takes more time than its length warrants. Elements that are closed in the wrong order, or never, cost layout at most.
/// </remarks>
internal sealed partial class HtmlText
{
    // What these hold is not for reading, or not markup.
    private static readonly HashSet<string> Skipped =
        ["script", "style", "noscript", "template", "svg", "math", "canvas", "iframe", "object", "select", "button", "textarea", "title", "noframes", "noembed"];

    private static readonly HashSet<string> Blocks =
    [
        "address", "article", "aside", "blockquote", "br", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tr", "ul",
    ];

    private readonly string _html;
    private readonly Uri _url;
    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _neverClosed = new(StringComparer.Ordinal);
    private string? _title;
    private string? _link;
    private bool _isPreformatted;

    private HtmlText(string html, Uri url) => (_html, _url) = (html, url);

    /// <param name="html">The page.</param>
    /// <param name="url">Where it stands; its links are relative to that.</param>
    public static string Of(string html, Uri url)
    {
        var page = new HtmlText(html, url);
        page.Read();
        var text = ManyBreaks().Replace(SpacesAtEnd().Replace(page._text.ToString(), "\n"), "\n\n").Trim('\n', ' ');
        return page._title is { Length: > 0 } title ? $"# {title}\n\n{text}" : text;
    }

    private void Read()
    {
        var at = 0;
        while (at < _html.Length)
        {
            var tag = _html.IndexOf('<', at);
            Words(_html[at..(tag < 0 ? _html.Length : tag)]);
            if (tag < 0) break;
            at = Markup(tag);
        }
        EndLink();
    }

    /// <summary>Takes what begins with <c>&lt;</c>; returns where the rest begins.</summary>
    private int Markup(int at)
    {
        var rest = _html.AsSpan(at);
        if (rest.StartsWith("<!--")) return After("-->", at + 2);
        if (rest.Length > 1 && rest[1] is '!' or '?') return After(">", at);
        var isEnd = rest.Length > 1 && rest[1] == '/';
        var start = at + (isEnd ? 2 : 1);
        var end = start;
        while (end < _html.Length && (char.IsAsciiLetterOrDigit(_html[end]) || _html[end] is '-' or ':')) end++;
        if (end == start || !char.IsAsciiLetter(_html[start]))
        {
            Words("<");
            return at + 1;
        }
        var name = _html[start..end].ToLowerInvariant();
        var (next, link, alternative) = Attributes(end);
        // A tag that never ends is none.
        if (next > _html.Length) return _html.Length;
        if (isEnd) Leave(name);
        else if (Skipped.Contains(name)) return Skip(name, next);
        else Enter(name, link, alternative);
        return next;
    }

    private int After(string mark, int at) => _html.IndexOf(mark, at, StringComparison.Ordinal) is var found and >= 0 ? found + mark.Length : _html.Length;

    /// <summary>Passes over the attributes of a tag, and picks what is worth reading.</summary>
    private (int Next, string? Link, string? Alternative) Attributes(int at)
    {
        string? link = null;
        string? alternative = null;
        while (at < _html.Length && _html[at] != '>')
        {
            var start = at;
            while (at < _html.Length && !char.IsWhiteSpace(_html[at]) && _html[at] is not ('=' or '>')) at++;
            var name = _html.AsSpan(start, at - start);
            if (at < _html.Length && _html[at] == '=')
            {
                (at, var value) = Value(at + 1);
                if (name.Equals("href", StringComparison.OrdinalIgnoreCase)) link ??= value;
                if (name.Equals("alt", StringComparison.OrdinalIgnoreCase)) alternative ??= value;
            }
            else if (at == start) at++;
        }
        return (at + 1, link, alternative);
    }

    private (int Next, string Value) Value(int at)
    {
        while (at < _html.Length && char.IsWhiteSpace(_html[at])) at++;
        if (at < _html.Length && _html[at] is '"' or '\'')
        {
            var close = _html.IndexOf(_html[at], at + 1);
            return close < 0 ? (_html.Length, "") : (close + 1, WebUtility.HtmlDecode(_html[(at + 1)..close]));
        }
        var end = at;
        while (end < _html.Length && !char.IsWhiteSpace(_html[end]) && _html[end] != '>') end++;
        return (end, WebUtility.HtmlDecode(_html[at..end]));
    }

    private int Skip(string name, int at)
    {
        if (_neverClosed.Contains(name)) return at;
        var end = _html.IndexOf($"</{name}", at, StringComparison.OrdinalIgnoreCase);
        if (end < 0)
        {
            _neverClosed.Add(name);
            return name is "script" or "style" ? _html.Length : at;
        }
        if (name == "title") _title ??= Spaces().Replace(WebUtility.HtmlDecode(_html[at..end]), " ").Trim();
        return After(">", end);
    }

    private void Enter(string name, string? link, string? alternative)
    {
        if (Blocks.Contains(name)) Break();
        switch (name)
        {
            case ['h', >= '1' and <= '6' and var level]:
                _text.Append('\n').Append('#', level - '0').Append(' ');
                break;
            case "p" or "table":
                _text.Append('\n');
                break;
            case "li":
                _text.Append("- ");
                break;
            case "pre":
                _text.Append("```\n");
                _isPreformatted = true;
                break;
            case "a":
                EndLink();
                _link = link;
                if (link is not null) _text.Append('[');
                break;
            case "td" or "th" when _text.Length > 0 && _text[^1] != '\n':
                _text.Append(" | ");
                break;
            case "img" when alternative is { Length: > 0 }:
                _text.Append("[image: ").Append(alternative).Append(']');
                break;
            default:
                break;
        }
    }

    private void Leave(string name)
    {
        if (name == "a") EndLink();
        if (name == "pre" && _isPreformatted)
        {
            Break();
            _text.Append("```");
            _isPreformatted = false;
        }
        if (!Blocks.Contains(name)) return;
        Break();
        if (name is "p" or "pre" or "table" or "ul" or "ol" or ['h', >= '1' and <= '6']) _text.Append('\n');
    }

    private void EndLink()
    {
        if (_link is { } target) _text.Append("](").Append(Uri.TryCreate(_url, target, out var full) ? full.AbsoluteUri : target).Append(')');
        _link = null;
    }

    private void Break()
    {
        while (_text.Length > 0 && _text[^1] == ' ') _text.Length--;
        if (_text.Length > 0 && _text[^1] != '\n') _text.Append('\n');
    }

    private void Words(string html)
    {
        var words = WebUtility.HtmlDecode(html);
        if (_isPreformatted)
        {
            _text.Append(words);
            return;
        }
        foreach (var character in words)
        {
            if (!char.IsWhiteSpace(character)) _text.Append(character);
            else if (_text.Length > 0 && _text[^1] is not (' ' or '\n')) _text.Append(' ');
        }
    }

    [GeneratedRegex(@"(?<![ \t])[ \t]+\n")]
    private static partial Regex SpacesAtEnd();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex ManyBreaks();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
