namespace Reverie.Memory.Archives;

/// <summary>Bounds of what is imported.</summary>
public static class ArchiveLimits
{
    /// <summary>Bytes of an archive as it is sent.</summary>
    public const long SentBytesMax = 256L * 1024 * 1024;

    /// <summary>Bytes of everything in it, unpacked.</summary>
    public const long UnpackedBytesMax = 1024L * 1024 * 1024;

    /// <summary>Entries, directories included.</summary>
    public const int EntriesMax = 10_000;

    /// <summary>Bytes of <c>store.json</c>.</summary>
    public const int HeaderBytesMax = 64 * 1024;

    /// <summary>Bytes of one line of <c>history.jsonl</c>: six for each byte of a text, should every one be escaped, and room for the rest.</summary>
    public const int LineBytesMax = 6 * Protocol.Memory.MemoryLimits.ContentBytesMax + 64 * 1024;

    /// <summary>Versions in <c>history.jsonl</c>.</summary>
    public const int VersionsMax = 200_000;

    /// <summary>Changes in <c>provenance.jsonl</c>, a line each.</summary>
    public const int ChangesMax = 50_000;

    /// <summary>Bytes of one line of <c>provenance.jsonl</c>.</summary>
    public const int ChangeBytesMax = 16 * 1024 * 1024;

    /// <summary>Sessions that bear out changes, counted for each change, in all.</summary>
    public const int SourcesMax = 1_000_000;

    /// <summary>Approvals of one change.</summary>
    public const int ReviewsMax = 1000;

    /// <summary>Lines that rest on changes, counted for each change, in all.</summary>
    public const int PassagesMax = 500_000;

    /// <summary>Bytes between the contents of two entries: names and padding.</summary>
    public const int BetweenEntriesBytesMax = 64 * 1024;
}
