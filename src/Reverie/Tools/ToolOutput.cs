using System.Text.Json.Nodes;

namespace Reverie.Tools;

/// <summary>The answer to a tool call.</summary>
/// <param name="Content">At least one block.</param>
/// <param name="IsError">True when the tool did not do what was asked; the content says why.</param>
public sealed record ToolOutput(IReadOnlyList<ToolContent> Content, bool IsError)
{
    public static ToolOutput Of(string text) => new([new ToolContent.Text(text)], IsError: false);

    public static ToolOutput Error(string text) => new([new ToolContent.Text(text)], IsError: true);

    /// <summary>The blocks as they stand in an event.</summary>
    public JsonArray ToJson() => new([.. Content.Select(static c => c.ToJson())]);
}

/// <summary>A block of an answer.</summary>
public abstract record ToolContent
{
    private ToolContent() { }

    /// <summary>The block as it stands in an event.</summary>
    public abstract JsonNode ToJson();

    public sealed record Text(string Value) : ToolContent
    {
        public override JsonNode ToJson() => new JsonObject { ["type"] = "text", ["text"] = Value };
    }

    /// <summary>A document that is no text, such as a PDF.</summary>
    public sealed record Document(string MediaType, byte[] Bytes) : ToolContent
    {
        public override JsonNode ToJson() => new JsonObject
        {
            ["type"] = "document",
            ["source"] = new JsonObject { ["type"] = "base64", ["media_type"] = MediaType, ["data"] = Convert.ToBase64String(Bytes) },
        };
    }
}
