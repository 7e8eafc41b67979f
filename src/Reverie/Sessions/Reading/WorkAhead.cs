using System.Diagnostics.CodeAnalysis;

namespace Reverie.Sessions;

/// <summary>Work begun ahead of whoever takes its results, in the order it was begun: so many pieces at most, and so many bytes held by them.</summary>
internal sealed class WorkAhead<T>(int countMax, long bytesMax)
{
    private readonly Queue<(Task<T> Work, long Bytes)> _queue = new();
    private long _bytes;

    /// <summary>True when results must be taken before more is begun. One piece alone may hold more than all may together.</summary>
    public bool IsFull => _queue.Count >= countMax || _bytes > bytesMax;

    public void Add(Task<T> work, long bytes)
    {
        _queue.Enqueue((work, bytes));
        _bytes += bytes;
    }

    /// <summary>The oldest piece, to be awaited; false when there is none.</summary>
    public bool TryTake([NotNullWhen(true)] out Task<T>? work)
    {
        var isThere = _queue.TryDequeue(out var oldest);
        (work, _bytes) = (oldest.Work, _bytes - oldest.Bytes);
        return isThere;
    }
}
