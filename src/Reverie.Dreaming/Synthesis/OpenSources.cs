using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis;

/// <summary>
/// Tells calls that read what anybody can write: pages of the web and letter boxes. What they return is the word of a
/// stranger, not of the environment the agent works in, whoever asked for it.
/// </summary>
internal static class OpenSources
{
    private static readonly HashSet<string> Open = new(StringComparer.Ordinal)
    {
        "web", "webpage", "website", "www", "http", "https", "url", "internet", "browser", "browse", "browsing", "crawl", "crawler", "scrape", "scraper",
        "mail", "mails", "email", "emails", "inbox", "mailbox", "comment", "comments", "forum", "newsgroup",
    };

    private static readonly HashSet<string> Reading = new(StringComparer.Ordinal) { "read", "open", "get", "load", "fetch", "visit", "view", "goto" };

    /// <summary>True when the answer of <paramref name="step"/> is text a stranger may have written: by the tool's name, or by an address among its arguments.</summary>
    public static bool Holds(Step step)
    {
        var words = Words.OfIdentifier(step.Tool);
        return words.Exists(Open.Contains) || (words.Contains("page") && words.Exists(Reading.Contains)) || Array.Exists(step.Arguments, static a => NamesAddress(a.Text));
    }

    private static bool NamesAddress(string value) =>
        value.Contains("http://", StringComparison.OrdinalIgnoreCase) || value.Contains("https://", StringComparison.OrdinalIgnoreCase) || value.StartsWith("www.", StringComparison.OrdinalIgnoreCase);
}
