using System.Diagnostics;
using Reverie.Mcp;
using Reverie.Protocol.Agents;
using Reverie.Sessions.Judging;

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

/// <summary>Whether a call that the server runs may run, and who said so (public contract, "Permission evaluation").</summary>
/// <param name="Verdict">Whether it may.</param>
/// <param name="Policy">The policy that led to it; null where none was asked.</param>
/// <param name="Judgement">Set under the policy <c>auto</c>, null otherwise.</param>
public sealed record Permission(CallVerdict Verdict, PermissionPolicyType? Policy, Judgement? Judgement = null)
{
    /// <param name="judgement">Needed under the policy <c>auto</c>.</param>
    public static Permission Of(PermissionPolicyType? policy, Judgement? judgement) => policy switch
    {
        null => new(CallVerdict.Deny, null),
        PermissionPolicyType.AlwaysAllow => new(CallVerdict.Allow, policy),
        PermissionPolicyType.AlwaysAsk => new(CallVerdict.Ask, policy),
        PermissionPolicyType.Auto => new(judgement!.Verdict, policy, judgement),
        _ => throw new UnreachableException($"{policy}"),
    };
}
