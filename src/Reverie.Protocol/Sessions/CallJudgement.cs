namespace Reverie.Protocol.Sessions;

/// <summary>What was decided about one call under the permission policy <c>auto</c>, and why.</summary>
/// <param name="Id">The event of the call.</param>
/// <param name="SessionThreadId">The thread that made it; null for the session's primary one.</param>
/// <param name="McpServerName">The MCP server whose tool was called; null for a built-in tool.</param>
/// <param name="Name">The tool.</param>
/// <param name="EvaluatedPermission"><c>allow</c>, <c>ask</c> or <c>deny</c>.</param>
/// <param name="ReasonCode"><c>high_risk</c> or <c>indeterminate</c>; null for a call that was allowed.</param>
/// <param name="Reason">Why, in the judge's words or the server's; may be empty.</param>
/// <param name="Model">The model that judged; null when none was asked.</param>
/// <param name="ProcessedAt">When the call was made.</param>
public sealed record CallJudgement(string Id, string? SessionThreadId, string? McpServerName, string Name, string EvaluatedPermission, string? ReasonCode, string Reason, string? Model, DateTimeOffset ProcessedAt)
{
    /// <summary>Always <c>call_judgement</c>.</summary>
    public string Type { get; } = "call_judgement";
}
