using Reverie.Environments;
using Reverie.Protocol.Environments;
using Reverie.Protocol.Errors;
using Reverie.Sandboxes.Network;
using Reverie.Server.Http;

namespace Reverie.Server.Environments;

/// <summary>Reads what a request says of an environment. What is wrong is noted in the body.</summary>
internal static class EnvironmentFields
{
    public static readonly string[] Names = ["name", "description", "config", "metadata", "scope"];

    public static string? ReadName(JsonPart root, bool isRequired)
    {
        var name = root.Text("name", isRequired, 1, EnvironmentRules.NameCharsMax);
        if (name is not null && name.Any(char.IsControl)) root.Problem("name", "must not contain control characters");
        return name;
    }

    public static void CheckScope(JsonPart root)
    {
        if (root.OneOf("scope", false, "organization", "account") is "account") root.Problem("scope", "must be organization: environments belong to the whole workspace");
    }

    /// <summary>The config after the request: what it leaves out stays, or has its default in a new environment.</summary>
    /// <param name="root">The body.</param>
    /// <param name="before">What is stored; null for a new one.</param>
    /// <exception cref="ApiException">The type is another one than before.</exception>
    public static EnvironmentConfig ReadConfig(JsonPart root, EnvironmentConfig? before)
    {
        var kept = before ?? new CloudEnvironment(new UnrestrictedNetworking(), EnvironmentPackages.None);
        if (root.Object("config") is not { } part || part.OneOf("type", true, "cloud", "self_hosted") is not { } type) return kept;
        if (before is not null && type != (before is CloudEnvironment ? "cloud" : "self_hosted"))
            throw new ApiException(ErrorType.InvalidRequest, $"config.type cannot be changed to {type}; make another environment.", "invalid_config_type_change");
        if (type == "self_hosted")
        {
            part.Knows("type");
            return new SelfHostedEnvironment();
        }
        part.Knows("type", "networking", "packages");
        var cloud = kept as CloudEnvironment ?? throw new System.Diagnostics.UnreachableException();
        var after = new CloudEnvironment(ReadNetworking(part, cloud.Networking), ReadPackages(part, cloud.Packages));
        if (EnvironmentRules.Problem(after) is { } problem) root.Problem("config", problem);
        return after;
    }

    private static EnvironmentNetworking ReadNetworking(JsonPart config, EnvironmentNetworking before)
    {
        if (config.Object("networking") is not { } part) return before;
        switch (part.OneOf("type", true, "unrestricted", "limited"))
        {
            case "unrestricted":
                part.Knows("type");
                return new UnrestrictedNetworking();
            case "limited":
                part.Knows("type", "allowed_hosts", "allow_mcp_servers", "allow_package_managers");
                var limited = before as LimitedNetworking ?? new LimitedNetworking([], false, false);
                return new LimitedNetworking(
                    part.Has("allowed_hosts") ? ReadTexts(part, "allowed_hosts", EnvironmentRules.HostsMax, EgressHost.CharsMax, EgressHost.ProblemOf) : limited.AllowedHosts,
                    part.Flag("allow_mcp_servers") ?? limited.AllowMcpServers,
                    part.Flag("allow_package_managers") ?? limited.AllowPackageManagers);
            default:
                return before;
        }
    }

    private static EnvironmentPackages ReadPackages(JsonPart config, EnvironmentPackages before)
    {
        if (config.Object("packages") is not { } part) return before;
        part.Knows("type", "apt", "cargo", "gem", "go", "npm", "pip").OneOf("type", false, "packages");
        return new EnvironmentPackages { Apt = Of("apt"), Cargo = Of("cargo"), Gem = Of("gem"), Go = Of("go"), Npm = Of("npm"), Pip = Of("pip") };

        IReadOnlyList<string> Of(string manager) => ReadTexts(part, manager, EnvironmentRules.PackagesMax, EnvironmentRules.PackageCharsMax, EnvironmentRules.ProblemOfPackage);
    }

    private static List<string> ReadTexts(JsonPart part, string field, int countMax, int charsMax, Func<string, string?> problemOf)
    {
        var texts = new List<string>();
        foreach (var (value, name) in part.Items(field, countMax))
        {
            if (part.TextOf(value, name, 1, charsMax) is not { } text) continue;
            if (problemOf(text) is { } problem) part.ProblemAt(name, problem);
            else texts.Add(text);
        }
        return texts;
    }
}
