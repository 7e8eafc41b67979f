using System.Globalization;

namespace Reverie.Dreaming.Text;

/// <summary>FNV-1a, 64 bit: the same on every machine and in every run, unlike the runtime's string hash.</summary>
internal struct StableHash()
{
    private const ulong Prime = 1099511628211UL;

    private ulong _hash = 14695981039346656037UL;

    /// <summary>The hash of all that was added.</summary>
    public readonly ulong Value => _hash ^ (_hash >> 32);

    public void Add(ReadOnlySpan<char> text)
    {
        var hash = _hash;
        foreach (var c in text) hash = (hash ^ c) * Prime;
        _hash = hash;
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var hash = _hash;
        foreach (var b in bytes) hash = (hash ^ b) * Prime;
        _hash = hash;
    }

    public void Add<T>(T number) where T : ISpanFormattable
    {
        Span<char> digits = stackalloc char[32];
        number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        Add(digits[..length]);
    }

    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = new StableHash();
        hash.Add(text);
        return hash.Value;
    }

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = new StableHash();
        hash.Add(bytes);
        return hash.Value;
    }

    /// <summary>Puts a session into the half that discovers (true) or the half that confirms.</summary>
    public static bool Discovers(string sessionKey) => (Of(sessionKey.AsSpan()) & 1) == 0;
}
