using Reverie.Protocol.Environments;

namespace Reverie.Environments;

/// <summary>What an environment may be made of (public contract, "Environments"). Pure.</summary>
public static class EnvironmentRules
{
    public const int NameCharsMax = 256;
    public const int DescriptionCharsMax = 2_048;

    /// <summary>Entries of <c>allowed_hosts</c>.</summary>
    public const int HostsMax = 256;

    /// <summary>Packages of one package manager.</summary>
    public const int PackagesMax = 256;

    public const int PackageCharsMax = 255;

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
