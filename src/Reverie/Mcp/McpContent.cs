using ModelContextProtocol.Protocol;
using Reverie.Inference;
using Reverie.Tools;

namespace Reverie.Mcp;

/// <summary>Results of MCP tools as blocks for a model.</summary>
internal static class McpContent
{
    /// <summary>Images of one result; further ones are left out.</summary>
    public const int ImagesMax = 20;

    private const int ImageBytesMax = 5 << 20;

    /// <summary>Text that stands in more blocks than this is put into one.</summary>
    private const int TextBlocksMax = 20;

    /// <summary>At least one block. What a model cannot read is named instead.</summary>
    public static (IReadOnlyList<ModelBlock> Content, bool IsError) Read(CallToolResult result)
    {
        List<ModelBlock> blocks = [.. result.Content.Select(Read)];
        var images = blocks.OfType<ImageBlock>().ToList();
        if (images.Count > ImagesMax)
        {
            blocks.RemoveAll(images.Skip(ImagesMax).ToHashSet<ModelBlock>(ReferenceEqualityComparer.Instance).Contains);
            blocks.Add(new TextBlock($"({images.Count - ImagesMax} more images are left out)"));
        }
        var texts = blocks.OfType<TextBlock>().ToList();
        if (texts.Count > TextBlocksMax || texts.Sum(static t => (long)t.Text.Length) > ToolBox.ResultCharactersMax)
            blocks = [new TextBlock(string.Join('\n', texts.Select(static t => t.Text))), .. blocks.OfType<ImageBlock>()];
        if (blocks.Count == 0) blocks.Add(new TextBlock(result.StructuredContent is { } value ? value.ToString() : "(no output)"));
        return (blocks, result.IsError == true);
    }

    private static ModelBlock Read(ContentBlock block) => block switch
    {
        TextContentBlock text => new TextBlock(text.Text),
        ImageContentBlock image => Read(image),
        EmbeddedResourceBlock { Resource: TextResourceContents text } => new TextBlock(text.Text),
        EmbeddedResourceBlock resource => new TextBlock($"(the resource {resource.Resource.Uri}, which is no text)"),
        ResourceLinkBlock link => new TextBlock($"(a link to the resource {link.Uri})"),
        _ => new TextBlock($"(content of type {block.Type}, which cannot be shown)"),
    };

    private static ModelBlock Read(ImageContentBlock image)
    {
        ReadOnlyMemory<byte> bytes;
        try
        {
            bytes = image.DecodedData;
        }
        catch (FormatException)
        {
            return new TextBlock($"(an image of type {image.MimeType}, whose data is no base64)");
        }
        return bytes.Length <= ImageBytesMax && IsImage(image.MimeType, bytes.Span)
            ? new ImageBlock(new Base64Source(image.MimeType, Convert.ToBase64String(bytes.Span)))
            : new TextBlock($"(an image of type {image.MimeType}, {bytes.Length} bytes, which cannot be shown)");
    }

    /// <summary>It begins as files of its type do; a model's service refuses the whole request otherwise.</summary>
    private static bool IsImage(string type, ReadOnlySpan<byte> bytes) => type switch
    {
        "image/png" => bytes.Length >= 8 && bytes[0] == 0x89 && bytes[1..].StartsWith("PNG\r\n\x1a\n"u8),
        "image/jpeg" => bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]),
        "image/gif" => bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8),
        "image/webp" => bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8),
        _ => false,
    };
}
