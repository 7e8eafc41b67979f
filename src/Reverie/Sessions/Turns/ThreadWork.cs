namespace Reverie.Sessions.Turns;

/// <summary>
/// What the threads of a session have under way outside the log: model requests, tools, waits; one thing for each thread at
/// most. Work is planned with the decision to do it, begins when that is durable, and ends with what to note about it.
/// </summary>
internal sealed class ThreadWork
{
    private readonly List<(string Thread, Func<CancellationToken, Task<WorkResult>> Work)> _planned = [];
    private readonly List<Running> _running = [];

    /// <summary>Something is planned or runs.</summary>
    public bool IsUnderWay => _planned.Count > 0 || _running.Count > 0;

    /// <summary>What runs.</summary>
    public IEnumerable<Task> Tasks => _running.Select(static r => r.Task);

    /// <summary>The thread waits for the world.</summary>
    public bool Has(string thread) => _planned.Exists(p => p.Thread == thread) || _running.Exists(r => r.Thread == thread);

    /// <param name="thread">Whose work it is; it must have none.</param>
    /// <param name="work">Gives what came of it; also when it was cancelled.</param>
    public void Plan(string thread, Func<CancellationToken, Task<WorkResult>> work) => _planned.Add((thread, work));

    /// <summary>Forgets what was planned: the decision for it was not written.</summary>
    public void ForgetUnbegun() => _planned.Clear();

    /// <summary>Begins what was planned.</summary>
    public void Start(CancellationToken stoppingToken)
    {
        foreach (var (thread, work) in _planned)
        {
            var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            _running.Add(new Running(thread, work(stop.Token), stop));
        }
        _planned.Clear();
    }

    /// <summary>Tells the work of a thread to stop. It ends as soon as it can.</summary>
    public void Stop(string thread) => _running.Find(r => r.Thread == thread)?.Stop.Cancel();

    /// <summary>Takes what has ended: first all that happened is noted, then it is decided what that leads to.</summary>
    public async Task FinishAsync(ThreadSteps steps)
    {
        var ended = _running.FindAll(static r => r.Task.IsCompleted);
        _running.RemoveAll(ended.Contains);
        foreach (var work in ended) work.Stop.Dispose();
        foreach (var work in ended) (await work.Task).Note(steps);
        foreach (var work in ended) (await work.Task).Decide?.Invoke(steps);
    }

    /// <summary>Stops everything and waits for it; what it has brought is lost.</summary>
    public async Task StopAllAsync()
    {
        _planned.Clear();
        foreach (var running in _running) await running.Stop.CancelAsync();
        foreach (var running in _running)
        {
            await ((Task)running.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            running.Stop.Dispose();
        }
        _running.Clear();
    }

    private sealed record Running(string Thread, Task<WorkResult> Task, CancellationTokenSource Stop);
}

/// <summary>What came of work. It is told to the steps of that moment: the log may have been read anew since the work began.</summary>
/// <param name="Note">Notes what happened.</param>
/// <param name="Decide">Decides what it leads to, beyond what <see cref="TurnPolicy"/> will say; null for nothing.</param>
internal sealed record WorkResult(Action<ThreadSteps> Note, Action<ThreadSteps>? Decide = null);
