using System.Security.Cryptography;
using System.Text;
using Reverie.Protocol.Memory;

namespace Reverie.Memory.Stores;

/// <summary>The text of a memory with what guards it: computed once, before the write queue.</summary>
/// <param name="Text">Exactly as received.</param>
/// <param name="Sha256">Over the UTF-8 bytes, 64 lower-case hex digits.</param>
/// <param name="SizeBytes">UTF-8 bytes.</param>
public sealed record MemoryContent(string Text, string Sha256, int SizeBytes)
{
    public static MemoryContent Of(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new MemoryContent(text, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length);
    }

    /// <summary>What is wrong with it as the content of a memory; null when nothing is.</summary>
    public string? Problem =>
        SizeBytes > MemoryLimits.ContentBytesMax ? $"has {SizeBytes} bytes of UTF-8; the limit is {MemoryLimits.ContentBytesMax}: split it into several memories"
        : Text.Contains('\0') ? "contains the character U+0000, which cannot be stored: remove it"
        : null;
}
