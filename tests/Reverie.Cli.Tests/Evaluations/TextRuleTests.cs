using System.Text.Json;
using Reverie.Cli.Evaluations;

namespace Reverie.Cli.Tests.Evaluations;

public sealed class TextRuleTests
{
    [Theory]
    [InlineData("{\"a\": [{\"b/c\": 1.0}]}", "/a/0/b~1c", "1", true)]
    [InlineData("```json\n{\"a\": null}\n```", "/a", "null", true)]
    [InlineData("{}", "/a", "null", false)]
    [InlineData("[1, 2]", "", "[1, 2]", true)]
    [InlineData("[1, 2]", "/2", "2", false)]
    [InlineData("[1, 2]", "/-1", "2", false)]
    [InlineData("{\"a\": \"1\"}", "/a", "1", false)]
    [InlineData("no JSON", "", "1", false)]
    public void A_value_is_found_by_its_pointer(string text, string way, string value, bool holds) =>
        Assert.Equal(holds, new TextRule.JsonEquals(JsonPointer.Parse(way)!, JsonElement.Parse(value)).Holds(text));

    [Fact]
    public void A_pointer_begins_with_a_slash() => Assert.Null(JsonPointer.Parse("a/b"));

    [Fact]
    public void Letters_count_as_they_are()
    {
        Assert.False(new TextRule.Contains("Port").Holds("port"));
        Assert.True(new TextRule.Lacks("Port").Holds("port"));
    }
}
