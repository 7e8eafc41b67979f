using Reverie.Sessions.Outcomes;
using Reverie.Storage;

namespace Reverie.Sessions.Turns;

/// <summary>
/// Drives one claimed session until it has nothing to do. It alone writes for the session's threads: they decide one after
/// the other on what the log says, all of that becomes durable together, and only then is the world touched, for each
/// thread that needs it at the same time.
/// </summary>
internal sealed class SessionRunner
{
    /// <summary>How often a session is looked at for what another process received, while work is under way.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private const int ReadMax = 1000;

    private readonly TurnServices _with;
    private readonly SessionClaim _claim;
    private readonly SessionSetup _session;
    private readonly SessionThreads _threads;
    private readonly AwakeSession _topic;
    private readonly ThreadWork _work;
    private SessionState _state;
    private TurnDraft _draft;
    private ThreadSteps _steps;
    private Task _woken;
    private SessionCost _written;
    private string? _waiting;
    private IReadOnlyList<Outcome> _outcomes = [];
    private long _looked;

    public SessionRunner(TurnServices services, SessionClaim claim, SessionSetup session, SessionThreads threads, SessionState state)
    {
        (_with, _claim, _session, _threads, _state) = (services, claim, session, threads, state);
        _topic = claim.Session;
        _woken = services.Database.WakeUps.Next(_topic);
        _looked = services.Clock.GetTimestamp();
        _written = state.Cost;
        _work = new ThreadWork();
        (_draft, _steps) = Begin(new ActiveTime(claim.ActiveMicros, claim.RunningSince, services.Clock));
    }

    /// <summary>The session as it was left: what the next turn begins with.</summary>
    public SessionState State => _state;

    /// <summary>Ends when the session sleeps.</summary>
    /// <exception cref="ClaimLostException">Another process runs it.</exception>
    /// <exception cref="OperationCanceledException">Told to stop; the session goes on where it is claimed next.</exception>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            await CatchUpAsync();
            if (_claim.IsTakenOver) _steps.TakeOver();
            while (true)
            {
                stoppingToken.ThrowIfCancellationRequested();
                _steps.Take();
                var isAsleep = !_work.IsUnderWay;
                if (!await WriteAsync(isAsleep)) continue;
                if (isAsleep) return;
                _work.Start(stoppingToken);
                await WatchAsync(stoppingToken);
            }
        }
        finally
        {
            await _work.StopAllAsync();
        }
    }

    /// <summary>
    /// Ends the turn after a failure that nobody foresaw: what was not written is forgotten, what was under way is closed as lost,
    /// and the client is told. Otherwise the session would fail again each time it is claimed.
    /// </summary>
    /// <exception cref="ClaimLostException">Another process runs it.</exception>
    public async Task AbandonAsync()
    {
        await ReadAnewAsync();
        do
        {
            _steps.Abandon();
        }
        while (!await WriteAsync(isAsleep: true));
    }

    /// <summary>Waits until something happened: work ended, somebody sent something, or it is time to look. Keeps the claim meanwhile.</summary>
    private async Task WatchAsync(CancellationToken stoppingToken)
    {
        await WakeUps.WaitAsync(Task.WhenAny([.. _work.Tasks, _woken]), LookEvery, _with.Clock, stoppingToken);
        var isLate = _with.Clock.GetElapsedTime(_looked) >= LookEvery;
        if (isLate)
        {
            _looked = _with.Clock.GetTimestamp();
            if (!await _with.Database.WriteAsync(db => TurnLog.RenewAsync(db, _claim), CancellationToken.None)) throw new ClaimLostException();
        }
        if (isLate || _woken.IsCompleted) await CatchUpAsync();
        await _work.FinishAsync(_steps);
    }

    /// <summary>Applies what others wrote since the last look.</summary>
    private async Task CatchUpAsync()
    {
        while (true)
        {
            // Asked before the log is read: what comes after is not missed.
            _woken = _with.Database.WakeUps.Next(_topic);
            var after = _state.NextSeq - 1;
            var events = await _with.Database.ReadAsync(db => _with.Log.ListAllAsync(db, _claim.WorkspaceId, _claim.Id, after, ReadMax), CancellationToken.None);
            foreach (var entry in events) _state.Apply(entry);
            if (events.Count < ReadMax) return;
        }
    }

    /// <summary>
    /// Makes everything noted and decided durable. False when others wrote first: facts are kept, decisions are made anew. Never
    /// cancelled: the step is durable or it is not, and the caller must know which.
    /// </summary>
    private async Task<bool> WriteAsync(bool isAsleep)
    {
        var isDecided = isAsleep || _draft.HasDecisions;
        if (!isDecided && _draft.Events.Count == 0) return true;
        var expected = _state.NextSeq - _draft.Events.Count;
        var append = Append(isAsleep, isDecided ? expected : null);
        var first = await _with.Database.WriteAsync(db => TurnLog.AppendAsync(db, _claim, append), CancellationToken.None);
        if (first == expected)
        {
            _draft.Clear();
            (_written, _waiting, _outcomes) = (_state.Cost, Waiting, [.. _state.Outcomes]);
            return true;
        }
        if (first is null && _draft.Facts is { Count: > 0 } facts)
        {
            var kept = append with { Events = facts, Expected = null, IsAsleep = false, Waiting = null, Outcomes = null, Status = Protocol.Sessions.SessionStatus.Running, Threads = [] };
            await _with.Database.WriteAsync(db => TurnLog.AppendAsync(db, _claim, kept), CancellationToken.None);
        }
        await ReadAnewAsync();
        return false;
    }

    /// <summary>Forgets what was not written: the log as it is now decides.</summary>
    private async Task ReadAnewAsync()
    {
        _work.ForgetUnbegun();
        _state = new SessionState(_session.PrimaryThreadId.Value);
        await CatchUpAsync();
        _threads.Forget(_state);
        (_written, _waiting, _outcomes) = (_state.Cost, null, []);
        (_draft, _steps) = Begin(_steps.Time.As(_state));
    }

    private (TurnDraft, ThreadSteps) Begin(ActiveTime time)
    {
        var draft = new TurnDraft(_state, _with.Log, _with.Clock);
        return (draft, new ThreadSteps(_with, _claim, _session, _threads, _state, draft, _work, time));
    }

    /// <summary>The calls that wait for a client now.</summary>
    private string Waiting => WaitingCalls.Write(_state.Waiting);

    private TurnAppend Append(bool isAsleep, long? expected)
    {
        var now = DbTime.UtcNow(_with.Clock);
        var (waiting, cost) = (Waiting, _state.Cost);
        return new TurnAppend([.. _draft.Events], now, _state.Status, _steps.Time.Micros, _steps.Time.Since)
        {
            IsAsleep = isAsleep,
            Expected = expected,
            Shown = [.. _draft.Shown],
            Waiting = waiting == _waiting ? null : waiting,
            Threads = [.. _draft.Changed.Select(t => _threads.Refresh(t, now))],
            Primary = _state.Threads.Count > 1 || _state.Outcomes.Count > 0 ? ThreadProgress.Of(_state.Primary) : null,
            Usage = cost == _written ? null : cost.Write(),
            Outcomes = _state.Outcomes.SequenceEqual(_outcomes) ? null : [.. _state.Outcomes],
        };
    }
}
