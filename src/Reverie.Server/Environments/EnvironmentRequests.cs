using System.ComponentModel.DataAnnotations;
using Reverie.Environments;

namespace Reverie.Server.Environments;

// The bodies of requests, as the reference shows them. The endpoints read them field by field, so that a refusal names each.

/// <summary>A new environment.</summary>
internal sealed record NewEnvironment
{
    [StringLength(EnvironmentRules.NameCharsMax, MinimumLength = 1)] public required string Name { get; init; }

    [StringLength(EnvironmentRules.DescriptionCharsMax)] public string? Description { get; init; }

    /// <summary>Of the type cloud, with unrestricted networking, unless set.</summary>
    public object? Config { get; init; }

    /// <summary>At most 16 pairs, keys of 1 to 64 and values of at most 512 characters.</summary>
    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }

    [AllowedValues("organization")] public string? Scope { get; init; }
}

/// <summary>What is to change of an environment; what is absent stays.</summary>
internal sealed record EnvironmentUpdate
{
    [StringLength(EnvironmentRules.NameCharsMax, MinimumLength = 1)] public string? Name { get; init; }

    [StringLength(EnvironmentRules.DescriptionCharsMax)] public string? Description { get; init; }

    /// <summary>Of the type it has; what it leaves out stays.</summary>
    public object? Config { get; init; }

    /// <summary>Merged into what is there; a value of null or nothing removes its key.</summary>
    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }

    [AllowedValues("organization")] public string? Scope { get; init; }
}
