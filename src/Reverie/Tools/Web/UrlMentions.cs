using System.Text.RegularExpressions;

namespace Reverie.Tools.Web;

/// <summary>Finds addresses in texts that people, pages and tools wrote.</summary>
internal static partial class UrlMentions
{
    // What a sentence or a markup puts behind an address and an address hardly ever ends with.
    private const string SentenceEnds = ".,;:!?*_~";

    /// <summary>True when <paramref name="text"/> holds the address, whole and with its scheme. A fragment makes no difference.</summary>
    public static bool Hold(string text, Uri url)
    {
        var wanted = url.GetLeftPart(UriPartial.Query);
        foreach (var match in Written().EnumerateMatches(text))
        {
            var written = text.Substring(match.Index, match.Length);
            if (Is(written, wanted) || Is(written.TrimEnd(SentenceEnds.ToCharArray()), wanted)) return true;
        }
        return false;
    }

    private static bool Is(string written, string wanted) => Uri.TryCreate(written, UriKind.Absolute, out var url) && url.GetLeftPart(UriPartial.Query) == wanted;

    /// <summary>Parentheses belong to an address in pairs only: in Markdown one that closes nothing ends a link.</summary>
    [GeneratedRegex("""https?://([^\s<>"'`\\^{|}()[\]]|\([^\s<>"'`\\^{|}()[\]]*\))+""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Written();
}
