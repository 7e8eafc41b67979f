using Reverie.Inference;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Storage;
using Reverie.Tools;

namespace Reverie.Sessions.Turns;

/// <summary>
/// Drives one claimed session until it has nothing to do. Asks <see cref="TurnPolicy"/> what comes next, writes what was
/// decided together with the step that touches the world, and touches it only after that is durable.
/// </summary>
internal sealed class SessionRunner
{
    /// <summary>How often a claim is renewed, and a session looked at for what another process received, while work is under way.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private const string Lost = "The server stopped while this call was under way. It may have had its effect or not: look before calling again.";

    private readonly TurnServices _with;
    private readonly SessionClaim _claim;
    private readonly SessionSetup _session;
    private readonly ThreadSetup _setup;
    private readonly ThreadName _thread;
    private readonly List<LoggedEvent> _unwritten = [];
    private ThreadState _state;
    private int _facts;
    private ModelUsage _written;
    private string? _waiting;
    private ModelUsage _begun = ModelUsage.None;
    private long _activeMicros;
    private DateTimeOffset? _runningSince;

    public SessionRunner(TurnServices services, SessionClaim claim, SessionSetup session, ThreadSetup setup, ThreadState state)
    {
        (_with, _claim, _session, _setup, _state) = (services, claim, session, setup, state);
        _thread = new ThreadName(session.PrimaryThreadId.Value, session.Agent.Name);
        (_activeMicros, _runningSince) = (claim.ActiveMicros, claim.RunningSince);
        _written = state.Usage;
    }

    /// <summary>The thread as it was left: what the next turn begins with.</summary>
    public ThreadState State => _state;

    /// <summary>Ends when the session sleeps.</summary>
    /// <exception cref="ClaimLostException">Another process runs it.</exception>
    /// <exception cref="OperationCanceledException">Told to stop; the session goes on where it is claimed next.</exception>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        await CatchUpAsync(stoppingToken);
        var isTakenOver = _claim.IsTakenOver;
        while (true)
        {
            stoppingToken.ThrowIfCancellationRequested();
            var step = TurnPolicy.Decide(_state, new TurnFacts(isTakenOver, IsBudgetSpent, (_setup.Model as ModelFound)?.Info.ContextWindowTokens));
            if (step is not (TurnStep.LoseRequest or TurnStep.LoseCalls or TurnStep.RefuseCalls)) isTakenOver = false;
            if (step is TurnStep.Sleep)
            {
                if (await WriteAsync(isAsleep: true, stoppingToken)) return;
                continue;
            }
            await TakeAsync(step, stoppingToken);
        }
    }

    /// <summary>
    /// Ends the turn after a failure that nobody foresaw: what was not written is forgotten, what was under way is closed as lost,
    /// and the client is told. Otherwise the session would fail again each time it is claimed.
    /// </summary>
    /// <exception cref="ClaimLostException">Another process runs it.</exception>
    public async Task AbandonAsync(CancellationToken stoppingToken)
    {
        await ReadAnewAsync();
        do
        {
            if (_state.OpenRequestId is { } request) Note(TurnEvents.RequestEnd(request, isError: true, ModelUsage.None, RequestNote.None));
            foreach (var call in _state.Calls.ToList()) Note(TurnEvents.Result(call, Lost, isError: true));
            while (_state.Interrupt is { } interrupt) Decide(interrupt);
            GiveUp("unknown_error", "The turn failed inside the server, whose log says why. Send a message to try again.");
        }
        while (!await WriteAsync(isAsleep: true, stoppingToken));
    }

    private bool IsBudgetSpent => _session.BudgetCents is { } cents && (Cost.Total(Active) is not { } spent || spent * 100 >= cents);

    private SessionCost Cost => new(_state.Usage, _state.ModelCost);

    private TimeSpan Active => TimeSpan.FromMicroseconds(_activeMicros) + (_runningSince is { } since ? _with.Clock.GetUtcNow() - since : TimeSpan.Zero);

    private async Task TakeAsync(TurnStep step, CancellationToken stoppingToken)
    {
        switch (step)
        {
            case TurnStep.Wake:
                _runningSince ??= DbTime.UtcNow(_with.Clock);
                Decide(TurnEvents.SessionRunning);
                Decide(TurnEvents.ThreadRunning(_thread));
                break;
            case TurnStep.TakeUp take:
                foreach (var input in take.Inputs.ToList()) Decide(input);
                break;
            case TurnStep.Interrupt interrupt:
                StopTurn(interrupt.Input);
                break;
            case TurnStep.LoseRequest lost:
                Note(TurnEvents.RequestEnd(lost.RequestId, isError: true, ModelUsage.None, RequestNote.None));
                break;
            case TurnStep.LoseCalls lost:
                foreach (var call in lost.Calls) Note(TurnEvents.Result(call, Lost, isError: true));
                break;
            case TurnStep.RefuseCalls refused:
                foreach (var call in refused.Calls) Decide(TurnEvents.Result(call, RefusalOf(call), isError: true));
                break;
            case TurnStep.RunCalls run:
                await RunCallsAsync(run.Calls.ToList(), stoppingToken);
                break;
            case TurnStep.AskModel:
                await AskModelAsync(stoppingToken);
                break;
            case TurnStep.Compact:
                await CompactAsync(stoppingToken);
                break;
            case TurnStep.AskClient ask:
                End(StopReason.RequiresAction, [.. ask.Calls]);
                break;
            case TurnStep.End end:
                End(end.Reason, []);
                break;
            case TurnStep.GiveUp give:
                GiveUp(give.ErrorType, give.Message);
                break;
            default:
                throw new System.Diagnostics.UnreachableException(step.GetType().Name);
        }
    }

    private static string RefusalOf(OpenCall call) => call.Confirmation switch
    {
        { Message: { Length: > 0 } reason } => $"The call of {call.Name} was rejected: {reason}",
        { } => $"The call of {call.Name} was rejected by the user.",
        null => $"Permission to use {call.Name} has been denied.",
    };

    private void StopTurn(WaitingInput interrupt)
    {
        Decide(interrupt);
        var wasAtWork = _state.IsRunning || _state.Calls.Count > 0;
        if (_state.OpenRequestId is { } request) Decide(TurnEvents.RequestEnd(request, isError: true, _begun, Priced(_begun) with { IsInterrupted = true }));
        foreach (var call in _state.Calls.ToList()) Decide(TurnEvents.Result(call, ToolBox.Interrupted, isError: true));
        if (wasAtWork) End(StopReason.EndTurn, []);
    }

    private void GiveUp(string errorType, string message)
    {
        Decide(TurnEvents.Error(errorType, message, "exhausted"));
        // What waited is kept in the conversation, but starts nothing by itself.
        foreach (var input in _state.Inputs.ToList()) Decide(input);
        End(StopReason.RetriesExhausted, []);
    }

    private void End(StopReason reason, IReadOnlyList<OpenCall> asks)
    {
        _activeMicros = (long)Active.TotalMicroseconds;
        _runningSince = null;
        var refusal = _state.Refusal;
        Decide(TurnEvents.ThreadIdle(_thread, reason, asks, refusal));
        Decide(TurnEvents.Usage(Cost.Usage(Active), _session.Budget));
        Decide(TurnEvents.SessionIdle(reason, asks, refusal));
    }

    private async Task RunCallsAsync(List<OpenCall> calls, CancellationToken stoppingToken)
    {
        if (!await WriteAsync(isAsleep: false, stoppingToken)) return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var running = calls.Select(call => RunCallAsync(call, stop.Token)).ToList();
        await WatchAsync(Task.WhenAll(running), stop);
        stoppingToken.ThrowIfCancellationRequested();
        for (var i = 0; i < calls.Count; i++)
        {
            var result = await running[i];
            Note(result is null ? TurnEvents.Result(calls[i], ToolBox.Interrupted, isError: true) : TurnEvents.Result(calls[i], result.Content, result.IsError));
        }
    }

    /// <summary>Null when it was stopped.</summary>
    private async Task<CallResult?> RunCallAsync(OpenCall call, CancellationToken stopped)
    {
        try
        {
            return await _with.Tools.RunAsync(_session, call, stopped);
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task AskModelAsync(CancellationToken stoppingToken)
    {
        var writer = new AnswerWriter(_claim.Id, _with.Previews, _with.Ids);
        if (await RequestAsync(_setup.Request(_state.Conversation, _state.Failures + 1), writer, false, stoppingToken) is not { } answer) return;
        var (said, refused) = writer.Events(answer.Response, _setup);
        foreach (var entry in said) Note(entry);
        Note(TurnEvents.RequestEnd(answer.StartId, isError: false, answer.Response.Usage, Priced(answer.Response.Usage) with
        {
            Refusal = answer.Response.StopReason == ModelStopReason.Refusal ? answer.Response.Refusal ?? new ModelRefusal(null, null) : null,
            IsTooLong = answer.Response.StopReason == ModelStopReason.ContextWindowExceeded,
            IsPaused = answer.Response.StopReason == ModelStopReason.PauseTurn,
        }));
        foreach (var result in refused) Note(result);
    }

    private async Task CompactAsync(CancellationToken stoppingToken)
    {
        for (var halvings = 0; halvings <= TurnPolicy.CompactionsMax; halvings++)
        {
            var failures = _state.Failures;
            if (await RequestAsync(Compaction.Request(_setup, _state.Conversation, halvings), null, true, stoppingToken) is { } answer)
            {
                Note(TurnEvents.RequestEnd(answer.StartId, isError: false, answer.Response.Usage, Priced(answer.Response.Usage) with { IsSummary = true }));
                if (Compaction.Of(answer.Response) is not { } summary) continue;
                Note(TurnEvents.Compacted(summary));
                return;
            }
            // Anything but a conversation that is still too long was dealt with where it happened.
            if (!_state.IsTooLong || _state.Failures == failures || _state.IsRescheduling || _state.Interrupt is not null || !_state.IsRunning) return;
        }
        GiveUp("compaction_limit_reached_error", "The model did not sum the conversation up: it said nothing, or even the newest part does not fit its window.");
    }

    /// <summary>Asks once. Null when there is no answer, and then what that means is noted.</summary>
    private async Task<(string StartId, ModelResponse Response)?> RequestAsync(ModelRequest request, AnswerWriter? writer, bool isSummary, CancellationToken stoppingToken)
    {
        if (_setup.Model is not ModelFound found)
        {
            GiveUp("model_request_failed_error", $"The model {((ModelUnavailable)_setup.Model).Reason}.");
            return null;
        }
        var startId = _with.Ids.New("sevt");
        Decide(TurnEvents.RequestStart(startId));
        if (!await WriteAsync(isAsleep: false, stoppingToken)) return null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var asking = AskAsync(found.Provider, request, writer, stop.Token);
        try
        {
            await WatchAsync(asking, stop);
            return (startId, await asking);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped by a person: the next decision closes the request. By the operator: the next process does.
            stoppingToken.ThrowIfCancellationRequested();
            return null;
        }
        catch (ModelException error)
        {
            await FailAsync(startId, error, isSummary, stoppingToken);
            return null;
        }
    }

    private async Task<ModelResponse> AskAsync(IModelProvider provider, ModelRequest request, AnswerWriter? writer, CancellationToken stopped)
    {
        _begun = ModelUsage.None;
        var ready = _state.NamesFiles ? await _with.Attachments.FillInAsync(_session.WorkspaceId, request, stopped) : request;
        await foreach (var update in provider.StreamAsync(ready, stopped))
        {
            if (update is ModelCompleted whole) return whole.Response;
            if (update is MessageStarted started) _begun = started.Usage;
            writer?.Preview(update);
        }
        throw new ModelException(ModelFailure.Network, "the model's answer broke off");
    }

    private async Task FailAsync(string startId, ModelException error, bool isSummary, CancellationToken stoppingToken)
    {
        var isTooLong = error.Failure == ModelFailure.ContextWindowExceeded;
        Note(TurnEvents.RequestEnd(startId, isError: true, _begun, Priced(_begun) with { IsTooLong = isTooLong, IsSummary = isSummary }));
        if (isTooLong) return;
        if (!error.IsRetryable || _state.Failures >= BackOff.FailuresMax)
        {
            GiveUp(ErrorTypeOf(error.Failure), error.Message);
            return;
        }
        Note(TurnEvents.Error(ErrorTypeOf(error.Failure), error.Message, "retrying"));
        Note(TurnEvents.ThreadRescheduled(_thread));
        Note(TurnEvents.SessionRescheduled);
        if (!await WriteAsync(isAsleep: false, stoppingToken)) return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await WatchAsync(Task.Delay(BackOff.Wait(_state.Failures, error.RetryAfter), _with.Clock, stop.Token), stop);
        stoppingToken.ThrowIfCancellationRequested();
    }

    private RequestNote Priced(ModelUsage usage) => _setup.CostOf(usage) is { } cost ? new RequestNote { Cost = cost } : new RequestNote { IsUnpriced = true };

    private static string ErrorTypeOf(ModelFailure failure) => failure switch
    {
        ModelFailure.Overloaded => "model_overloaded_error",
        ModelFailure.RateLimited => "model_rate_limited_error",
        ModelFailure.Billing => "billing_error",
        _ => "model_request_failed_error",
    };

    /// <summary>Waits for work under way; keeps the claim meanwhile, and stops the work when a person interrupts or the claim is lost.</summary>
    private async Task WatchAsync(Task work, CancellationTokenSource stop)
    {
        var looked = _with.Clock.GetTimestamp();
        while (!work.IsCompleted)
        {
            var sent = _with.Database.WakeUps.Next(_claim.Id);
            await CatchUpAsync(CancellationToken.None);
            if (_state.Interrupt is not null)
            {
                await stop.CancelAsync();
                break;
            }
            using var look = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
            await Task.WhenAny(work, sent, Task.Delay(LookEvery, _with.Clock, look.Token));
            await look.CancelAsync();
            if (work.IsCompleted || stop.IsCancellationRequested) break;
            if (_with.Clock.GetElapsedTime(looked) >= LookEvery)
            {
                looked = _with.Clock.GetTimestamp();
                if (!await _with.Database.WriteAsync(db => TurnLog.RenewAsync(db, _claim), CancellationToken.None))
                {
                    await stop.CancelAsync();
                    await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    throw new ClaimLostException();
                }
            }
        }
        await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Applies what others wrote since the last look.</summary>
    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var after = _state.NextSeq - 1;
            var events = await _with.Database.ReadAsync(db => _with.Log.ListAllAsync(db, _claim.WorkspaceId, _claim.Id, after, 1000), cancellationToken);
            foreach (var entry in events) _state.Apply(entry);
            if (events.Count < 1000) return;
        }
    }

    /// <summary>Something that happened: it is written whatever came meanwhile.</summary>
    private void Note(NewEvent entry)
    {
        if (_facts != _unwritten.Count) throw new InvalidOperationException("a fact follows a decision that was not written");
        Decide(entry);
        _facts = _unwritten.Count;
    }

    /// <summary>Something decided on what the log says now: written only while it still says so.</summary>
    private void Decide(NewEvent entry) => Add(_with.Log.Render(entry, DbTime.UtcNow(_with.Clock)));

    private void Decide(WaitingInput input) => Add(SessionLog.TakeUp(input.Entry, DbTime.UtcNow(_with.Clock)));

    private void Add(LoggedEvent rendered)
    {
        var entry = rendered with { Seq = _state.NextSeq };
        _unwritten.Add(entry);
        _state.Apply(entry);
    }

    /// <summary>Makes everything noted and decided durable. False when others wrote first: facts are kept, decisions are made anew.</summary>
    private async Task<bool> WriteAsync(bool isAsleep, CancellationToken stoppingToken)
    {
        stoppingToken.ThrowIfCancellationRequested();
        var isDecided = isAsleep || _unwritten.Count > _facts;
        if (!isDecided && _unwritten.Count == 0) return true;
        var expected = _state.NextSeq - _unwritten.Count;
        // Past this point nothing is cancelled: the step is durable or it is not, and the caller must know which.
        var first = await _with.Database.WriteAsync(db => TurnLog.AppendAsync(db, _claim, Append(_unwritten, isAsleep, isDecided ? expected : null)), CancellationToken.None);
        if (first == expected)
        {
            _unwritten.Clear();
            _facts = 0;
            (_written, _waiting) = (_state.Usage, Waiting);
            return true;
        }
        if (first is null && _facts > 0)
        {
            var facts = _unwritten.Take(_facts).ToList();
            await _with.Database.WriteAsync(db => TurnLog.AppendAsync(db, _claim, Append(facts, false, null) with { Waiting = null, Status = SessionStatus.Running }), CancellationToken.None);
        }
        await ReadAnewAsync();
        return first is not null;
    }

    /// <summary>Forgets what was not written: the log as it is now decides.</summary>
    private async Task ReadAnewAsync()
    {
        _unwritten.Clear();
        _facts = 0;
        _state = new ThreadState();
        await CatchUpAsync(CancellationToken.None);
        (_written, _waiting) = (_state.Usage, null);
        if (_state.IsRunning) _runningSince ??= DbTime.UtcNow(_with.Clock);
        else _runningSince = null;
    }

    /// <summary>The calls that wait for a client now.</summary>
    private string Waiting => WaitingCalls.Write(_state.Calls.Where(static c => c.NeedsClient).Select(static c => (c.Id, c.Kind)));

    private TurnAppend Append(IReadOnlyList<LoggedEvent> events, bool isAsleep, long? expected) =>
        new([.. events], DbTime.UtcNow(_with.Clock), _state switch { { IsRescheduling: true } => SessionStatus.Rescheduling, { IsRunning: true } => SessionStatus.Running, _ => SessionStatus.Idle }, _activeMicros, _runningSince)
        {
            IsAsleep = isAsleep,
            Expected = expected,
            Waiting = Waiting == _waiting ? null : Waiting,
            Usage = _state.Usage == _written ? null : Cost.Write(),
        };
}
