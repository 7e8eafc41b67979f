using ModelContextProtocol.Protocol;
using Reverie.Inference;

namespace Reverie.Mcp;

/// <summary>Results of MCP tools as blocks for a model.</summary>
internal static class McpContent
{
    private const int ImageBytesMax = 5 << 20;

    private static readonly string[] ImageTypes = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    /// <summary>At least one block. What a model cannot read is named instead.</summary>
    public static (IReadOnlyList<ModelBlock> Content, bool IsError) Read(CallToolResult result)
    {
        List<ModelBlock> blocks = [.. result.Content.Select(Read)];
        if (blocks.Count == 0) blocks.Add(new TextBlock(result.StructuredContent is { } value ? value.ToString() : "(no output)"));
        return (blocks, result.IsError == true);
    }

    private static ModelBlock Read(ContentBlock block) => block switch
    {
        TextContentBlock text => new TextBlock(text.Text),
        ImageContentBlock image when ImageTypes.Contains(image.MimeType) && image.DecodedData.Length <= ImageBytesMax => new ImageBlock(new Base64Source(image.MimeType, Convert.ToBase64String(image.DecodedData.Span))),
        ImageContentBlock image => new TextBlock($"(an image of type {image.MimeType}, {image.DecodedData.Length} bytes, which cannot be shown)"),
        EmbeddedResourceBlock { Resource: TextResourceContents text } => new TextBlock(text.Text),
        EmbeddedResourceBlock resource => new TextBlock($"(the resource {resource.Resource.Uri}, which is no text)"),
        ResourceLinkBlock link => new TextBlock($"(a link to the resource {link.Uri})"),
        _ => new TextBlock($"(content of type {block.Type}, which cannot be shown)"),
    };
}
