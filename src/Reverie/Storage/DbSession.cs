namespace Reverie.Storage;

/// <summary>One connection at work. Not for two threads at once; valid only inside the work it was given to.</summary>
public abstract class DbSession : IDisposable
{
    private readonly HashSet<object> _topics = [];
    private readonly Queue<Func<DbSession, ValueTask>> _last = [];

    private protected DbSession(Dialect dialect) => Dialect = dialect;

    public Dialect Dialect { get; }

    /// <summary>Once this transaction is committed, wakes whoever waits for <paramref name="topic"/> (<see cref="WakeUps"/>).</summary>
    public void Wake(object topic) => _topics.Add(topic);

    /// <summary>Runs <paramref name="work"/> in this transaction, after all else it does: for rows that many want, so that none is held longer than it must be.</summary>
    public void DoLast(Func<DbSession, ValueTask> work) => _last.Enqueue(work);

    /// <summary>Runs a statement and returns how many rows it touched.</summary>
    /// <param name="values">Texts, integers, numbers, bytes or null, in the same order for the same statement.</param>
    public abstract ValueTask<int> ExecuteAsync(string sql, params (string Name, object? Value)[] values);

    /// <summary>Every row, in the statement's order.</summary>
    public abstract ValueTask<List<T>> QueryAsync<T>(string sql, Func<DbRow, T> read, params (string Name, object? Value)[] values);

    /// <summary>The first row; the default of <typeparamref name="T"/> when there is none.</summary>
    public abstract ValueTask<T?> FirstAsync<T>(string sql, Func<DbRow, T> read, params (string Name, object? Value)[] values);

    /// <inheritdoc />
    public abstract void Dispose();

    /// <summary>What was left for last, in the order it was asked for.</summary>
    internal async ValueTask FinishAsync()
    {
        while (_last.TryDequeue(out var work)) await work(this);
    }

    /// <summary>Drops what was named and what was left for last: the work is undone.</summary>
    internal void Forget()
    {
        _topics.Clear();
        _last.Clear();
    }

    /// <summary>What was named since the last call.</summary>
    internal IReadOnlyCollection<object> TakeTopics()
    {
        if (_topics.Count == 0) return [];
        object[] topics = [.. _topics];
        _topics.Clear();
        return topics;
    }
}
