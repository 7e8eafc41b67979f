using System.Collections.Concurrent;
using System.Text.Json;

namespace Reverie.Testing.Models;

/// <summary>What the service thought, which must come back as it was while its calls are answered.</summary>
internal sealed class IssuedThinking
{
    private readonly ConcurrentDictionary<string, string> _textOf = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _callsAfterThinking = new(StringComparer.Ordinal);

    public void Remember(IReadOnlyList<JsonElement> blocks)
    {
        var hasThought = false;
        foreach (var block in blocks)
        {
            switch (block.GetProperty("type").GetString())
            {
                case "thinking":
                    _textOf[block.GetProperty("signature").GetString()!] = block.GetProperty("thinking").GetString()!;
                    hasThought = true;
                    break;
                case "redacted_thinking":
                    _textOf[block.GetProperty("data").GetString()!] = "";
                    hasThought = true;
                    break;
                case "tool_use":
                    _callsAfterThinking[block.GetProperty("id").GetString()!] = hasThought;
                    break;
            }
        }
    }

    public bool IsGenuine(string signature, string text) => _textOf.TryGetValue(signature, out var issued) && issued == text;

    public bool NeedsThinking(string toolUseId) => _callsAfterThinking.GetValueOrDefault(toolUseId);
}
