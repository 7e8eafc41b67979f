using System.Buffers;
using Reverie.Protocol.Environments;

namespace Reverie.Environments;

/// <summary>What an environment may be made of (public contract, "Environments"). Pure.</summary>
public static class EnvironmentRules
{
    public const int NameCharsMax = 256;
    public const int DescriptionCharsMax = 2_048;

    /// <summary>Entries of <c>allowed_hosts</c>.</summary>
    public const int HostsMax = 256;

    public const int HostCharsMax = 253;

    /// <summary>Packages of one package manager.</summary>
    public const int PackagesMax = 256;

    public const int PackageCharsMax = 255;

    private static readonly SearchValues<char> InHosts = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    /// <summary>Why <paramref name="host"/> cannot be allowed; null when it can.</summary>
    public static string? ProblemOfHost(string host)
    {
        var name = host.StartsWith("*.", StringComparison.Ordinal) ? host.AsSpan(2) : host;
        if (name.ContainsAnyExcept(InHosts)) return "must be a host name such as example.com or *.example.com, without scheme, port or path";
        foreach (var range in name.Split('.'))
        {
            var label = name[range];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-') return "has a part that is empty, longer than 63 characters, or begins or ends with a hyphen";
        }
        return null;
    }

    /// <summary>Why <paramref name="package"/> cannot be installed; null when it can be tried.</summary>
    public static string? ProblemOfPackage(string package)
    {
        if (package[0] == '-') return "must not begin with a hyphen, which a package manager takes for an option";
        return package.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c)) ? "must not contain spaces or control characters" : null;
    }

    /// <summary>Why the parts do not go together; null when they do.</summary>
    public static string? Problem(EnvironmentConfig config) =>
        config is CloudEnvironment { Networking: LimitedNetworking { AllowPackageManagers: false }, Packages.IsEmpty: false }
            ? "has packages, which limited networking cannot reach; set networking.allow_package_managers to true or leave the packages out"
            : null;
}
