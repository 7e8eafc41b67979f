namespace Reverie.Protocol.Memory;

/// <summary>Limits of the public contract on memory stores.</summary>
public static class MemoryLimits
{
    /// <summary>Largest memory, in UTF-8 bytes (100 KiB).</summary>
    public const int ContentBytesMax = 102_400;

    /// <summary>Longest name of a store, in characters.</summary>
    public const int StoreNameCharsMax = 255;

    /// <summary>Longest description of a store, in characters.</summary>
    public const int StoreDescriptionCharsMax = 1024;

    /// <summary>Most memories in a store.</summary>
    public const int MemoriesMax = 2_000;
}
