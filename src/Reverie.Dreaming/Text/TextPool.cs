using System.Text;

namespace Reverie.Dreaming.Text;

/// <summary>
/// Mostly one instance per equal text of one dream. Policies, retries and tools repeat themselves across sessions; reviews
/// that share such texts are what lets tens of thousands of sessions fit in memory. Remembers one text for each value of
/// a part of their hash, so that texts that never recur cost nothing more. Thread-safe: a lost race keeps two instances.
/// </summary>
internal sealed class TextPool
{
    private const int BytesOnStack = 1024;

    private readonly string?[] _texts = new string?[1 << 18];

    private readonly byte[]?[] _encoded = new byte[]?[1 << 18];

    private readonly string[]?[] _lists = new string[]?[1 << 16];

    public string Of(string text)
    {
        if (text.Length == 0) return "";
        ref var known = ref _texts[(uint)text.GetHashCode(StringComparison.Ordinal) % (uint)_texts.Length];
        if (known is { } same && same == text) return same;
        return known = text;
    }

    /// <summary>Mostly one array per equal text, never written to: half of what a text in Latin letters would take.</summary>
    public byte[] Utf8(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return [];
        ref var known = ref _encoded[(uint)string.GetHashCode(text, StringComparison.Ordinal) % (uint)_encoded.Length];
        var room = Encoding.UTF8.GetMaxByteCount(text.Length);
        var buffer = room <= BytesOnStack ? stackalloc byte[BytesOnStack] : new byte[room];
        var bytes = buffer[..Encoding.UTF8.GetBytes(text, buffer)];
        if (known is { } same && bytes.SequenceEqual(same)) return same;
        return known = bytes.ToArray();
    }

    /// <summary>Mostly one list per equal list of words or lines.</summary>
    public string[] Of(IReadOnlyList<string> texts)
    {
        if (texts.Count == 0) return [];
        var hash = new HashCode();
        foreach (var text in texts) hash.Add(text, StringComparer.Ordinal);
        ref var known = ref _lists[(uint)hash.ToHashCode() % (uint)_lists.Length];
        if (known is { } same && same.AsSpan().SequenceEqual([.. texts])) return same;
        return known = [.. texts.Select(Of)];
    }
}
