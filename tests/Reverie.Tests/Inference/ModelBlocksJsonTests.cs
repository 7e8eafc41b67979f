using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Reverie.Inference;

namespace Reverie.Tests.Inference;

public sealed class ModelBlocksJsonTests
{
    private static readonly Gen<string> Texts = Gen.Elements("", " ", "text", "日本語 🎉", "\"quoted\" \\ \n\t\u2028</script>", "a\u0000b", new string('x', 500));
    private static readonly Gen<MediaSource> Sources = Gen.OneOf(
        Gen.Select(Texts, static t => (MediaSource)new Base64Source("image/png", t)), Gen.Select(Texts, static t => (MediaSource)new UrlSource(t)), Gen.Select(Texts, static t => (MediaSource)new PlainTextSource(t)));
    private static readonly Gen<ModelBlock> Simple = Gen.OneOf(
        Gen.Select(Texts, static t => (ModelBlock)new TextBlock(t)),
        Gen.Select(Sources, static s => (ModelBlock)new ImageBlock(s)),
        Gen.Select(Gen.Zip(Sources, Texts), static p => (ModelBlock)new DocumentBlock(p.Item1, p.Item2.Length == 0 ? null : p.Item2, p.Item2)),
        Gen.Select(Gen.Zip(Texts, Gen.ListOf(Texts)), static p => (ModelBlock)new SearchResultBlock(p.Item1, p.Item1, [.. p.Item2], p.Item2.Count % 2 == 0)));
    private static readonly Gen<ModelBlock> Blocks = Gen.OneOf(
        Simple,
        Gen.Select(Texts, static t => (ModelBlock)new ThinkingBlock(t, t.Length == 0 ? null : t)),
        Gen.Select(Texts, static t => (ModelBlock)new RedactedThinkingBlock(t)),
        Gen.Select(Texts, static t => (ModelBlock)new ToolUseBlock("id", "name", JsonSerializer.Serialize(new { t })) { InvalidInput = t.Length == 0 ? null : t }),
        Gen.Select(Gen.ListOf(Simple), static c => (ModelBlock)new ToolResultBlock("id", [.. c], c.Count % 2 == 0)));

    [Fact]
    public void Whatever_the_blocks_they_come_back_as_they_were()
    {
        Prop.ForAll(Gen.ListOf(Blocks).ToArbitrary(), static blocks =>
        {
            var json = ModelBlocksJson.Write([.. blocks]);
            var back = ModelBlocksJson.Read(json);
            // Blocks with lists compare them by reference; what is written does not.
            return back.Count == blocks.Count && ModelBlocksJson.Write(back) == json && back.Zip(blocks).All(static p => p.First.GetType() == p.Second.GetType());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void They_are_compact_and_keep_inputs_as_they_were()
    {
        const string input = """{"b": 1,"a":"é"}""";

        var json = ModelBlocksJson.Write([new TextBlock("a"), new ToolUseBlock("i", "n", input)]);

        Assert.Equal("""[{"type":"text","text":"a"},{"type":"tool_use","id":"i","name":"n","input":"{\"b\": 1,\"a\":\"é\"}"}]""", json);
        Assert.Equal(input, Assert.IsType<ToolUseBlock>(ModelBlocksJson.Read(json)[1]).Input);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[{}]")]
    [InlineData("""[{"type":"other"}]""")]
    [InlineData("""[{"type":"text"}]""")]
    [InlineData("""[{"type":"text","text":null}]""")]
    public void What_is_no_list_of_blocks_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => ModelBlocksJson.Read(json));
}
