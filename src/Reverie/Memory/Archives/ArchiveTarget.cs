namespace Reverie.Memory.Archives;

/// <summary>Where an export goes: packed into a stream, or a directory.</summary>
public abstract class ArchiveTarget : IAsyncDisposable
{
    /// <param name="name">Relative, with slashes.</param>
    /// <param name="content">From its position to its end; its length is known.</param>
    /// <param name="time">When it was last written.</param>
    public abstract Task AddAsync(string name, Stream content, DateTimeOffset time, CancellationToken cancellationToken);

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();
}
