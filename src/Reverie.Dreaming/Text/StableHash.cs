namespace Reverie.Dreaming.Text;

/// <summary>FNV-1a, 64 bit: the same on every machine and in every run, unlike the runtime's string hash.</summary>
internal static class StableHash
{
    public static ulong Of(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211UL;
        return hash ^ (hash >> 32);
    }

    /// <summary>Puts a session into the half that discovers (true) or the half that confirms.</summary>
    public static bool Discovers(string sessionKey) => (Of(sessionKey) & 1) == 0;
}
