using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Reverie.Inference;
using Reverie.Mcp;
using Reverie.Tools;

namespace Reverie.Tests.Mcp;

/// <summary>What a stranger's server answers becomes something a model can read, whatever it is.</summary>
public sealed class McpContentTests
{
    [Theory]
    [InlineData("!!!notbase64", "no base64")]
    [InlineData("aGVsbG8=", "cannot be shown")]
    [InlineData("", "cannot be shown")]
    public void What_is_no_image_is_named(string data, string said)
    {
        var block = Assert.Single(Read($$"""[{"type":"image","mimeType":"image/png","data":"{{data}}"}]"""));

        Assert.Contains(said, Assert.IsType<TextBlock>(block).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_is_shown() =>
        Assert.IsType<ImageBlock>(Assert.Single(Read("""[{"type":"image","mimeType":"image/gif","data":"R0lGODlhAQABAAAAACw="}]""")));

    [Fact]
    public void Further_images_are_left_out()
    {
        var blocks = Read($"[{string.Join(',', Enumerable.Repeat("""{"type":"image","mimeType":"image/gif","data":"R0lGODlhAQABAAAAACw="}""", McpContent.ImagesMax + 3))}]");

        Assert.Equal(McpContent.ImagesMax, blocks.OfType<ImageBlock>().Count());
        Assert.Equal("(3 more images are left out)", Assert.Single(blocks.OfType<TextBlock>()).Text);
    }

    [Fact]
    public void Text_in_a_thousand_blocks_is_one_text()
    {
        var blocks = Read($"[{string.Join(',', Enumerable.Repeat("""{"type":"text","text":"a"}""", 1000))}]");

        Assert.Equal(1999, Assert.IsType<TextBlock>(Assert.Single(blocks)).Text.Length);
    }

    [Fact]
    public void Texts_that_are_too_long_together_are_one_text()
    {
        var half = new string('x', ToolBox.ResultCharactersMax / 2 + 1);

        Assert.True(Assert.IsType<TextBlock>(Assert.Single(Read($$"""[{"type":"text","text":"{{half}}"},{"type":"text","text":"{{half}}"}]"""))).Text.Length > ToolBox.ResultCharactersMax);
    }

    private static IReadOnlyList<ModelBlock> Read(string content) =>
        McpContent.Read(JsonSerializer.Deserialize<CallToolResult>($$"""{"content":{{content}}}""", McpJsonUtilities.DefaultOptions)!).Content;
}
