namespace Reverie.Sessions;

/// <summary>What one reading has met so far. Written by the reading alone; another thread may watch it for progress.</summary>
public sealed class TranscriptReadTally
{
    /// <summary>Most reasons kept; later skips are only counted.</summary>
    public const int ReasonsMax = 5;

    private readonly List<string> _reasons = [];

    /// <summary>Bytes taken from the files as they are stored, compressed ones before decompression.</summary>
    public long FileBytes { get; internal set; }

    /// <summary>Bytes of text read, after decompression.</summary>
    public long TextBytes { get; internal set; }

    /// <summary>Sessions handed to the caller.</summary>
    public int Sessions { get; private set; }

    /// <summary>Sessions left out because their source and external id had been read before.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Lines, sessions and whole files left out because they could not be read.</summary>
    public int Skipped { get; private set; }

    /// <summary>Why the first <see cref="ReasonsMax"/> were skipped, each as <c>FILE:LINE: what is wrong</c>.</summary>
    public IReadOnlyList<string> Reasons
    {
        get
        {
            lock (_reasons) return [.. _reasons];
        }
    }

    internal void CountSession() => Sessions++;

    internal void CountDuplicate() => Duplicates++;

    internal void CountSkip(TranscriptFileException problem)
    {
        Skipped++;
        lock (_reasons)
        {
            if (_reasons.Count < ReasonsMax) _reasons.Add(problem.Message);
        }
    }
}
