namespace Reverie.Dreaming.Text;

/// <summary>FNV-1a, 64 bit: the same on every machine and in every run, unlike the runtime's string hash.</summary>
internal static class StableHash
{
    private const ulong Offset = 14695981039346656037UL;
    private const ulong Prime = 1099511628211UL;

    public static ulong Of(string text)
    {
        var hash = Offset;
        foreach (var c in text) hash = (hash ^ c) * Prime;
        return hash ^ (hash >> 32);
    }

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = Offset;
        foreach (var b in bytes) hash = (hash ^ b) * Prime;
        return hash ^ (hash >> 32);
    }

    /// <summary>Puts a session into the half that discovers (true) or the half that confirms.</summary>
    public static bool Discovers(string sessionKey) => (Of(sessionKey) & 1) == 0;
}
