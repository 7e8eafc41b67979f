using System.ComponentModel.DataAnnotations;
using Reverie.Agents;
using Reverie.Server.Http;

namespace Reverie.Server.Agents;

// The bodies of requests, as the reference shows them. The endpoints read them field by field, so that a refusal names each.

/// <summary>An agent to be saved.</summary>
internal sealed record NewAgent
{
    [StringLength(AgentLimits.NameCharsMax, MinimumLength = 1)] public required string Name { get; init; }

    /// <summary>The model's name, or the name with how it is used.</summary>
    [Either(typeof(string), typeof(ModelChoice))] public required object Model { get; init; }

    [StringLength(AgentLimits.DescriptionCharsMax)] public string? Description { get; init; }

    [StringLength(AgentLimits.SystemCharsMax)] public string? System { get; init; }

    /// <summary>Toolsets and custom tools, at most 256 counted together.</summary>
    public IReadOnlyList<object>? Tools { get; init; }

    /// <summary>At most 20, each named by a toolset.</summary>
    public IReadOnlyList<object>? McpServers { get; init; }

    /// <summary>Skills of the workspace, at most 500, each once; without a version the newest there is now.</summary>
    public IReadOnlyList<object>? Skills { get; init; }

    public object? Multiagent { get; init; }

    /// <summary>At most 16 pairs, keys of 1 to 64 and values of at most 512 characters.</summary>
    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }

    public object? ExecutionIdentity { get; init; }
}

/// <summary>What is to change of an agent; what is absent stays.</summary>
internal sealed record AgentUpdate
{
    /// <summary>The version this change was made for; unless set, the last writer wins.</summary>
    [Range(1, int.MaxValue)] public int? Version { get; init; }

    [StringLength(AgentLimits.NameCharsMax, MinimumLength = 1)] public string? Name { get; init; }

    /// <summary>The model's name, or the name with how it is used.</summary>
    [Either(typeof(string), typeof(ModelChoice))] public object? Model { get; init; }

    [StringLength(AgentLimits.DescriptionCharsMax)] public string? Description { get; init; }

    [StringLength(AgentLimits.SystemCharsMax)] public string? System { get; init; }

    /// <summary>Replaces all of them.</summary>
    public IReadOnlyList<object>? Tools { get; init; }

    /// <summary>Replaces all of them.</summary>
    public IReadOnlyList<object>? McpServers { get; init; }

    /// <summary>Replaces all of them.</summary>
    public IReadOnlyList<object>? Skills { get; init; }

    public object? Multiagent { get; init; }

    /// <summary>Merged into what is there; a value of null removes its key.</summary>
    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }

    public object? ExecutionIdentity { get; init; }
}

/// <summary>A model and how it is used.</summary>
internal sealed record ModelChoice
{
    public required string Id { get; init; }

    /// <summary>A level, as a word or as an object with a type.</summary>
    public object? Effort { get; init; }

    [AllowedValues("us", "global")] public string? InferenceGeo { get; init; }

    [AllowedValues("standard", "fast")] public string? Speed { get; init; }
}
