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

    /// <summary>A block as the wire shows it; only kinds that tools and models produce.</summary>
    public static void Write(Utf8JsonWriter json, ModelBlock block)
    {
        json.WriteStartObject();
        switch (block)
        {
            case TextBlock text:
                json.WriteString("type", "text");
                json.WriteString("text", text.Text);
                break;
            case ImageBlock { Source: Base64Source image }:
                json.WriteString("type", "image");
                WriteSource(json, image);
                break;
            case DocumentBlock { Source: Base64Source document } whole:
                json.WriteString("type", "document");
                WriteSource(json, document);
                json.WriteString("title", whole.Title);
                json.WriteString("context", whole.Context);
                break;
            default:
                throw new UnreachableException($"block {block.GetType().Name}");
        }
        json.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter json, Base64Source source)
    {
        json.WriteStartObject("source");
        json.WriteString("type", "base64");
        json.WriteString("media_type", source.MediaType);
        json.WriteString("data", source.Data);
        json.WriteEndObject();
    }

    private static MediaSource Source(JsonElement source) => Text(source, "type") switch
    {
        "base64" => new Base64Source(Text(source, "media_type"), Text(source, "data")),
        "url" => new UrlSource(Text(source, "url")),
        "text" => new PlainTextSource(Text(source, "data")),
        "file" => new FileSource(Text(source, "file_id")),
        var other => throw new UnreachableException($"source {other}"),
    };

    /// <summary>A string that is there.</summary>
    public static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    /// <summary>Null when it is absent or null.</summary>
    public static string? OptionalText(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
