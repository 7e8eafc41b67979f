using System.Diagnostics;
using System.Text.Json;
using Reverie.Inference;

namespace Reverie.Sessions.Turns;

/// <summary>Content blocks of the wire as the model is given them (public contract, "Content blocks").</summary>
internal static class WireContent
{
    /// <summary>The blocks of a list that was validated when it came in.</summary>
    public static IReadOnlyList<ModelBlock> Read(JsonElement content)
    {
        var blocks = new List<ModelBlock>(content.GetArrayLength());
        foreach (var block in content.EnumerateArray())
        {
            switch (Text(block, "type"))
            {
                case "text":
                    blocks.Add(new TextBlock(Text(block, "text")));
                    break;
                case "image":
                    blocks.Add(new ImageBlock(Source(block.GetProperty("source"))));
                    break;
                case "document":
                    blocks.Add(new DocumentBlock(Source(block.GetProperty("source")), OptionalText(block, "title"), OptionalText(block, "context")));
                    break;
                case "search_result":
                    blocks.Add(new SearchResultBlock(Text(block, "source"), Text(block, "title"), [.. block.GetProperty("content").EnumerateArray().Select(static p => Text(p, "text"))],
                        block.TryGetProperty("citations", out var citations) && citations.TryGetProperty("enabled", out var on) && on.ValueKind == JsonValueKind.True));
                    break;
            }
        }
        return blocks;
    }

    private static MediaSource Source(JsonElement source) => Text(source, "type") switch
    {
        "base64" => new Base64Source(Text(source, "media_type"), Text(source, "data")),
        "url" => new UrlSource(Text(source, "url")),
        "text" => new PlainTextSource(Text(source, "data")),
        "file" => new FileSource(Text(source, "file_id")),
        var other => throw new UnreachableException($"source {other}"),
    };

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string? OptionalText(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
