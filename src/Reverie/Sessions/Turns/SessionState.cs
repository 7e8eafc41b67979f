using System.Text.Json;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Outcomes;

namespace Reverie.Sessions.Turns;

/// <summary>
/// A session as its log tells it: its threads, what passes between them, what waits. Built by applying events in the order
/// of the log, from its beginning or from where it was left; the same log gives the same state everywhere.
/// </summary>
public sealed class SessionState
{
    private readonly List<ThreadState> _threads = [new(null)];
    private readonly List<WaitingInput> _interrupts = [];
    private readonly List<Outcome> _outcomes = [];
    private readonly string _primaryId;
    private SessionCost _graded = SessionCost.None;

    /// <param name="primaryId">The id of the primary thread.</param>
    public SessionState(string primaryId)
    {
        _primaryId = primaryId;
    }

    /// <summary>The number of the next event to apply.</summary>
    public long NextSeq { get; private set; }

    /// <summary>The thread of the session's own agent.</summary>
    public ThreadState Primary => _threads[0];

    /// <summary>The primary thread, then the others in the order they were made, those that are over included.</summary>
    public IReadOnlyList<ThreadState> Threads => _threads;

    /// <summary>Interrupts that wait, oldest first.</summary>
    public IReadOnlyList<WaitingInput> Interrupts => _interrupts;

    /// <summary>The oldest interrupt that waits; null for none.</summary>
    public WaitingInput? Interrupt => _interrupts.Count == 0 ? null : _interrupts[0];

    /// <summary>Between the events that say that the session runs and that it idles.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>It said that it waits to try again, and not that it runs since.</summary>
    public bool IsRescheduled { get; private set; }

    /// <summary>What the threads together are.</summary>
    public SessionStatus Status => !_threads.Exists(static t => t.IsRunning) ? Outcome?.EvaluationId is null ? SessionStatus.Idle : SessionStatus.Running : _threads.Exists(static t => t is { IsRunning: true, IsRescheduling: false }) ? SessionStatus.Running : SessionStatus.Rescheduling;

    /// <summary>What all model requests have taken so far, those of the grader included.</summary>
    public SessionCost Cost => _threads.Aggregate(_graded, static (sum, thread) => new SessionCost(sum.Tokens + thread.Usage, sum.ModelCost + thread.ModelCost));

    /// <summary>Every outcome that was defined, in order.</summary>
    public IReadOnlyList<Outcome> Outcomes => _outcomes;

    /// <summary>The one that is worked on; null for none.</summary>
    public Outcome? Outcome => _outcomes.Count > 0 && !OutcomeResults.IsTerminal(_outcomes[^1].Result) ? _outcomes[^1] : null;

    /// <summary>The calls of all threads that wait for a client.</summary>
    public IEnumerable<WaitingCall> Waiting => _threads.SelectMany(static t => t.Calls.Where(static c => c.NeedsClient).Select(c => new WaitingCall(c.Id, c.Kind, t.Id)));

    /// <summary>The id of a thread as the wire knows it.</summary>
    public string IdOf(ThreadState thread) => thread.Id ?? _primaryId;

    /// <summary>Null when the session has no such thread.</summary>
    public ThreadState? Find(string id) => id == _primaryId ? Primary : _threads.Find(t => t.Id == id);

    /// <summary>Takes the next event of the log.</summary>
    public void Apply(LoggedEvent logged)
    {
        NextSeq = logged.Seq + 1;
        if (logged.IsCopy) return;
        using var document = JsonDocument.Parse(logged.Json);
        var entry = document.RootElement;
        var owner = logged.ThreadId is null or NewEvent.Nowhere ? Primary : Find(logged.ThreadId)!;
        if (entry.TryGetProperty("processed_at", out var processed) && processed.ValueKind == JsonValueKind.Null)
        {
            var input = new WaitingInput(WireContent.Text(entry, "id"), logged) { ThreadId = WireContent.OptionalText(entry, "session_thread_id") };
            if (input.IsInterrupt) _interrupts.Add(input);
            else owner.Await(input);
            return;
        }
        switch (logged.Type)
        {
            case EventTypes.UserInterrupt:
                _interrupts.RemoveAll(i => i.Id == WireContent.Text(entry, "id"));
                break;
            case EventTypes.SessionRunning:
                (IsRunning, IsRescheduled) = (true, false);
                break;
            case EventTypes.SessionRescheduled:
                IsRescheduled = true;
                break;
            case EventTypes.SessionIdle:
                IsRunning = false;
                break;
            case EventTypes.ThreadCreated:
                _threads.Add(new ThreadState(WireContent.Text(entry, "session_thread_id")));
                break;
            case EventTypes.ThreadMessageSent:
                Find(WireContent.Text(entry, "to_session_thread_id"))?.Deliver(new ThreadMessage(IdOf(owner), entry.GetProperty("content").GetRawText()));
                break;
            case EventTypes.UserDefineOutcome:
                _outcomes.Add(Define(entry) with { Seq = logged.Seq });
                Primary.Give(_outcomes[^1].Task);
                break;
            case EventTypes.EvaluationStart:
                if (Outcome is { } begun) _outcomes[^1] = begun with { Result = OutcomeResults.Evaluating, EvaluationId = WireContent.Text(entry, "id") };
                break;
            case EventTypes.EvaluationEnd:
                if (Outcome is { } judged) Judge(judged, entry, VerdictNote.Read(logged.Kept!));
                break;
            default:
                owner.Apply(logged, entry);
                break;
        }
    }

    private static Outcome Define(JsonElement entry)
    {
        var iterations = entry.TryGetProperty("max_iterations", out var max) && max.ValueKind == JsonValueKind.Number ? max.GetInt32() : Reverie.Sessions.Outcomes.Outcome.DefaultIterations;
        IReadOnlyList<string> examples = entry.TryGetProperty("examples", out var files) && files.ValueKind == JsonValueKind.Array ? [.. files.EnumerateArray().Select(static f => WireContent.Text(f, "file_id"))] : [];
        return new Outcome(WireContent.Text(entry, "outcome_id"), WireContent.Text(entry, "description"), WireContent.Text(entry.GetProperty("rubric"), "content"), iterations, examples);
    }

    private void Judge(Outcome outcome, JsonElement entry, VerdictNote note)
    {
        var (result, explanation) = (WireContent.Text(entry, "result"), WireContent.Text(entry, "explanation"));
        var usage = WireUsage.Read(entry.GetProperty("usage"), note.CacheCreation1hInputTokens);
        _graded = new SessionCost(_graded.Tokens + usage, _graded.ModelCost + note.Cost);
        _outcomes[^1] = outcome with
        {
            Result = result == OutcomeResults.NeedsRevision ? OutcomeResults.Running : result,
            Iteration = result == OutcomeResults.NeedsRevision ? outcome.Iteration + 1 : outcome.Iteration,
            Explanation = explanation,
            Score = note.Score ?? outcome.Score,
            CompletedAt = OutcomeResults.IsTerminal(result) ? entry.GetProperty("processed_at").GetDateTimeOffset() : null,
            EvaluationId = null,
        };
        if (result == OutcomeResults.Interrupted) Primary.Withdraw();
        else if (result == OutcomeResults.NeedsRevision) Primary.Give($"A grader looked at the work. It is not done yet:\n\n{explanation}\n\nMend it, then end your turn: it is judged again.");
        else if (result == OutcomeResults.MaxIterationsReached) Primary.Give($"A grader looked at the work for the last time:\n\n{explanation}\n\nIt is not judged again. Say in a few words what is done and what is left, and end your turn.");
    }
}
