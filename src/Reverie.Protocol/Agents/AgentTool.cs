using System.Text.Json;
using System.Text.Json.Serialization;
using Reverie.Protocol.Json;

namespace Reverie.Protocol.Agents;

/// <summary>A tool or a set of tools an agent may call.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AgentToolset), "agent_toolset_20260401")]
[JsonDerivedType(typeof(McpToolset), "mcp_toolset")]
[JsonDerivedType(typeof(CustomTool), "custom")]
public abstract record AgentTool;

/// <summary>The built-in tools.</summary>
public sealed record AgentToolset : AgentTool
{
    /// <summary>For every tool that <see cref="Configs"/> does not name.</summary>
    public required ToolSettings DefaultConfig { get; init; }

    /// <summary>One entry at most for each tool, resolved.</summary>
    public required IReadOnlyList<BuiltInToolConfig> Configs { get; init; }

    /// <summary>What holds for one tool: its own entry, or the default.</summary>
    public ToolSettings SettingsOf(string name) =>
        Configs.FirstOrDefault(c => c.Name == name) is { } config ? new ToolSettings(config.Enabled, config.PermissionPolicy) : DefaultConfig;
}

/// <summary>The tools of one MCP server.</summary>
public sealed record McpToolset : AgentTool
{
    /// <summary>An entry of the agent's <c>mcp_servers</c>.</summary>
    public required string McpServerName { get; init; }

    /// <summary>For every tool that <see cref="Configs"/> does not name.</summary>
    public required ToolSettings DefaultConfig { get; init; }

    /// <summary>One entry at most for each tool, resolved.</summary>
    public required IReadOnlyList<McpToolConfig> Configs { get; init; }

    /// <summary>What holds for one tool: its own entry, or the default.</summary>
    public ToolSettings SettingsOf(string name) =>
        Configs.FirstOrDefault(c => c.Name == name) is { } config ? new ToolSettings(config.Enabled, config.PermissionPolicy) : DefaultConfig;
}

/// <summary>A tool that the client runs.</summary>
public sealed record CustomTool : AgentTool
{
    /// <summary>1 to 128 letters, digits, underscores and hyphens; unique among the agent's custom tools and no built-in tool's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, for the model; never empty.</summary>
    public required string Description { get; init; }

    /// <summary>JSON Schema of the input, as it was sent; its type is <c>object</c>.</summary>
    public required JsonElement InputSchema { get; init; }
}

/// <summary>One tool of an MCP server.</summary>
/// <param name="Name">The name the server reports.</param>
/// <param name="Enabled">Whether the model sees it.</param>
/// <param name="PermissionPolicy">Whether calls wait for a person.</param>
public sealed record McpToolConfig(string Name, bool Enabled, PermissionPolicy PermissionPolicy);

/// <summary>Whether a tool may be called, and how.</summary>
/// <param name="Enabled">Whether the model sees it.</param>
/// <param name="PermissionPolicy">Whether calls wait for a person.</param>
public sealed record ToolSettings(bool Enabled, PermissionPolicy PermissionPolicy);

/// <summary>Whether a call waits for a person.</summary>
/// <param name="Type">The rule.</param>
public sealed record PermissionPolicy(PermissionPolicyType Type)
{
    /// <summary>Calls run without asking.</summary>
    public static PermissionPolicy AlwaysAllow { get; } = new(PermissionPolicyType.AlwaysAllow);

    /// <summary>Calls wait for a confirmation.</summary>
    public static PermissionPolicy AlwaysAsk { get; } = new(PermissionPolicyType.AlwaysAsk);
}

/// <summary>The rules by which a call waits for a person.</summary>
[JsonConverter(typeof(WireNames<PermissionPolicyType>))]
public enum PermissionPolicyType
{
    /// <summary>Never.</summary>
    AlwaysAllow,

    /// <summary>Always.</summary>
    AlwaysAsk,

    /// <summary>Each call is judged: run, refuse or ask.</summary>
    Auto,
}

/// <summary>A remote MCP server. Holds no secret: those come from the session's vaults.</summary>
/// <param name="Name">What toolsets call it; 1 to 255 characters.</param>
/// <param name="Url">Where it listens; at most 2,048 characters.</param>
public sealed record McpServer(string Name, string Url)
{
    /// <summary>Always <c>url</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "url";
}

/// <summary>A skill at one version.</summary>
/// <param name="SkillId">The skill.</param>
/// <param name="Version">The version; never <c>latest</c>.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AnthropicSkill), "anthropic")]
[JsonDerivedType(typeof(CustomSkill), "custom")]
public abstract record SkillReference(string SkillId, string Version);

/// <summary>A skill that comes with the platform, by its short name.</summary>
public sealed record AnthropicSkill(string SkillId, string Version) : SkillReference(SkillId, Version);

/// <summary>A skill of the workspace.</summary>
public sealed record CustomSkill(string SkillId, string Version) : SkillReference(SkillId, Version);
