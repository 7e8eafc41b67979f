using System.Security.Cryptography;
using System.Text;

namespace Reverie.Mcp;

/// <summary>What a model calls the tools of MCP servers: one name for each server and tool, whatever both are called.</summary>
public static class McpToolName
{
    /// <summary>What every such name begins with; no other tool's does (public contract, "custom").</summary>
    public const string Prefix = "mcp__";

    /// <summary>The longest name every provider takes.</summary>
    public const int CharsMax = 64;

    private const int HashChars = 8;

    /// <summary>Letters, digits, <c>_</c> and <c>-</c>, at most <see cref="CharsMax"/>. The same server and tool give the same name, others another.</summary>
    public static string Of(string server, string tool)
    {
        var plain = $"{Prefix}{server}__{tool}";
        if (plain.Length <= CharsMax && plain.All(IsPlain) && !server.Contains("__", StringComparison.Ordinal) && !tool.StartsWith('_')) return plain;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{server}\n{tool}")))[..HashChars];
        var legible = string.Concat($"{Prefix}{server}__{tool}".Select(static c => IsPlain(c) ? c : '-'));
        return $"{legible[..Math.Min(legible.Length, CharsMax - HashChars - 1)]}-{hash}";
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
