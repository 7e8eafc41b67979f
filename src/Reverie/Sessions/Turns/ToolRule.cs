using Reverie.Mcp;
using Reverie.Protocol.Agents;

namespace Reverie.Sessions.Turns;

/// <summary>What an agent's settings say of a tool.</summary>
/// <param name="Kind">Who answers its calls.</param>
/// <param name="Policy">Whether they may run; null where none is asked: tools of clients, delegation, tools the agent does not have.</param>
public sealed record ToolRule(CallKind Kind, PermissionPolicyType? Policy)
{
    /// <summary>A tool the agent does not have.</summary>
    public static ToolRule None { get; } = new(CallKind.BuiltIn, null);

    /// <summary>The tool of an MCP server; null for every other.</summary>
    public McpTool? Remote { get; init; }
}
