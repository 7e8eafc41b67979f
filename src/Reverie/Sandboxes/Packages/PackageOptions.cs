using Reverie.Sandboxes.Network;

namespace Reverie.Sandboxes.Packages;

/// <summary>Where packages come from, besides the public registries, and how much room they have.</summary>
public sealed record PackageOptions
{
    /// <summary>Hosts that are reached for packages wherever they are, on a private network too. Others only at public addresses.</summary>
    public IReadOnlyList<EgressHost> Hosts { get; init; } = [];

    /// <summary>
    /// Registries in place of a manager's own, by a name of <see cref="Managers"/>. They are reached wherever they are. Installations can read the addresses, so
    /// none may hold credentials: the command line refuses what <see cref="ProblemOf"/> finds.
    /// </summary>
    public IReadOnlyDictionary<string, Uri> Registries { get; init; } = new Dictionary<string, Uri>();

    /// <summary>
    /// Bytes of everything installed, more than 0; installations under way come on top, each with as much at most. Past it what no sandbox uses is removed, the least
    /// recently used first; when all of it is in use nothing new is installed.
    /// </summary>
    public long BytesMax { get; init; } = 20L << 30;

    /// <summary>The managers that can have another registry.</summary>
    public static IEnumerable<string> Managers => PackageInstaller.All.Select(static m => m.Name);

    /// <summary>Why an address cannot be that of a registry; null when it can.</summary>
    public static string? ProblemOf(string registry)
    {
        if (!Uri.TryCreate(registry, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp) || EgressHost.ProblemOf(url.IdnHost) is not null) return "is no http or https URL";
        if (url.UserInfo.Length > 0) return "carries a user or password, which every installation could read: let the registry be read without, or put a proxy that adds them in front of it";
        return url.Query.Length + url.Fragment.Length > 0 ? "must end with its path" : null;
    }

    internal IReadOnlyList<EgressHost> Reachable => [.. Hosts, .. Registries.Values.Select(EgressHost.Of)];
}
