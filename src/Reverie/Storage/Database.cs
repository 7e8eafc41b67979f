namespace Reverie.Storage;

/// <summary>
/// Where everything durable lives. Work is a function over a <see cref="DbSession"/>; SQL is written once for both
/// databases, and what truly differs is a member of <see cref="Dialect"/>.
/// </summary>
public abstract class Database : IAsyncDisposable
{
    /// <summary>Woken after each commit by what <see cref="DbSession.Wake"/> named.</summary>
    public WakeUps WakeUps { get; } = new();

    /// <summary>Runs <paramref name="work"/> on one consistent state of the database. It must not write.</summary>
    /// <exception cref="DatabaseException">The database cannot be reached.</exception>
    public abstract ValueTask<T> ReadAsync<T>(Func<DbSession, ValueTask<T>> work, CancellationToken cancellationToken);

    /// <summary>
    /// Runs <paramref name="work"/> in a transaction and returns once it is durable. An exception undoes all it did. The
    /// work may be run again from its beginning, when the database asks for it or a write committed with it failed, so it must
    /// have no other effect.
    /// </summary>
    /// <exception cref="DatabaseException">The database cannot be reached, is closing, or could not commit.</exception>
    /// <remarks>Cancelled work that has not begun is not begun; begun work is finished.</remarks>
    public abstract Task<T> WriteAsync<T>(Func<DbSession, ValueTask<T>> work, CancellationToken cancellationToken);

    /// <summary>
    /// Like <see cref="WriteAsync"/>, for the search index alone: where that lies apart, other writes need not wait for it, and
    /// what was written last may be lost with the machine. It can be made again from the rest.
    /// </summary>
    public virtual Task<T> WriteIndexAsync<T>(Func<DbSession, ValueTask<T>> work, CancellationToken cancellationToken) => WriteAsync(work, cancellationToken);

    /// <summary>Brings the schema to the newest version. Safe when several processes start at once.</summary>
    public abstract Task MigrateAsync(CancellationToken cancellationToken);

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();
}
