namespace Reverie.Storage;

/// <summary>One write on its way through the writer thread.</summary>
internal abstract class SqliteWrite
{
    /// <summary>False when its caller has gone.</summary>
    public abstract bool MayBegin();

    /// <summary>Does it; false when it threw and must be undone. The last run counts.</summary>
    public abstract bool Run(DbSession db);

    /// <summary>What it wants woken after the commit; empty when it was undone.</summary>
    public IReadOnlyCollection<object> Topics { get; protected set; } = [];

    /// <summary>Tells the caller, after the commit.</summary>
    public abstract void Tell();

    /// <summary>Tells the caller that nothing was kept.</summary>
    public abstract void Fail(Exception error);
}

/// <inheritdoc />
internal sealed class SqliteWrite<T>(Func<DbSession, ValueTask<T>> work, CancellationToken cancellationToken) : SqliteWrite
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _error;

    public Task<T> Done => _done.Task;

    public override bool MayBegin()
    {
        if (!cancellationToken.IsCancellationRequested) return true;
        _done.TrySetCanceled(cancellationToken);
        return false;
    }

    public override bool Run(DbSession db)
    {
        try
        {
            // The driver is synchronous beneath its async names, so the work has ended when it returns.
            _result = work(db).AsTask().GetAwaiter().GetResult();
            db.FinishAsync().AsTask().GetAwaiter().GetResult();
            _error = null;
            Topics = db.TakeTopics();
            return true;
        }
#pragma warning disable CA1031 // Whatever it is, it belongs to the caller.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _error = error;
            Topics = [];
            db.Forget();
            return false;
        }
    }

    public override void Tell()
    {
        if (_error is null) _done.TrySetResult(_result!);
        else _done.TrySetException(_error);
    }

    public override void Fail(Exception error) => _done.TrySetException(_error ?? error);
}
