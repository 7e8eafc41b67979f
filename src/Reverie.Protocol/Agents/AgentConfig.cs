namespace Reverie.Protocol.Agents;

/// <summary>
/// What an agent is made of, as far as a saved agent, a session's copy of it and a subagent's definition share it. Every
/// default is resolved. Lists are compared by reference; compare the JSON where it matters.
/// </summary>
public abstract record AgentConfig
{
    /// <summary>What people call it; 1 to 256 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Null when it has none.</summary>
    public required string? Description { get; init; }

    /// <summary>The model it thinks with.</summary>
    public required ModelConfig Model { get; init; }

    /// <summary>The system prompt; null when it has none.</summary>
    public required string? System { get; init; }

    /// <summary>What it may call.</summary>
    public required IReadOnlyList<AgentTool> Tools { get; init; }

    /// <summary>The MCP servers its toolsets name; names are unique.</summary>
    public required IReadOnlyList<McpServer> McpServers { get; init; }

    /// <summary>Skills it can read, each at one version.</summary>
    public required IReadOnlyList<SkillReference> Skills { get; init; }

    /// <summary>In whose name it runs.</summary>
    public ExecutionIdentity ExecutionIdentity { get; init; } = new();
}

/// <summary>In whose name an agent runs. This server knows one identity: its own.</summary>
public sealed record ExecutionIdentity
{
    /// <summary>Always <c>service_account</c>.</summary>
    public string Type { get; } = "service_account";
}
