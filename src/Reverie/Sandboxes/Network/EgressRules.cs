using System.Net;

namespace Reverie.Sandboxes.Network;

/// <summary>Which hosts a sandbox may reach.</summary>
/// <param name="Hosts">Names and <c>*.name</c> patterns; null for every host.</param>
/// <param name="IsAddressAllowed">Which addresses may be connected to.</param>
internal sealed record EgressRules(IReadOnlyList<string>? Hosts, Func<IPAddress, bool> IsAddressAllowed)
{
    private const int HostCharactersMax = 253;

    /// <summary>Null when nothing may be reached.</summary>
    public static EgressRules? Of(SandboxNetwork network) => network switch
    {
        SandboxNetwork.Open => new(null, PublicAddress.Is),
        SandboxNetwork.Limited { Hosts.Count: > 0 } limited => new(limited.Hosts, PublicAddress.Is),
        _ => null,
    };

    public static bool IsHostPattern(string text)
    {
        var name = text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text;
        return name.Length is > 0 and <= HostCharactersMax && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && !name.StartsWith('.') && !name.EndsWith('.');
    }

    public bool Allows(string host)
    {
        var name = host.TrimEnd('.');
        return Hosts is null || Hosts.Any(h => h.StartsWith("*.", StringComparison.Ordinal)
            ? name.EndsWith(h[1..], StringComparison.OrdinalIgnoreCase)
            : name.Equals(h, StringComparison.OrdinalIgnoreCase));
    }
}
