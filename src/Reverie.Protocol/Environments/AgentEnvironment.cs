using System.Text.Json.Serialization;
using Reverie.Protocol.Ids;

namespace Reverie.Protocol.Environments;

/// <summary>A template of the place where tools run (public contract, "Object environment").</summary>
public sealed record AgentEnvironment : IResource
{
    /// <inheritdoc />
    public static string IdPrefix => "env";

    /// <summary>Unique; never used again.</summary>
    public required Id<AgentEnvironment> Id { get; init; }

    /// <summary>Always <c>environment</c>.</summary>
    public string Type { get; } = "environment";

    /// <summary>1 to 256 characters; need not be unique.</summary>
    public required string Name { get; init; }

    /// <summary>Null when it has none.</summary>
    public required string? Description { get; init; }

    /// <summary>What it is made of; its type never changes.</summary>
    public required EnvironmentConfig Config { get; init; }

    /// <summary>Free labels; at most 16 pairs.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>Always <c>organization</c>: everybody in the workspace may use it.</summary>
    public string Scope { get; } = "organization";

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was archived; null while it is in use. There is no way back.</summary>
    public required DateTimeOffset? ArchivedAt { get; init; }
}

/// <summary>Where sandboxes come from.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(CloudEnvironment), "cloud")]
[JsonDerivedType(typeof(SelfHostedEnvironment), "self_hosted")]
public abstract record EnvironmentConfig;

/// <summary>The server makes the sandbox.</summary>
/// <param name="Networking">What it may reach.</param>
/// <param name="Packages">What is installed in it.</param>
public sealed record CloudEnvironment(EnvironmentNetworking Networking, EnvironmentPackages Packages) : EnvironmentConfig;

/// <summary>A worker outside the server runs the tools.</summary>
public sealed record SelfHostedEnvironment : EnvironmentConfig;

/// <summary>What a sandbox may reach.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(UnrestrictedNetworking), "unrestricted")]
[JsonDerivedType(typeof(LimitedNetworking), "limited")]
public abstract record EnvironmentNetworking;

/// <summary>Everything.</summary>
public sealed record UnrestrictedNetworking : EnvironmentNetworking;

/// <summary>Nothing but this.</summary>
/// <param name="AllowedHosts">Host names, or <c>*.</c> and a host name for all hosts below it.</param>
/// <param name="AllowMcpServers">Also the hosts of the agent's MCP servers.</param>
/// <param name="AllowPackageManagers">Also public package registries.</param>
public sealed record LimitedNetworking(IReadOnlyList<string> AllowedHosts, bool AllowMcpServers, bool AllowPackageManagers) : EnvironmentNetworking;

/// <summary>What is installed before a session begins, each in its package manager's own words.</summary>
public sealed record EnvironmentPackages
{
    /// <summary>Nothing.</summary>
    public static EnvironmentPackages None { get; } = new();

    /// <summary>Always <c>packages</c>.</summary>
    public string Type { get; } = "packages";

    /// <summary>Debian packages.</summary>
    public IReadOnlyList<string> Apt { get; init; } = [];

    /// <summary>Rust programs.</summary>
    public IReadOnlyList<string> Cargo { get; init; } = [];

    /// <summary>Ruby packages.</summary>
    public IReadOnlyList<string> Gem { get; init; } = [];

    /// <summary>Go programs.</summary>
    public IReadOnlyList<string> Go { get; init; } = [];

    /// <summary>Node.js packages.</summary>
    public IReadOnlyList<string> Npm { get; init; } = [];

    /// <summary>Python packages.</summary>
    public IReadOnlyList<string> Pip { get; init; } = [];

    /// <summary>True when nothing is to be installed.</summary>
    [JsonIgnore]
    public bool IsEmpty => Apt.Count + Cargo.Count + Gem.Count + Go.Count + Npm.Count + Pip.Count == 0;
}
