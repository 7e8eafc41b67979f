namespace Reverie.Sessions;

/// <summary>
/// Something in a session file cannot be read. The message is <c>FILE:LINE: what is wrong</c>, or <c>FILE: what is
/// wrong</c> where the whole file is meant, and says what to do.
/// </summary>
public sealed class TranscriptFileException : Exception
{
    /// <summary>Names the place and the problem.</summary>
    /// <param name="file">The file as the caller named it.</param>
    /// <param name="line">1-based; null when the whole file is meant.</param>
    /// <param name="problem">What is wrong and what to do, without the place.</param>
    /// <param name="inner">The failure behind it; null when there is none.</param>
    public TranscriptFileException(string file, long? line, string problem, Exception? inner = null)
        : base(line is { } number ? $"{file}:{number}: {problem}" : $"{file}: {problem}", inner)
    {
        File = file;
        Line = line;
        Problem = problem;
    }

    /// <summary>The file as the caller named it.</summary>
    public string File { get; }

    /// <summary>1-based line; null when the whole file is meant.</summary>
    public long? Line { get; }

    /// <summary>What is wrong and what to do, without the place.</summary>
    public string Problem { get; }
}
