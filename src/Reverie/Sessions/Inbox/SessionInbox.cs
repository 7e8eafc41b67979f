using System.Text.Json;
using Reverie.Inference;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Outcomes;
using Reverie.Sessions.Turns;
using Reverie.Storage;

namespace Reverie.Sessions.Inbox;

/// <summary>Takes in what clients send to a session: checks it against the session as it is, writes it down, wakes who runs it.</summary>
public sealed class SessionInbox(LocalLoop loop, SessionLog log, ModelRegistry models, IdGenerator ids, TimeProvider clock)
{
    private static readonly string[] StartsWork = [EventTypes.UserMessage, EventTypes.SystemMessage, EventTypes.UserDefineOutcome];

    public async ValueTask<SendOutcome> SendAsync(DbSession db, string workspaceId, Id<Session> id, IReadOnlyList<ClientEvent> events)
    {
        if (await InboxSession.HoldAsync(db, workspaceId, id) is not { } session) return new SendOutcome.NoSession();
        if (session.IsArchived) return new SendOutcome.Archived();
        if (await InboxTerms.FindAsync(db, workspaceId, id) is not { } terms) return new SendOutcome.Refused(0, "The session did not start here: it was imported, or is a dream's, and takes no events.");
        var waiting = session.Waiting.ToList();
        var routes = new List<string?>(events.Count);
        for (var i = 0; i < events.Count; i++)
        {
            var sent = events[i];
            if (await ProblemAsync(db, session, terms, waiting, i == 0 ? null : events[i - 1], sent) is var (reason, code)) return new SendOutcome.Refused(i, reason, code);
            if (sent.Type == EventTypes.UserDefineOutcome && events.Take(i).Any(static e => e.Type == EventTypes.UserDefineOutcome)) return new SendOutcome.Refused(i, "One outcome is worked on at a time.");
            routes.Add(waiting.Find(w => w.Id == sent.CallId)?.ThreadId);
            // An interrupt closes every call of the threads it is for.
            waiting.RemoveAll(w => w.Id == sent.CallId || (sent.Type == EventTypes.UserInterrupt && (sent.ThreadId is null || sent.ThreadId == (w.ThreadId ?? terms.PrimaryThreadId))));
        }
        // Nothing is written before all of them are known to fit.
        var entries = new List<NewEvent>(events.Count);
        var copies = new List<NewEvent>();
        foreach (var (sent, thread) in events.Zip(routes))
        {
            var entry = await EntryAsync(db, workspaceId, id, sent);
            // An answer to a thread's call stands on its list, and the session's tells of it.
            if (thread is not null) copies.Add(entry with { ThreadId = thread });
            entries.Add(thread is null ? entry : TurnEvents.Copy(entry, thread));
        }
        var now = DbTime.UtcNow(clock);
        var written = entries.Concat(copies).Select(e => log.Render(e, now)).ToList();
        await SessionLog.ReceiveAsync(db, workspaceId, id, now, written, WaitingCalls.Write(waiting), claims: loop.IsTaking && session.IsFree);
        return new SendOutcome.Accepted(written[..entries.Count]);
    }

    /// <summary>The event as the log takes it.</summary>
    internal async ValueTask<NewEvent> EntryAsync(DbSession db, string workspaceId, Id<Session> id, ClientEvent sent)
    {
        if (sent.Type != EventTypes.UserDefineOutcome) return new NewEvent(sent.Type, sent.Fields) { IsWaiting = !sent.IsImmediate };
        var outcomeId = ids.New("outc");
        var entry = new NewEvent(sent.Type, $"{{\"outcome_id\":\"{outcomeId}\",{sent.Fields.AsSpan(1)}");
        using var fields = JsonDocument.Parse(sent.Fields);
        await OutcomeRecords.AddAsync(db, workspaceId, id, outcomeId, fields.RootElement.GetProperty("description").GetString()!);
        return entry;
    }

    /// <summary>Why the event does not fit; null when it does.</summary>
    private async ValueTask<(string Reason, string? Code)?> ProblemAsync(DbSession db, InboxSession session, InboxTerms terms, List<WaitingCall> waiting, ClientEvent? before, ClientEvent sent)
    {
        if (sent.ThreadId is { } thread && thread != terms.PrimaryThreadId && await ThreadProblemAsync(db, session, thread) is { } problem) return (problem, null);
        if (StartsWork.Contains(sent.Type) && IsAtCap(session, terms))
            return ($"The session has reached its budget: raise or remove it first. Until then it takes only {EventTypes.UserToolConfirmation}, {EventTypes.UserToolResult}, {EventTypes.UserCustomToolResult} and {EventTypes.UserInterrupt}.", null);
        var isAsking = session.Status == SessionStatus.Idle && waiting.Count > 0;
        switch (sent.Type)
        {
            case EventTypes.UserDefineOutcome when await OutcomeRecords.IsOneOpenAsync(db, session.WorkspaceId, session.Id):
                return ("An outcome is being worked on: wait until it has ended, or send a user.interrupt, which ends it.", null);
            case EventTypes.UserMessage or EventTypes.UserDefineOutcome when isAsking:
                return ($"The session waits for answers to {string.Join(", ", waiting.Select(static w => w.Id))}: answer them or interrupt first.", null);
            case EventTypes.SystemMessage:
                if (models.Describe(terms.ModelId) is { HasMidConversationSystem: false })
                    return ($"The model {terms.ModelId} takes no system messages within a conversation; send a user.message.", "model_does_not_support_mid_conversation_system");
                return isAsking && before?.Type is not (EventTypes.UserToolResult or EventTypes.UserCustomToolResult)
                    ? ("While calls wait for answers a system.message may only follow a tool result in the same request.", null)
                    : null;
            case EventTypes.UserToolConfirmation:
                return await AnswerProblemAsync(db, session, waiting, CallKind.BuiltIn, sent.CallId!, EventTypes.AgentToolUse, "tool_use_id");
            case EventTypes.UserCustomToolResult:
                return await AnswerProblemAsync(db, session, waiting, CallKind.Custom, sent.CallId!, EventTypes.AgentCustomToolUse, "custom_tool_use_id");
            case EventTypes.UserToolResult:
                return ("user.tool_result is for environments of type self_hosted; here the server runs the built-in tools.", null);
            default:
                return null;
        }
    }

    private static async ValueTask<string?> ThreadProblemAsync(DbSession db, InboxSession session, string thread)
    {
        if (!Id<SessionThread>.TryParse(thread, out var id) || await ThreadRepository.FindAsync(db, session.WorkspaceId, session.Id, id) is not { } row) return $"session_thread_id names no thread of this session: {thread}.";
        return row.Progress.Status == SessionStatus.Terminated ? $"The thread {thread} is over; nothing runs on it." : null;
    }

    private static async ValueTask<(string, string?)?> AnswerProblemAsync(DbSession db, InboxSession session, List<WaitingCall> waiting, CallKind kind, string callId, string callType, string field)
    {
        if (waiting.Exists(w => w.Id == callId && w.Kind == kind)) return null;
        var call = await SessionLog.FindAsync(db, session.WorkspaceId, session.Id, callType, callId);
        if (call is null && kind == CallKind.BuiltIn) call = await SessionLog.FindAsync(db, session.WorkspaceId, session.Id, EventTypes.AgentMcpToolUse, callId);
        if (call is null) return ($"{field} names no {callType} of this session: {callId}.", null);
        // An answer that comes a second time, or after an interrupt, is taken and has no effect.
        return kind == CallKind.Custom || JsonElement.Parse(call.Json).GetProperty("evaluated_permission").ValueEquals("ask") ? null : ($"The call {callId} did not ask for a confirmation.", null);
    }

    private bool IsAtCap(InboxSession session, InboxTerms terms)
    {
        if (terms.BudgetCents is not { } cents || session.Status != SessionStatus.Idle) return false;
        var spent = SessionCost.Read(session.Usage).Total(session.Active);
        return spent is null || spent * 100 >= cents;
    }
}
