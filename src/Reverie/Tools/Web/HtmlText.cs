using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Reverie.Tools.Web;

/// <summary>What a person reads on a page: headings, paragraphs, lists, links and tables, as plain text with a little Markdown.</summary>
internal static partial class HtmlText
{
    private const int DepthMax = 512;

    private static readonly HashSet<string> Skipped = ["script", "style", "noscript", "template", "svg", "canvas", "iframe", "object", "head", "select", "button"];

    private static readonly HashSet<string> Blocks =
    [
        "address", "article", "aside", "blockquote", "br", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tr", "ul",
    ];

    public static string Of(string html, Uri url)
    {
        using var document = new HtmlParser().ParseDocument(html);
        var text = new StringBuilder();
        if (document.Title is { Length: > 0 } title) text.Append("# ").Append(title).Append("\n\n");
        if (document.Body is { } body) Append(text, body, url);
        return ManyBreaks().Replace(SpacesAtEnd().Replace(text.ToString(), "\n"), "\n\n");
    }

    // A loop, not a recursion: a page decides how deep it is.
    private static void Append(StringBuilder text, IElement body, Uri url)
    {
        INode? node = body;
        for (var depth = 0; node is not null;)
        {
            var enters = depth < DepthMax && Enter(text, node);
            if (enters && node.FirstChild is { } child)
            {
                (node, depth) = (child, depth + 1);
                continue;
            }
            if (enters) Leave(text, node, url);
            while (node != body && node!.NextSibling is null)
            {
                node = node.Parent;
                depth--;
                if (node is not null) Leave(text, node, url);
            }
            node = node == body ? null : node?.NextSibling;
        }
    }

    private static bool Enter(StringBuilder text, INode node)
    {
        if (node is IText words)
        {
            AppendWords(text, words.Data, IsPreformatted(words));
            return false;
        }
        if (node is not IElement element || Skipped.Contains(element.LocalName) || element.HasAttribute("hidden")) return false;
        if (Blocks.Contains(element.LocalName)) Break(text);
        switch (element.LocalName)
        {
            case ['h', >= '1' and <= '6' and var level]:
                text.Append('\n').Append('#', level - '0').Append(' ');
                break;
            case "li":
                text.Append("- ");
                break;
            case "pre":
                text.Append("```\n");
                break;
            case "a" when element.HasAttribute("href"):
                text.Append('[');
                break;
            case "img" when element.GetAttribute("alt") is { Length: > 0 } alt:
                text.Append("[image: ").Append(alt).Append(']');
                break;
            default:
                break;
        }
        return true;
    }

    private static void Leave(StringBuilder text, INode node, Uri url)
    {
        if (node is not IElement element) return;
        switch (element.LocalName)
        {
            case "a" when element.GetAttribute("href") is { } target:
                text.Append("](").Append(Uri.TryCreate(url, target, out var full) ? full.AbsoluteUri : target).Append(')');
                break;
            case "pre":
                Break(text);
                text.Append("```");
                break;
            case "td" or "th":
                text.Append(" | ");
                break;
            default:
                break;
        }
        if (!Blocks.Contains(element.LocalName)) return;
        Break(text);
        if (element.LocalName is "p" or "pre" or "table" or "ul" or "ol" or ['h', _]) text.Append('\n');
    }

    private static void Break(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] == ' ') text.Length--;
        if (text.Length > 0 && text[^1] != '\n') text.Append('\n');
    }

    private static void AppendWords(StringBuilder text, string words, bool isPreformatted)
    {
        if (isPreformatted)
        {
            text.Append(words);
            return;
        }
        foreach (var character in words)
        {
            if (!char.IsWhiteSpace(character)) text.Append(character);
            else if (text.Length > 0 && text[^1] is not (' ' or '\n')) text.Append(' ');
        }
    }

    private static bool IsPreformatted(IText words)
    {
        var parent = words.ParentElement;
        for (var steps = 0; parent is not null && steps < 4; steps++, parent = parent.ParentElement)
            if (parent.LocalName == "pre") return true;
        return false;
    }

    [GeneratedRegex(@"[ \t]+\n", RegexOptions.NonBacktracking)]
    private static partial Regex SpacesAtEnd();

    [GeneratedRegex(@"\n{3,}", RegexOptions.NonBacktracking)]
    private static partial Regex ManyBreaks();
}
