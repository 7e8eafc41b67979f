using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Reverie.Inference;
using Reverie.Mcp;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Outcomes;

namespace Reverie.Sessions.Turns;

/// <summary>The events a turn writes, in the shapes of the public contract.</summary>
public static class TurnEvents
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Events of this type wait when they come in, until a turn takes them up.</summary>
    public static bool Waits(string type) => type is EventTypes.UserMessage or EventTypes.SystemMessage or EventTypes.UserInterrupt;

    public static NewEvent SessionRunning { get; } = new(EventTypes.SessionRunning, null);

    public static NewEvent SessionRescheduled { get; } = new(EventTypes.SessionRescheduled, null);

    public static NewEvent ThreadRunning(ThreadName thread) => Of(EventTypes.ThreadRunning, thread.Write);

    public static NewEvent ThreadRescheduled(ThreadName thread) => Of(EventTypes.ThreadRescheduled, thread.Write);

    public static NewEvent ThreadTerminated(ThreadName thread) => Of(EventTypes.ThreadTerminated, thread.Write);

    public static NewEvent ThreadIdle(ThreadName thread, StopReason reason, IReadOnlyList<OpenCall> asks, ModelRefusal? refusal) => Of(EventTypes.ThreadIdle, json =>
    {
        thread.Write(json);
        WriteStop(json, reason, asks, refusal);
    });

    public static NewEvent SessionIdle(StopReason reason, IReadOnlyList<OpenCall> asks, ModelRefusal? refusal) => Of(EventTypes.SessionIdle, json => WriteStop(json, reason, asks, refusal));

    public static NewEvent ThreadCreated(ThreadName thread) => Of(EventTypes.ThreadCreated, json =>
    {
        thread.Write(json);
        json.WriteNull("workflow_run_id");
    });

    /// <param name="to">Whom it is for.</param>
    /// <param name="toName">Null for the primary thread.</param>
    /// <param name="text">What is said.</param>
    public static NewEvent MessageSent(string to, string? toName, string text) => Of(EventTypes.ThreadMessageSent, json =>
    {
        json.WriteString("to_session_thread_id", to);
        if (toName is not null) json.WriteString("to_agent_name", toName);
        WriteContent(json, [new TextBlock(text)]);
    });

    /// <param name="message">What was sent.</param>
    /// <param name="fromName">Null for the primary thread.</param>
    public static NewEvent MessageReceived(ThreadMessage message, string? fromName) => Of(EventTypes.ThreadMessageReceived, json =>
    {
        json.WriteString("from_session_thread_id", message.FromThreadId);
        if (fromName is not null) json.WriteString("from_agent_name", fromName);
        json.WriteRaw("content", message.Content);
    });

    /// <summary>A call of a delegation tool, for the conversation alone.</summary>
    public static NewEvent DelegationUse(string id, ToolUseBlock use) => Of(EventTypes.DelegationUse, json => WriteCall(json, use)) with { Id = id, ThreadId = NewEvent.Nowhere };

    /// <param name="usage">What the session has used so far.</param>
    /// <param name="budget">Its cap; null for none.</param>
    public static NewEvent Usage(SessionUsage usage, SessionBudget? budget) => Of(EventTypes.SessionUsage, json =>
    {
        json.WritePropertyName("usage");
        JsonSerializer.Serialize(json, usage, WireJson.Wire.SessionUsage);
        json.WritePropertyName("budget");
        if (budget is null) json.WriteNullValue();
        else JsonSerializer.Serialize(json, budget, WireJson.Wire.SessionBudget);
    });

    public static NewEvent RequestStart(string id) => new(EventTypes.ModelRequestStart, null) { Id = id };

    public static NewEvent RequestEnd(string startId, bool isError, ModelUsage usage, RequestNote note) => Of(EventTypes.ModelRequestEnd, json =>
    {
        json.WriteString("model_request_start_id", startId);
        json.WriteBoolean("is_error", isError);
        WriteUsage(json, "model_usage", usage);
    }) with
    { Kept = (note with { CacheCreation1hInputTokens = usage.CacheCreation1hInputTokens }).Write() };

    public static NewEvent Said(string id, IReadOnlyList<ModelBlock> text) => Of(EventTypes.AgentMessage, json => WriteContent(json, text)) with { Id = id };

    public static NewEvent Thought(string id, ModelBlock thinking) => new(EventTypes.AgentThinking, null) { Id = id, Kept = ModelBlocksJson.Write([thinking]) };

    public static NewEvent ToolUse(string id, ToolUseBlock use, CallDecision decision) => ServerToolUse(EventTypes.AgentToolUse, id, null, use, decision);

    /// <param name="server">As the agent names it.</param>
    /// <param name="use">With the tool's own name.</param>
    public static NewEvent McpToolUse(string id, string server, ToolUseBlock use, CallDecision decision) => ServerToolUse(EventTypes.AgentMcpToolUse, id, server, use, decision);

    private static NewEvent ServerToolUse(string type, string id, string? server, ToolUseBlock use, CallDecision decision) => Of(type, json =>
    {
        var verdict = WireNames<CallVerdict>.Of(decision.Verdict);
        if (server is not null) json.WriteString("mcp_server_name", server);
        WriteCall(json, use);
        json.WriteString("evaluated_permission", verdict);
        if (decision.Policy is not { } policy) return;
        json.WriteStartObject("evaluation");
        json.WriteString("type", WireNames<PermissionPolicyType>.Of(policy));
        if (decision.Judgement is { } judgement)
        {
            json.WriteStartObject("evaluated_permission");
            json.WriteString("type", verdict);
            if (judgement.ReasonCode is { } code) json.WriteString("reason_code", code);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }) with
    { Id = id, NeedsClient = decision.Verdict == CallVerdict.Ask, Kept = decision.Judgement?.Note.Write() };

    public static NewEvent CustomToolUse(string id, ToolUseBlock use) => Of(EventTypes.AgentCustomToolUse, json => WriteCall(json, use)) with { Id = id, NeedsClient = true };

    /// <summary>The result of a call in the words of the server.</summary>
    public static NewEvent Result(OpenCall call, string text, bool isError) => Result(call, [new TextBlock(text)], isError);

    public static NewEvent Result(OpenCall call, IReadOnlyList<ModelBlock> content, bool isError)
    {
        var (type, id) = call.Kind switch
        {
            CallKind.Custom => (EventTypes.UserCustomToolResult, "custom_tool_use_id"),
            CallKind.Mcp => (EventTypes.AgentMcpToolResult, "mcp_tool_use_id"),
            CallKind.Delegation => (EventTypes.DelegationResult, "tool_use_id"),
            _ => (EventTypes.AgentToolResult, "tool_use_id"),
        };
        return Of(type, json =>
        {
            json.WriteString(id, call.Id);
            WriteContent(json, content);
            json.WriteBoolean("is_error", isError);
        }) with
        { ThreadId = call.Kind == CallKind.Delegation ? NewEvent.Nowhere : null };
    }

    /// <summary>The event as the session's list tells of it when it stands on a thread's.</summary>
    public static NewEvent Copy(NewEvent entry, string threadId) => entry with
    {
        ThreadId = null,
        IsCopy = true,
        Fields = $"{{\"session_thread_id\":\"{threadId}\"{(entry.Fields is { Length: > 2 } fields ? string.Concat(",", fields.AsSpan(1)) : "}")}",
    };

    /// <param name="retryStatus"><c>retrying</c>, <c>exhausted</c> or <c>terminal</c>.</param>
    public static NewEvent Error(string type, string message, string retryStatus) => Of(EventTypes.SessionError, json =>
    {
        json.WriteStartObject("error");
        json.WriteString("type", type);
        json.WriteString("message", message);
        json.WriteRaw("retry_status", $$"""{"type":"{{retryStatus}}"}""");
        json.WriteEndObject();
    });

    /// <summary>An MCP server cannot be asked; it is tried again when the next turn begins.</summary>
    public static NewEvent McpError(McpServerException error) => Of(EventTypes.SessionError, json =>
    {
        json.WriteStartObject("error");
        json.WriteString("type", error.IsAuthentication ? "mcp_authentication_failed_error" : "mcp_connection_failed_error");
        json.WriteString("message", error.Message);
        json.WriteString("mcp_server_name", error.ServerName);
        json.WriteRaw("retry_status", """{"type":"retrying"}""");
        json.WriteEndObject();
    });

    /// <param name="summary">What stands for the conversation from now on.</param>
    public static NewEvent Compacted(string summary) => new(EventTypes.ContextCompacted, null) { Kept = ModelBlocksJson.Write([new TextBlock(summary)]) };

    /// <param name="id">The evaluation's own.</param>
    public static NewEvent EvaluationStart(string id, Outcome outcome) => Of(EventTypes.EvaluationStart, json => WriteOutcome(json, outcome)) with { Id = id };

    public static NewEvent EvaluationOngoing(Outcome outcome) => Of(EventTypes.EvaluationOngoing, json => WriteOutcome(json, outcome));

    /// <param name="result">How the outcome goes on.</param>
    /// <param name="note">What the grader found beyond what the wire carries.</param>
    public static NewEvent EvaluationEnd(Outcome outcome, string result, string explanation, ModelUsage usage, VerdictNote note) => Of(EventTypes.EvaluationEnd, json =>
    {
        json.WriteString("outcome_evaluation_start_id", outcome.EvaluationId ?? "");
        WriteOutcome(json, outcome);
        json.WriteString("result", result);
        json.WriteString("explanation", explanation);
        WriteUsage(json, "usage", usage);
    }) with
    { Kept = note.Write() };

    /// <summary>Fields of an event, written by a function.</summary>
    public static string Fields(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static NewEvent Of(string type, Action<Utf8JsonWriter> write) => new(type, Fields(write));

    private static void WriteOutcome(Utf8JsonWriter json, Outcome outcome)
    {
        json.WriteString("outcome_id", outcome.Id);
        json.WriteNumber("iteration", outcome.Iteration);
    }

    private static void WriteUsage(Utf8JsonWriter json, string name, ModelUsage usage)
    {
        json.WriteStartObject(name);
        json.WriteNumber("input_tokens", usage.InputTokens);
        json.WriteNumber("output_tokens", usage.OutputTokens);
        json.WriteNumber("cache_read_input_tokens", usage.CacheReadInputTokens);
        json.WriteNumber("cache_creation_input_tokens", usage.CacheCreationInputTokens);
        json.WriteEndObject();
    }

    private static void WriteCall(Utf8JsonWriter json, ToolUseBlock use)
    {
        json.WriteString("name", use.Name);
        json.WritePropertyName("input");
        json.WriteRawValue(use.Input, skipInputValidation: true);
    }

    private static void WriteStop(Utf8JsonWriter json, StopReason reason, IReadOnlyList<OpenCall> asks, ModelRefusal? refusal)
    {
        json.WriteStartObject("stop_reason");
        json.WriteString("type", WireNames<StopReason>.Of(reason));
        if (reason == StopReason.RequiresAction)
        {
            json.WriteStartArray("event_ids");
            foreach (var call in asks) json.WriteStringValue(call.Id);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        if (reason != StopReason.Refusal)
        {
            json.WriteNull("stop_details");
            return;
        }
        json.WriteStartObject("stop_details");
        json.WriteString("type", "refusal");
        json.WriteString("category", refusal?.Category);
        json.WriteString("explanation", refusal?.Explanation);
        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, IReadOnlyList<ModelBlock> blocks)
    {
        json.WriteStartArray("content");
        foreach (var block in blocks) WireContent.Write(json, block);
        json.WriteEndArray();
    }

    private static void WriteRaw(this Utf8JsonWriter json, string name, string value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value, skipInputValidation: true);
    }
}

/// <summary>A thread as events name it.</summary>
/// <param name="Id">Begins with <c>sthr_</c>.</param>
/// <param name="AgentName">Who works on it.</param>
public sealed record ThreadName(string Id, string AgentName)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("session_thread_id", Id);
        json.WriteString("agent_name", AgentName);
    }
}
