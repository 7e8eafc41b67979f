using FsCheck;
using FsCheck.Fluent;
using Reverie.Mcp;

namespace Reverie.Tests.Mcp;

public sealed class McpToolNameTests
{
    [Theory]
    [InlineData("github", "search_issues", "mcp__github__search_issues")]
    [InlineData("my-tools", "a", "mcp__my-tools__a")]
    public void Plain_names_are_joined(string server, string tool, string name) => Assert.Equal(name, McpToolName.Of(server, tool));

    [Theory]
    [InlineData("order server", "find")]
    [InlineData("site", "order.find")]
    [InlineData("a__b", "c")]
    [InlineData("a", "_b")]
    [InlineData("a_very_long_name_of_a_server_that_somebody_chose", "and_a_long_name_of_a_tool")]
    public void Other_names_are_made_plain_and_told_apart_by_a_hash(string server, string tool) => Assert.Matches("^mcp__[a-zA-Z0-9_-]{1,50}-[0-9a-f]{8}$", McpToolName.Of(server, tool));

    [Fact]
    public void Every_name_is_one_that_providers_take_and_different_tools_have_different_names()
    {
        var parts = Gen.Elements("a", "b", "_", "__", "-", ".", " ", "é", "x_y").NonEmptyListOf().Select(static l => string.Concat(l));
        var pairs = parts.Zip(parts).ListOf(6);
        Prop.ForAll(pairs.ToArbitrary(), static list =>
        {
            var named = list.Distinct().Select(static p => McpToolName.Of(p.Item1, p.Item2)).ToList();
            Assert.Equal(named.Count, named.Distinct(StringComparer.Ordinal).Count());
            Assert.All(named, static n => Assert.Matches("^[a-zA-Z0-9_-]{1,64}$", n));
        }).QuickCheckThrowOnFailure();
    }
}
