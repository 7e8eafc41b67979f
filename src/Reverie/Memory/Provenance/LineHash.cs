using System.Security.Cryptography;
using System.Text;

namespace Reverie.Memory.Provenance;

/// <summary>The name of a line by what it says, whatever surrounds it: 16 lower-case hex digits.</summary>
public static class LineHash
{
    /// <summary>Null for a line without text.</summary>
    public static string? Of(ReadOnlySpan<char> line)
    {
        var text = line.Trim();
        return text.IsEmpty ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }

    /// <summary>The distinct lines of a text, in order.</summary>
    public static IReadOnlyList<string> All(string text) => [.. text.Split('\n').Select(static l => Of(l)).OfType<string>().Distinct(StringComparer.Ordinal)];
}
