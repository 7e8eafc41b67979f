namespace Reverie.Sessions;

/// <summary>How session files are read.</summary>
public sealed record TranscriptReadOptions
{
    /// <summary>The format of every file; by default each file's own is recognised.</summary>
    public TranscriptFormat Format { get; init; } = TranscriptFormat.Auto;

    /// <summary>
    /// False (the default): the first thing that cannot be read ends the reading with a <see cref="TranscriptFileException"/>.
    /// True: it is counted in the tally and reading goes on with the next line or file.
    /// </summary>
    public bool SkipBad { get; init; }

    /// <summary>Sessions parsed at a time, at least 1 (the default). Does not influence what is read or its order.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>
    /// The agent's name for formats that do not record one (tau-bench, SWE-agent, Claude Code); null takes the name
    /// each format documents. Files that name their agent keep it.
    /// </summary>
    public string? Agent { get; init; }
}
