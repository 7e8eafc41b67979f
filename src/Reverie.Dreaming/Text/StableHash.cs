namespace Reverie.Dreaming.Text;

/// <summary>
/// A 64-bit hash that is the same in every process and on every machine (FNV-1a with a final mix); the framework's own
/// string hash is seeded anew in each process.
/// </summary>
internal static class StableHash
{
    private const ulong Offset = 14695981039346656037UL;
    private const ulong Prime = 1099511628211UL;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = Offset;
        foreach (var b in bytes) hash = (hash ^ b) * Prime;
        return Mix(hash);
    }

    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = Offset;
        foreach (var c in text) hash = (hash ^ c) * Prime;
        return Mix(hash);
    }

    /// <summary>FNV leaves its low bits weak; this (splitmix64) makes every bit depend on every byte.</summary>
    private static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9UL;
        hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebUL;
        return hash ^ (hash >> 31);
    }
}
