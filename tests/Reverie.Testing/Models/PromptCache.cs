using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reverie.Testing.Models;

/// <summary>What the service keeps of prompts: prefixes that end at a breakpoint, byte for byte.</summary>
internal sealed class PromptCache
{
    /// <summary>How many blocks before a breakpoint are looked up, too.</summary>
    private const int LookBackBlocks = 20;

    private const int BytesPerToken = 4;

    /// <summary>Text counts as it reads, not as it is escaped.</summary>
    public static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ConcurrentDictionary<string, bool> _kept = new(StringComparer.Ordinal);

    /// <summary>How many tokens of the prompt were new, written and read.</summary>
    public PromptTokens Count(JsonElement body)
    {
        var prefixes = Prefixes(body);
        var marked = prefixes.Index().Where(static p => p.Item.IsMarked).Select(static p => p.Index).ToList();
        var all = prefixes.Count == 0 ? 0 : prefixes[^1].Tokens;
        if (marked.Count == 0) return new PromptTokens(all, 0, 0);
        var read = marked.SelectMany(static m => Enumerable.Range(Math.Max(m - LookBackBlocks + 1, 0), Math.Min(m + 1, LookBackBlocks)))
            .Where(at => _kept.ContainsKey(prefixes[at].Hash)).Select(at => prefixes[at].Tokens).DefaultIfEmpty(0).Max();
        foreach (var at in marked) _kept[prefixes[at].Hash] = true;
        var written = Math.Max(prefixes[marked[^1]].Tokens, read);
        return new PromptTokens(all - written, written - read, read);
    }

    private static List<(string Hash, int Tokens, bool IsMarked)> Prefixes(JsonElement body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var prefixes = new List<(string, int, bool)>();
        var bytes = 0;
        foreach (var (place, block) in Blocks(body))
        {
            var isMarked = block is JsonObject o && o.Remove("cache_control");
            var text = Encoding.UTF8.GetBytes($"{place} {block?.ToJsonString(Plain)}\n");
            hash.AppendData(text);
            bytes += text.Length;
            prefixes.Add((Convert.ToHexString(hash.GetCurrentHash()), bytes / BytesPerToken, isMarked));
        }
        return prefixes;
    }

    private static IEnumerable<(string Place, JsonNode? Block)> Blocks(JsonElement body)
    {
        var root = JsonNode.Parse(body.GetRawText())!;
        // The service tells the model of the format before all else: another one is another prompt.
        if (root["output_config"]?["format"] is { } format) yield return ("format", format);
        foreach (var tool in root["tools"] as JsonArray ?? []) yield return ("tool", tool);
        foreach (var block in Parts(root["system"])) yield return ("system", block);
        foreach (var message in (JsonArray)root["messages"]!)
            foreach (var block in Parts(message!["content"])) yield return ((string)message["role"]!, block);
    }

    private static JsonNode?[] Parts(JsonNode? content) => content switch
    {
        null => [],
        JsonArray list => [.. list],
        _ => [content],
    };
}

/// <summary>Tokens of a prompt: neither read nor written, written to the cache, read from it.</summary>
internal readonly record struct PromptTokens(int Input, int Written, int Read);
