using System.Text.Json;
using Reverie.Inference;
using Reverie.Mcp;
using Reverie.Protocol.Json;
using Reverie.Sessions.Archive;

namespace Reverie.Sessions.Turns;

/// <summary>
/// One thread as its own list tells it: what the model has seen, which calls are open, what waits. <see cref="SessionState"/>
/// hands it its events in the order of the log.
/// </summary>
/// <param name="id">Null for the primary thread.</param>
public sealed class ThreadState(string? id)
{
    private readonly List<ModelMessage> _conversation = [];
    private readonly List<OpenCall> _calls = [];
    private readonly List<WaitingInput> _inputs = [];
    private readonly List<ThreadMessage> _mail = [];
    private readonly List<ModelBlock> _answer = [];
    private readonly List<string> _tasks = [];
    private bool _isPaused;

    /// <summary>Null for the primary thread.</summary>
    public string? Id { get; } = id;

    /// <summary>What the model sees, oldest first; after a compaction it begins with the summary.</summary>
    public IReadOnlyList<ModelMessage> Conversation => _conversation;

    /// <summary>The conversation names files, whose bytes must be put in before a model can read it.</summary>
    public bool NamesFiles { get; private set; }

    /// <summary>Calls without a result, in the order they were made.</summary>
    public IReadOnlyList<OpenCall> Calls => _calls;

    /// <summary>Waiting events but interrupts, in the order they came.</summary>
    public IReadOnlyList<WaitingInput> Inputs => _inputs;

    /// <summary>What other threads sent and this one has not taken up, in the order it was sent.</summary>
    public IReadOnlyList<ThreadMessage> Mail => _mail;

    /// <summary>Between the events that say that the thread runs and that it idles.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Waits before trying again.</summary>
    public bool IsRescheduling { get; private set; }

    /// <summary>It is over: archived, or its agent could not go on.</summary>
    public bool IsTerminated { get; private set; }

    /// <summary>Why it idles; null before its first turn and while it runs.</summary>
    public StopReason? LastStop { get; private set; }

    /// <summary>Its first turn ended.</summary>
    public bool HasIdled { get; private set; }

    /// <summary>Calls named by the last request for action.</summary>
    public int AskedCount { get; private set; }

    /// <summary>The model request that has begun and not ended; null for none.</summary>
    public string? OpenRequestId { get; private set; }

    /// <summary>The last answer of the model was a refusal.</summary>
    public ModelRefusal? Refusal { get; private set; }

    /// <summary>Model requests that failed since the last that did not.</summary>
    public int Failures { get; private set; }

    /// <summary>Answers with tool calls since the turn began.</summary>
    public int ToolRounds { get; private set; }

    /// <summary>Compactions since the last answer.</summary>
    public int Compactions { get; private set; }

    /// <summary>Summaries since the last answer that did not come about: each leaves out more of the conversation.</summary>
    public int FailedSummaries { get; private set; }

    /// <summary>The provider said that the conversation does not fit.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Tokens of the last request and its answer: about what the next one begins with.</summary>
    public long WindowTokens { get; private set; }

    /// <summary>Tokens of all requests.</summary>
    public ModelUsage Usage { get; private set; } = ModelUsage.None;

    /// <summary>List price of all requests in US dollars; null when a model had none.</summary>
    public decimal? ModelCost { get; private set; } = 0;

    /// <summary>The model has something to answer.</summary>
    public bool IsModelNext => _calls.Count == 0 && _conversation.Count > 0 && (_isPaused || _conversation[^1].Role != ModelRole.Assistant);

    /// <summary>Time with work under way in turns that ended.</summary>
    public TimeSpan Active { get; private set; }

    /// <summary>When the present turn began; null when none is open.</summary>
    public DateTimeOffset? RunningSince { get; private set; }

    /// <summary>The words of the last answer, for who set the agent to work.</summary>
    public string LastWords => _conversation.Count > 0 && _conversation[^1].Role == ModelRole.Assistant ? string.Join("\n\n", _conversation[^1].Blocks.OfType<TextBlock>().Select(static t => t.Text)) : "";

    /// <summary>It was given something to do and has not begun.</summary>
    public bool HasTask { get; private set; }

    /// <summary>Gives it something to do: said to the model as soon as nothing of its conversation is open.</summary>
    internal void Give(string task)
    {
        _tasks.Add(task);
        BeginTasks();
    }

    /// <summary>Takes back what it was given to do and has not begun.</summary>
    internal void Withdraw()
    {
        _tasks.Clear();
        HasTask = false;
    }

    internal void Await(WaitingInput input) => _inputs.Add(input);

    internal void Deliver(ThreadMessage message)
    {
        if (!IsTerminated) _mail.Add(message);
    }

    /// <summary>Takes the next event of its list; waiting ones come by <see cref="Await"/>.</summary>
    internal void Apply(LoggedEvent logged, JsonElement entry)
    {
        var kept = logged.Kept;
        switch (logged.Type)
        {
            case EventTypes.UserMessage:
                TakeUp(entry);
                Say(ModelRole.User, WireContent.Read(entry.GetProperty("content")));
                break;
            case EventTypes.SystemMessage:
                TakeUp(entry);
                Say(ModelRole.System, WireContent.Read(entry.GetProperty("content")));
                break;
            case EventTypes.UserToolConfirmation:
                Confirm(WireContent.Text(entry, "tool_use_id"), new Confirmation(WireContent.Text(entry, "result") == "allow", WireContent.OptionalText(entry, "deny_message")));
                break;
            case EventTypes.UserCustomToolResult:
                Answer(WireContent.Text(entry, "custom_tool_use_id"), entry);
                break;
            case EventTypes.ThreadMessageReceived:
                Receive(entry);
                break;
            case EventTypes.AgentMcpToolResult:
                Answer(WireContent.Text(entry, "mcp_tool_use_id"), entry);
                break;
            case EventTypes.AgentToolResult or EventTypes.UserToolResult or EventTypes.DelegationResult:
                Answer(WireContent.Text(entry, "tool_use_id"), entry);
                break;
            case EventTypes.AgentThinking:
                if (kept is not null) _answer.AddRange(ModelBlocksJson.Read(kept));
                break;
            case EventTypes.AgentMessage:
                _answer.AddRange(WireContent.Read(entry.GetProperty("content")));
                break;
            case EventTypes.AgentToolUse:
                Call(entry, CallKind.BuiltIn, VerdictOf(entry));
                break;
            case EventTypes.AgentMcpToolUse:
                Call(entry, CallKind.Mcp, VerdictOf(entry));
                break;
            case EventTypes.AgentCustomToolUse:
                Call(entry, CallKind.Custom, CallVerdict.Allow);
                break;
            case EventTypes.DelegationUse:
                Call(entry, CallKind.Delegation, CallVerdict.Allow);
                break;
            case EventTypes.ModelRequestStart:
                (OpenRequestId, HasTask) = (WireContent.Text(entry, "id"), false);
                break;
            case EventTypes.ModelRequestEnd:
                EndRequest(entry, kept);
                break;
            case EventTypes.ContextCompacted:
                _conversation.Clear();
                _conversation.Add(new ModelMessage(ModelRole.User, ModelBlocksJson.Read(kept!)));
                (IsTooLong, WindowTokens, Compactions, FailedSummaries, NamesFiles) = (false, 0, Compactions + 1, 0, false);
                break;
            case EventTypes.ThreadRunning:
                (IsRunning, IsRescheduling, LastStop, AskedCount) = (true, false, null, 0);
                RunningSince ??= ProcessedAt(entry);
                break;
            case EventTypes.ThreadRescheduled:
                IsRescheduling = true;
                break;
            case EventTypes.ThreadIdle:
                Idle(entry);
                break;
            case EventTypes.ThreadTerminated:
                (IsTerminated, IsRunning, IsRescheduling) = (true, false, false);
                _calls.Clear();
                _mail.Clear();
                break;
        }
        BeginTasks();
    }

    private void BeginTasks()
    {
        if (_tasks.Count == 0 || OpenRequestId is not null || _answer.Count > 0 || _calls.Count > 0) return;
        Say(ModelRole.User, [.. _tasks.Select(static t => new TextBlock(t))]);
        _tasks.Clear();
        (HasTask, ToolRounds, Refusal) = (true, 0, null);
    }

    private void TakeUp(JsonElement entry)
    {
        var eventId = WireContent.Text(entry, "id");
        _inputs.RemoveAll(i => i.Id == eventId);
        (ToolRounds, Refusal) = (0, null);
    }

    private void Receive(JsonElement entry)
    {
        var from = WireContent.Text(entry, "from_session_thread_id");
        if (_mail.FindIndex(m => m.FromThreadId == from) is >= 0 and var at) _mail.RemoveAt(at);
        (ToolRounds, Refusal) = (0, null);
        // Its lead is an agent's user: only what comes from other agents is marked.
        IReadOnlyList<ModelBlock> mark = WireContent.OptionalText(entry, "from_agent_name") is { } name ? [new TextBlock($"Message from the agent {name} (thread {from}):")] : [];
        Say(ModelRole.User, [.. mark, .. WireContent.Read(entry.GetProperty("content"))]);
    }

    private void Say(ModelRole role, IReadOnlyList<ModelBlock> blocks)
    {
        NamesFiles |= Attachments.Name(blocks);
        // Results and what a person adds to them are one message to the model.
        if (_conversation.Count > 0 && _conversation[^1] is { } last && last.Role == role && role == ModelRole.User) _conversation[^1] = last with { Blocks = [.. last.Blocks, .. blocks] };
        else _conversation.Add(new ModelMessage(role, blocks));
    }

    private void Call(JsonElement entry, CallKind kind, CallVerdict permission)
    {
        var call = new OpenCall(WireContent.Text(entry, "id"), kind, WireContent.Text(entry, "name"), entry.GetProperty("input").GetRawText(), permission) { McpServer = kind == CallKind.Mcp ? WireContent.Text(entry, "mcp_server_name") : null };
        _calls.Add(call);
        _answer.Add(new ToolUseBlock(call.Id, call.McpServer is { } server ? McpToolName.Of(server, call.Name) : call.Name, call.Input));
    }

    private static CallVerdict VerdictOf(JsonElement entry) => WireContent.OptionalText(entry, "evaluated_permission") switch { "allow" => CallVerdict.Allow, "ask" => CallVerdict.Ask, _ => CallVerdict.Deny };

    private void Confirm(string id, Confirmation confirmation)
    {
        var at = _calls.FindIndex(c => c.Id == id);
        if (at >= 0 && _calls[at].Confirmation is null) _calls[at] = _calls[at] with { Confirmation = confirmation };
    }

    /// <summary>A second result for a call has no effect.</summary>
    private void Answer(string callId, JsonElement entry)
    {
        if (_calls.RemoveAll(c => c.Id == callId) == 0) return;
        var content = entry.TryGetProperty("content", out var given) && given.ValueKind == JsonValueKind.Array ? WireContent.Read(given) : [];
        Say(ModelRole.User, [new ToolResultBlock(callId, content, entry.TryGetProperty("is_error", out var wrong) && wrong.ValueKind == JsonValueKind.True)]);
    }

    private void EndRequest(JsonElement entry, string? kept)
    {
        OpenRequestId = null;
        var note = kept is null ? RequestNote.None : RequestNote.Read(kept);
        var usage = WireUsage.Read(entry.GetProperty("model_usage"), note.CacheCreation1hInputTokens);
        Usage += usage + (note.Judged ?? ModelUsage.None);
        ModelCost = note.IsUnpriced ? null : ModelCost + note.Cost;
        if (entry.TryGetProperty("is_error", out var wrong) && wrong.ValueKind == JsonValueKind.True)
        {
            if (!note.IsInterrupted) Failures++;
            if (note.IsSummary && note.IsTooLong) FailedSummaries++;
            IsTooLong |= note.IsTooLong;
            return;
        }
        Failures = 0;
        if (note.IsSummary)
        {
            // The summary itself comes with the event that says the conversation was compacted; without one there was none.
            FailedSummaries++;
            return;
        }
        (Compactions, FailedSummaries, Refusal, IsTooLong) = (0, 0, note.Refusal, note.IsTooLong);
        WindowTokens = usage.InputTokens + usage.CacheReadInputTokens + usage.CacheCreationInputTokens + usage.OutputTokens;
        if (note.IsPaused || _answer.Any(static b => b is ToolUseBlock)) ToolRounds++;
        // An answer without words is an answer: the turn is over and the model is not asked the same again.
        if (_isPaused && _conversation[^1] is { Role: ModelRole.Assistant } begun) _conversation[^1] = begun with { Blocks = [.. begun.Blocks, .. _answer] };
        else _conversation.Add(new ModelMessage(ModelRole.Assistant, [.. _answer]));
        _isPaused = note.IsPaused;
        _answer.Clear();
    }

    private void Idle(JsonElement entry)
    {
        var reason = entry.GetProperty("stop_reason");
        if (RunningSince is { } since) Active += ProcessedAt(entry) - since;
        (IsRunning, IsRescheduling, RunningSince, HasIdled) = (false, false, null, true);
        LastStop = WireNames<StopReason>.TryParse(WireContent.Text(reason, "type"), out var stop) ? stop : StopReason.EndTurn;
        AskedCount = LastStop == StopReason.RequiresAction ? reason.GetProperty("event_ids").GetArrayLength() : 0;
        // Money or a model is missing: what was to be done is not begun by itself.
        if (LastStop is StopReason.RetriesExhausted or StopReason.BudgetReached) HasTask = false;
        if (LastStop == StopReason.RetriesExhausted) (Failures, ToolRounds, Compactions, FailedSummaries) = (0, 0, 0, 0);
    }

    private static DateTimeOffset ProcessedAt(JsonElement entry) => entry.GetProperty("processed_at").GetDateTimeOffset();
}

/// <summary>What one thread wrote to another.</summary>
/// <param name="FromThreadId">Begins with <c>sthr_</c>.</param>
/// <param name="Content">Content blocks as the wire carries them.</param>
public sealed record ThreadMessage(string FromThreadId, string Content);
