namespace Reverie.Files;

/// <summary>Limits of stored files (public contract, "Files").</summary>
public static class FileLimits
{
    /// <summary>Bytes of one file (500 MB).</summary>
    public const long SizeBytesMax = 500_000_000;

    public const int NameCharsMax = 255;

    /// <summary>Ids one list may be asked for.</summary>
    public const int IdsMax = 100;

    /// <summary>An hour.</summary>
    public const int ExpirySecondsMin = 3_600;

    /// <summary>Ninety days.</summary>
    public const int ExpirySecondsMax = 7_776_000;

    /// <summary>How long what is known of an expired file can still be read.</summary>
    public static readonly TimeSpan KeptAfterExpiry = TimeSpan.FromDays(30);

    /// <summary>How long the bytes of an upload are kept that never came to its end.</summary>
    public static readonly TimeSpan UploadMax = TimeSpan.FromDays(1);
}
