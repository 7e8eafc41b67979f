namespace Reverie.Sessions.Turns;

/// <summary>The wire types of events (public contract, "Event catalogue").</summary>
public static class EventTypes
{
    public const string UserMessage = "user.message";
    public const string UserInterrupt = "user.interrupt";
    public const string UserToolConfirmation = "user.tool_confirmation";
    public const string UserCustomToolResult = "user.custom_tool_result";
    public const string UserToolResult = "user.tool_result";
    public const string UserDefineOutcome = "user.define_outcome";
    public const string SystemMessage = "system.message";
    public const string AgentMessage = "agent.message";
    public const string AgentThinking = "agent.thinking";
    public const string AgentToolUse = "agent.tool_use";
    public const string AgentToolResult = "agent.tool_result";
    public const string AgentMcpToolUse = "agent.mcp_tool_use";
    public const string AgentMcpToolResult = "agent.mcp_tool_result";
    public const string AgentCustomToolUse = "agent.custom_tool_use";
    public const string ThreadMessageSent = "agent.thread_message_sent";
    public const string ThreadMessageReceived = "agent.thread_message_received";
    public const string ContextCompacted = "agent.thread_context_compacted";
    public const string SessionRunning = "session.status_running";
    public const string SessionIdle = "session.status_idle";
    public const string SessionRescheduled = "session.status_rescheduled";
    public const string SessionTerminated = "session.status_terminated";
    public const string SessionDeleted = "session.deleted";
    public const string SessionUpdated = "session.updated";
    public const string SessionUsage = "session.usage";
    public const string SessionError = "session.error";
    public const string ThreadCreated = "session.thread_created";
    public const string ThreadRunning = "session.thread_status_running";
    public const string ThreadIdle = "session.thread_status_idle";
    public const string ThreadRescheduled = "session.thread_status_rescheduled";
    public const string ThreadTerminated = "session.thread_status_terminated";
    public const string EvaluationStart = "span.outcome_evaluation_start";
    public const string EvaluationOngoing = "span.outcome_evaluation_ongoing";
    public const string EvaluationEnd = "span.outcome_evaluation_end";
    public const string ModelRequestStart = "span.model_request_start";
    public const string ModelRequestEnd = "span.model_request_end";

    /// <summary>A call of a delegation tool, which the wire never shows.</summary>
    public const string DelegationUse = "reverie.delegation_use";

    /// <summary>What a delegation tool answered, which the wire never shows.</summary>
    public const string DelegationResult = "reverie.delegation_result";

    /// <summary>A call of an agent that the server runs, if need be once a person allowed it.</summary>
    public static bool IsServerCall(string type) => type is AgentToolUse or AgentMcpToolUse;

    /// <summary>A call of an agent, whoever answers it.</summary>
    public static bool IsCall(string type) => IsServerCall(type) || type == AgentCustomToolUse;

    /// <summary>The answer to a call, whoever gave it.</summary>
    public static bool IsCallResult(string type) => type is AgentToolResult or AgentMcpToolResult or UserCustomToolResult;
}
