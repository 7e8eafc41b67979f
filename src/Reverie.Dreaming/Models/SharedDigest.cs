using System.Text.Json.Nodes;
using Reverie.Dreaming.Synthesis;

namespace Reverie.Dreaming.Models;

/// <summary>The store and the sessions in short: the part of a prompt that all requests but checks share, byte for byte.</summary>
internal static class SharedDigest
{
    /// <summary>Characters of the store that are shown.</summary>
    public const int MemoryCharsMax = 24_000;

    private const int TextCharsMax = 2_000;
    private const int ToolboxesMax = 12;
    private const int ToolsMax = 16;

    public static string Of(MemoryTree memory, IReadOnlyList<Toolbox> toolboxes) => Prompts.Fill("shared",
        ("memory", QuotedData.Block(Memories(memory))), ("sessions", QuotedData.Block(toolboxes.OrderByDescending(static b => b.Sessions.Count).ThenBy(static b => b.Name, StringComparer.Ordinal).Take(ToolboxesMax).Select(OfToolbox))));

    private static IEnumerable<JsonObject> Memories(MemoryTree memory)
    {
        var left = MemoryCharsMax;
        foreach (var (path, text) in memory.Texts)
        {
            if (left <= 0) yield break;
            var shown = QuotedData.Shown(text, Math.Min(TextCharsMax, left));
            left -= shown.Length + path.Length;
            yield return new JsonObject { ["from"] = "memory", ["path"] = QuotedData.Shown(path, TextCharsMax), ["text"] = shown };
        }
    }

    private static JsonObject OfToolbox(Toolbox toolbox)
    {
        var tools = toolbox.Sessions.SelectMany(static s => s.Steps).GroupBy(static s => s.Tool, StringComparer.Ordinal)
            .OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal).Take(ToolsMax);
        return new JsonObject
        {
            ["agents"] = toolbox.Name,
            ["sessions"] = toolbox.Sessions.Count,
            ["good"] = toolbox.Sessions.Count(static s => s.Satisfied == true),
            ["failed"] = toolbox.Sessions.Count(static s => s.Satisfied == false),
            ["tools"] = new JsonArray([.. tools.Select(static g => (JsonNode)new JsonObject { ["tool"] = g.Key, ["calls"] = g.Count(), ["failed"] = g.Count(static s => s.Failed) })]),
        };
    }
}
