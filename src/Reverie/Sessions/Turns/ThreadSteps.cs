using System.Diagnostics;
using Reverie.Inference;
using Reverie.Protocol.Sessions;
using Reverie.Sandboxes;
using Reverie.Sandboxes.Files;
using Reverie.Sessions.Outcomes;
using Reverie.Storage;
using Reverie.Tools;

namespace Reverie.Sessions.Turns;

/// <summary>
/// Takes the steps of a session's threads: asks <see cref="TurnPolicy"/> what comes next for each, drafts the events that say
/// so, and plans the work that has to wait until they are durable. Does no I/O itself.
/// </summary>
internal sealed partial class ThreadSteps(TurnServices services, SessionClaim claim, SessionSetup session, SessionThreads threads, SessionState state, TurnDraft draft, ThreadWork work, ActiveTime time)
{
    /// <summary>How often an evaluation says that it is under way.</summary>
    private static readonly TimeSpan OngoingEvery = TimeSpan.FromSeconds(10);

    private const string Lost = "The server stopped while this call was under way. It may have had its effect or not: look before calling again.";

    /// <summary>What requests that were stopped had cost until then, by thread.</summary>
    private readonly Dictionary<string, ModelUsage> _begun = [];
    /// <summary>What an evaluation that was stopped had cost until then.</summary>
    private GraderSpend _graded = new(null);
    private bool _hasEnded;
    private long _told;

    /// <summary>How long the session has had work under way, after the steps so far.</summary>
    public ActiveTime Time { get; private set; } = time;

    /// <summary>Notes that what is under way in the log belonged to a process that is gone.</summary>
    public void TakeOver()
    {
        foreach (var thread in state.Threads)
        {
            while (Decide(thread, isTakenOver: true) is (TurnStep.LoseRequest or TurnStep.LoseCalls) and var step) Take(thread, step);
        }
    }

    /// <summary>Lets every thread go on until it waits for the world or for somebody.</summary>
    public void Take()
    {
        Interrupt();
        // A thread may set others to work, and they may answer it: until nobody moves any more.
        bool hasMoved;
        do
        {
            hasMoved = false;
            for (var i = 0; i < state.Threads.Count; i++) hasMoved |= Take(state.Threads[i]);
        }
        while (hasMoved);
        if (IsAtRest) Rest();
        else if (work.Has(Grader.ThreadId)) TellOngoing();
    }

    private bool IsAtRest => !work.IsUnderWay && !state.Threads.Any(static t => t.IsRunning);

    /// <summary>No thread has anything to do: the work is judged if it is to be, otherwise the session waits.</summary>
    private void Rest()
    {
        if (state.Outcome is { } outcome && (outcome.EvaluationId is not null || IsDue()))
        {
            if (!state.IsRunning)
            {
                draft.Decide(TurnEvents.SessionRunning);
                Time = Time.Running();
            }
            // One that was begun by a process that is gone is begun again: a grader changes nothing.
            if (outcome.EvaluationId is null) draft.Decide(TurnEvents.EvaluationStart(services.Ids.New("sevt"), outcome));
            Grade(state.Outcome!);
        }
        else if (_hasEnded || state.IsRunning)
        {
            Idle();
        }
    }

    /// <summary>Its agent ended its turn by itself, nobody is asked for anything, and there is money left.</summary>
    private bool IsDue() => state.Primary is { LastStop: StopReason.EndTurn, HasTask: false, Inputs.Count: 0, Mail.Count: 0 } && !state.Waiting.Any() && !IsBudgetSpent;

    private void Grade(Outcome outcome)
    {
        (_told, _hasEnded) = (services.Clock.GetTimestamp(), false);
        var spend = new GraderSpend(Left);
        work.Plan(Grader.ThreadId, async stopped =>
        {
            try
            {
                var log = await services.Database.ReadAsync(db => services.Log.ListAllAsync(db, claim.WorkspaceId, claim.Id, -1, int.MaxValue), stopped);
                var verdict = await services.Grader.GradeAsync(services, session, outcome, log, spend, stopped);
                var note = spend.Note with { Criteria = verdict.Criteria, Score = verdict.Score };
                return new WorkResult(now => now.NoteVerdict(TurnEvents.EvaluationEnd(outcome, verdict.ResultFor(outcome), verdict.Explanation, spend.Usage, note)));
            }
            catch (OperationCanceledException) when (stopped.IsCancellationRequested)
            {
                return new WorkResult(now => now._graded = spend);
            }
            catch (Exception error) when (error is GradingException or SandboxException or SandboxFileException or IOException or UnauthorizedAccessException)
            {
                var reason = error is IOException or UnauthorizedAccessException ? "The files of the session cannot be read at the moment." : error.Message;
                return new WorkResult(now => now.NoteVerdict(TurnEvents.EvaluationEnd(outcome, OutcomeResults.Failed, reason, spend.Usage, spend.Note)));
            }
        });
    }

    private void NoteVerdict(Archive.NewEvent end) => draft.Note(state.Primary, end);

    private void TellOngoing()
    {
        if (state.Outcome is not { EvaluationId: not null } outcome || services.Clock.GetElapsedTime(_told) < OngoingEvery) return;
        _told = services.Clock.GetTimestamp();
        draft.Decide(TurnEvents.EvaluationOngoing(outcome));
    }

    /// <summary>Closes what was under way as lost and gives the turn up.</summary>
    public void Abandon()
    {
        foreach (var thread in state.Threads)
        {
            if (thread.OpenRequestId is { } request) draft.Note(thread, TurnEvents.RequestEnd(request, isError: true, ModelUsage.None, RequestNote.None));
            foreach (var call in thread.Calls.ToList()) Close(thread, call, Lost);
        }
        if (state.Outcome is { EvaluationId: not null } judged) draft.Note(state.Primary, TurnEvents.EvaluationEnd(judged, OutcomeResults.Failed, "The evaluation failed inside the server.", ModelUsage.None, VerdictNote.None));
        while (state.Interrupt is { } interrupt) draft.Decide(interrupt);
        const string Reason = "The turn failed inside the server, whose log says why. Send a message to try again.";
        foreach (var thread in state.Threads.Where(static t => t.Id is not null && t.IsRunning).ToList()) End(thread, StopReason.RetriesExhausted, [], Reason);
        GiveUp(state.Primary, "unknown_error", Reason);
        Idle();
    }

    /// <summary>True when it moved.</summary>
    private bool Take(ThreadState thread)
    {
        var hasMoved = false;
        while (!work.Has(state.IdOf(thread)) && !IsInterrupted(thread))
        {
            var step = Decide(thread, isTakenOver: false);
            if (step is TurnStep.Sleep) break;
            Take(thread, step);
            hasMoved = true;
        }
        return hasMoved;
    }

    private TurnStep Decide(ThreadState thread, bool isTakenOver) =>
        TurnPolicy.Decide(thread, new TurnFacts(isTakenOver, IsBudgetSpent, (threads.SetupOf(thread).Model as ModelFound)?.Info.ContextWindowTokens, threads.AreToolsUnknown(thread)));

    /// <summary>US dollars until the session's cap; null without a cap, none when what was spent is not known.</summary>
    private decimal? Left => session.BudgetCents is { } cents ? cents / 100m - state.Cost.Total(Time.Total) ?? 0 : null;

    private bool IsBudgetSpent => Left <= 0;

    private void Take(ThreadState thread, TurnStep step)
    {
        switch (step)
        {
            case TurnStep.Wake:
                if (!state.IsRunning || state.IsRescheduled) draft.Decide(TurnEvents.SessionRunning);
                Time = Time.Running();
                threads.RetryTools(thread);
                draft.Decide(thread, TurnEvents.ThreadRunning(threads.NameOf(thread)));
                break;
            case TurnStep.TakeUp take:
                foreach (var input in take.Inputs.ToList()) draft.Decide(input);
                foreach (var message in take.Mail.ToList()) Receive(thread, message);
                break;
            case TurnStep.LoseRequest lost:
                draft.Note(thread, TurnEvents.RequestEnd(lost.RequestId, isError: true, ModelUsage.None, RequestNote.None));
                break;
            case TurnStep.LoseCalls lost:
                foreach (var call in lost.Calls) Close(thread, call, Lost);
                break;
            case TurnStep.RefuseCalls refused:
                foreach (var call in refused.Calls) draft.Decide(thread, TurnEvents.Result(call, RefusalOf(call), isError: true));
                break;
            case TurnStep.AssignWork delegated:
                foreach (var call in delegated.Calls) Delegate(thread, call);
                break;
            case TurnStep.RunCalls run:
                var calls = run.Calls.ToList();
                work.Plan(state.IdOf(thread), stopped => RunAsync(threads.SetupOf(thread), calls, stopped));
                break;
            case TurnStep.FindTools:
                FindTools(thread);
                break;
            case TurnStep.AskModel:
                Ask(thread, threads.SetupOf(thread).Request(thread.Conversation, thread.Failures + 1), isSummary: false);
                break;
            case TurnStep.Compact:
                Ask(thread, Compaction.Request(threads.SetupOf(thread), thread.Conversation, thread.FailedSummaries), isSummary: true);
                break;
            case TurnStep.AskClient ask:
                End(thread, StopReason.RequiresAction, [.. ask.Calls]);
                break;
            case TurnStep.End end:
                End(thread, end.Reason, []);
                break;
            case TurnStep.GiveUp give:
                GiveUp(thread, give.ErrorType, give.Message);
                break;
            default:
                throw new UnreachableException(step.GetType().Name);
        }
    }

    private static string RefusalOf(OpenCall call) => call.Confirmation switch
    {
        { Message: { Length: > 0 } reason } => $"The call of {call.Name} was rejected: {reason}",
        { } => $"The call of {call.Name} was rejected by the user.",
        null => $"Permission to use {call.Name} has been denied.",
    };

    private void Receive(ThreadState thread, ThreadMessage message)
    {
        var from = state.Find(message.FromThreadId)!;
        draft.Decide(thread, TurnEvents.MessageReceived(message, from.Id is null ? null : threads.NameOf(from).AgentName));
    }

    /// <summary>Answers a call in the words of the server; where a client had been asked, it is told too.</summary>
    private void Close(ThreadState thread, OpenCall call, string text)
    {
        var result = TurnEvents.Result(call, text, isError: true);
        if (call.NeedsClient) draft.NoteOpenly(thread, result);
        else draft.Note(thread, result);
    }

    private bool IsInterrupted(ThreadState thread) => state.Interrupt is { } interrupt && Concerns(interrupt, thread);

    private bool Concerns(WaitingInput interrupt, ThreadState thread) => !thread.IsTerminated && (interrupt.ThreadId is null || interrupt.ThreadId == state.IdOf(thread));

    /// <summary>Stops the threads that waiting interrupts are for, once the work they stop has ended.</summary>
    private void Interrupt()
    {
        foreach (var thread in state.Threads.Where(t => state.Interrupts.Any(i => Concerns(i, t)))) work.Stop(state.IdOf(thread));
        var stopped = new List<ThreadState>();
        var isOutcomeOver = false;
        while (state.Interrupt is { } interrupt)
        {
            var concerned = state.Threads.Where(t => Concerns(interrupt, t)).ToList();
            var endsOutcome = concerned.Contains(state.Primary) && state.Outcome?.Seq < interrupt.Entry.Seq;
            if (endsOutcome) work.Stop(Grader.ThreadId);
            if (concerned.Exists(t => work.Has(state.IdOf(t))) || (endsOutcome && work.Has(Grader.ThreadId))) break;
            draft.Decide(interrupt);
            stopped.AddRange(concerned);
            isOutcomeOver |= endsOutcome;
        }
        if (isOutcomeOver)
        {
            draft.Decide(state.Primary, TurnEvents.EvaluationEnd(state.Outcome!, OutcomeResults.Interrupted, "A person stopped it.", _graded.Usage, _graded.Note));
            (_graded, _hasEnded) = (new GraderSpend(null), true);
        }
        foreach (var thread in stopped.Distinct().Where(static t => t.IsRunning || t.Calls.Count > 0).ToList())
        {
            if (thread.Id is not null) draft.Decide(thread, new Archive.NewEvent(EventTypes.UserInterrupt, null));
            if (thread.OpenRequestId is { } request)
            {
                var begun = _begun.GetValueOrDefault(state.IdOf(thread), ModelUsage.None);
                draft.Decide(thread, TurnEvents.RequestEnd(request, isError: true, begun, Priced(threads.SetupOf(thread), begun) with { IsInterrupted = true }));
            }
            foreach (var call in thread.Calls.ToList())
            {
                draft.Decide(thread, TurnEvents.Result(call, ToolBox.Interrupted, isError: true));
                if (thread.Id is { } id && call.NeedsClient) draft.Decide(TurnEvents.Copy(TurnEvents.Result(call, ToolBox.Interrupted, isError: true), id));
            }
            // Who is stopped begins nothing with what others had written to it.
            foreach (var message in thread.Mail.ToList()) Receive(thread, message);
            Stop(thread, StopReason.EndTurn, []);
        }
        // What was sent after an interrupt begins another turn.
        if (_hasEnded && IsAtRest) Idle();
    }

    private void GiveUp(ThreadState thread, string errorType, string message)
    {
        draft.Decide(TurnEvents.Error(errorType, message, "exhausted"));
        // What waited is kept in the conversation, but starts nothing by itself.
        foreach (var input in thread.Inputs.ToList()) draft.Decide(input);
        foreach (var mail in thread.Mail.ToList()) Receive(thread, mail);
        End(thread, StopReason.RetriesExhausted, [], message);
    }

    /// <summary>Ends a turn. An agent that was set to work reports to who did, and is over when it cannot go on.</summary>
    /// <param name="problem">Why it could not go on; null when it could.</param>
    private void End(ThreadState thread, StopReason reason, IReadOnlyList<OpenCall> asks, string? problem = null)
    {
        if (thread.Id is not null && reason is StopReason.EndTurn or StopReason.Refusal or StopReason.RetriesExhausted)
        {
            var report = problem is null ? reason == StopReason.Refusal ? "The model refused to go on." : thread.LastWords : $"The agent could not go on: {problem}";
            draft.Decide(thread, TurnEvents.MessageSent(state.IdOf(state.Primary), null, report.Length == 0 ? "(no words)" : report));
        }
        Stop(thread, reason, asks);
        if (thread.Id is not null && problem is not null) draft.Decide(thread, TurnEvents.ThreadTerminated(threads.NameOf(thread)));
    }

    private void Stop(ThreadState thread, StopReason reason, IReadOnlyList<OpenCall> asks)
    {
        draft.Decide(thread, TurnEvents.ThreadIdle(threads.NameOf(thread), reason, asks, thread.Refusal));
        _hasEnded = true;
    }

    /// <summary>Says that the session waits: calls of any thread come first, then a cap, then how its own agent ended.</summary>
    private void Idle()
    {
        var asks = state.Threads.SelectMany(static t => t.Calls.Where(static c => c.NeedsClient)).ToList();
        var reason = asks.Count > 0 ? StopReason.RequiresAction
            : state.Threads.Any(static t => t is { IsTerminated: false, LastStop: StopReason.BudgetReached }) || (state.Outcome is not null && IsBudgetSpent) ? StopReason.BudgetReached
            : state.Primary.LastStop ?? StopReason.EndTurn;
        Time = Time.Idle();
        draft.Decide(TurnEvents.Usage(state.Cost.Usage(Time.Total), session.Budget));
        draft.Decide(TurnEvents.SessionIdle(reason, asks, state.Primary.Refusal));
        _hasEnded = false;
    }

    private void Delegate(ThreadState lead, OpenCall call)
    {
        var now = DbTime.UtcNow(services.Clock);
        foreach (var thread in state.Threads.Where(static t => t.Id is not null)) threads.Refresh(thread, now);
        switch (threads.SetupOf(lead).Delegation?.Read(call, threads.Rows))
        {
            case DelegationOutcome.Begin begin:
                var id = services.Ids.New<SessionThread>();
                threads.Add(id, begin.Agent, now);
                draft.Decide(lead, TurnEvents.ThreadCreated(new ThreadName(id.Value, begin.Agent.Name)));
                Send(id.Value, begin.Agent.Name, begin.Message, $"{begin.Agent.Name} works on it on thread {id}.");
                break;
            case DelegationOutcome.FollowUp follow:
                Send(follow.Thread.Id.Value, follow.Thread.Agent.Name, follow.Message, $"Sent to {follow.Thread.Agent.Name} on thread {follow.Thread.Id}.");
                break;
            case DelegationOutcome.Answer answer:
                draft.Decide(lead, TurnEvents.Result(call, answer.Text, answer.IsError));
                break;
            default:
                draft.Decide(lead, TurnEvents.Result(call, "There are no other agents any more.", isError: true));
                break;
        }

        void Send(string to, string name, string message, string told)
        {
            draft.Decide(lead, TurnEvents.MessageSent(to, name, message));
            draft.Decide(lead, TurnEvents.Result(call, $"{told} Its report comes to you as a message.", isError: false));
        }
    }

    private async Task<WorkResult> RunAsync(ThreadSetup setup, List<OpenCall> calls, CancellationToken stopped)
    {
        var results = await Task.WhenAll(calls.Select(call => RunAsync(setup, call, stopped)));
        return new WorkResult(now =>
        {
            for (var i = 0; i < calls.Count; i++)
            {
                now.Note(setup, results[i] is { } result ? TurnEvents.Result(calls[i], result.Content, result.IsError) : TurnEvents.Result(calls[i], ToolBox.Interrupted, isError: true));
                now.Note(results[i]?.Shown ?? []);
            }
        });
    }

    /// <summary>Null when it was stopped.</summary>
    private async Task<CallResult?> RunAsync(ThreadSetup setup, OpenCall call, CancellationToken stopped)
    {
        try
        {
            return await services.Tools.RunAsync(session, setup, call, stopped);
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            return null;
        }
    }
}
