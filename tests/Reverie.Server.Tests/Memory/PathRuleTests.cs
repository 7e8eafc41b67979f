using FsCheck.Fluent;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Memory;

/// <summary>Which paths a memory may have (public contract, "Path rules").</summary>
public sealed class PathRuleTests(SqliteServer server) : IClassFixture<SqliteServer>
{
    [Theory]
    [InlineData("/a")]
    [InlineData("/a/b.c/d e/…")]
    [InlineData("/.hidden")]
    [InlineData("/a..b")]
    [InlineData("/...")]
    [InlineData("/caf\u00e9")]
    [InlineData("/日本語/😀")]
    [InlineData("/\\")]
    [InlineData("/C:/x")]
    [InlineData("/'; DROP TABLE memories; --")]
    [InlineData("/%2e%2e")]
    public async Task These_are_paths(string path)
    {
        var store = await server.NewStoreAsync();

        var made = (await server.PostAsync($"{store}/memories", new { path, content = "" })).Expect(System.Net.HttpStatusCode.OK);

        Assert.Equal(path, made.Json.GetProperty("path").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("/a/")]
    [InlineData("/a//b")]
    [InlineData("/.")]
    [InlineData("/..")]
    [InlineData("/a/../b")]
    [InlineData("/a/./b")]
    [InlineData("/a\u0000")]
    [InlineData("/a\tb")]
    [InlineData("/a\u007f")]
    [InlineData("/a\u0085")]
    [InlineData("/a\u200b")]
    [InlineData("/a\u202e")]
    [InlineData("/a\ufeff")]
    [InlineData("/a\u2028")]
    [InlineData("/a\u2029")]
    [InlineData("/cafe\u0301")]
    [InlineData("/\u212b")]
    [InlineData("/\u1100\u1161")]
    [InlineData("/a\u0323\u0307\u0323")]
    public async Task These_are_none_and_the_field_is_named(string path)
    {
        var store = await server.NewStoreAsync();

        var reply = (await server.PostAsync($"{store}/memories", new { path, content = "" })).ExpectError(400, "invalid_request_error");

        Assert.StartsWith("path ", reply.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lengths_hold_at_the_edge_and_count_bytes()
    {
        var store = await server.NewStoreAsync();

        async Task<int> CreateAsync(string path) => (int)(await server.PostAsync($"{store}/memories", new { path, content = "" })).Status;

        Assert.Equal(200, await CreateAsync("/" + new string('a', 1023)));
        Assert.Equal(400, await CreateAsync("/" + new string('b', 1024)));
        Assert.Equal(200, await CreateAsync("/c" + new string('ä', 511)));
        Assert.Equal(400, await CreateAsync("/" + new string('ö', 512)));
        Assert.Equal(200, await CreateAsync(string.Concat(Enumerable.Repeat("/d", 20))));
        Assert.Equal(400, await CreateAsync(string.Concat(Enumerable.Repeat("/e", 21))));
    }

    [Fact]
    public void A_path_is_taken_exactly_when_it_keeps_the_rules()
    {
        var pieces = Gen.Elements("/", "/", "a", "B", ".", "..", "é", "e\u0301", "\u0001", "\u200D", "\u2028", "😀", " ", "\\");
        Law.Of(300, from count in Gen.Choose(0, 9) from drawn in Gen.ListOf(pieces, count) select string.Concat(drawn), async path =>
        {
            var store = await server.NewStoreAsync();

            var reply = await server.PostAsync($"{store}/memories", new { path, content = "" });

            Assert.Equal(KeepsTheRules(path) ? 200 : 400, (int)reply.Status);
        });
    }

    private static bool KeepsTheRules(string path) =>
        path.StartsWith('/') && path[1..].Split('/').All(static s => s is not ("" or "." or ".."))
        && !path.Any(static c => c is '\u0001' or '\u200D' or '\u2028' or '\u0301');
}
