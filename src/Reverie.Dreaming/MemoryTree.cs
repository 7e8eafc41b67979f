using System.Security.Cryptography;
using System.Text;

namespace Reverie.Dreaming;

/// <summary>A memory store as the dreamer sees it: path → text, in ordinal path order. Immutable.</summary>
/// <remarks>Paths are relative, with forward slashes and no leading slash. Text is kept exactly, line endings included.</remarks>
public sealed class MemoryTree
{
    private readonly SortedDictionary<string, string> _texts;

    private MemoryTree(SortedDictionary<string, string> texts) => _texts = texts;

    /// <summary>A store with no memories.</summary>
    public static MemoryTree Empty { get; } = new(new(StringComparer.Ordinal));

    /// <summary>Names of the memory an agent reads first, in the order they are looked for; a new one gets the first.</summary>
    public static IReadOnlyList<string> IndexNames { get; } = ["index.md", "README.md", "readme.md", "MEMORY.md", "memory.md", "INDEX.md"];

    /// <summary>Path and text of each memory, in ordinal path order.</summary>
    public IReadOnlyDictionary<string, string> Texts => _texts;

    /// <summary>Takes a copy of <paramref name="texts"/>.</summary>
    public static MemoryTree Of(IEnumerable<KeyValuePair<string, string>> texts)
    {
        var copy = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, text) in texts) copy.Add(path, text);
        return new MemoryTree(copy);
    }

    /// <summary>The text at <paramref name="path"/>; null when there is no such memory.</summary>
    public string? Find(string path) => _texts.GetValueOrDefault(path);

    /// <summary>The content hash that guards writes: SHA-256 over the UTF-8 bytes, 64 lower-case hex digits.</summary>
    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
