namespace Reverie.Tools.Web;

/// <summary>What an agent may fetch. Of the two lists at most one is set.</summary>
/// <param name="AllowedDomains">Host names; only they and what lies below them may be fetched. Null for no such list.</param>
/// <param name="BlockedDomains">Host names; neither they nor what lies below them may be fetched. Null for no such list.</param>
/// <param name="MaxContentTokens">Tokens of text that are kept of a page, at four characters each; null for no limit but that of results.</param>
public sealed record WebFetchSettings(IReadOnlyList<string>? AllowedDomains, IReadOnlyList<string>? BlockedDomains, int? MaxContentTokens)
{
    public static readonly WebFetchSettings Default = new(null, null, null);

    /// <summary>What holds as well: the settings of who set the agent to work; null for nobody.</summary>
    public WebFetchSettings? Within { get; init; }

    /// <summary>True when a host may be fetched from.</summary>
    public bool Allows(string host) =>
        (AllowedDomains is null ? BlockedDomains?.Any(d => Covers(d, host)) != true : AllowedDomains.Any(d => Covers(d, host))) && Within?.Allows(host) != false;

    private static bool Covers(string domain, string host)
    {
        var (holder, name) = (domain.TrimEnd('/'), host.TrimEnd('.'));
        return name.Equals(holder, StringComparison.OrdinalIgnoreCase) || name.EndsWith('.' + holder, StringComparison.OrdinalIgnoreCase);
    }
}
