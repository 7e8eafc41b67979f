using Reverie.Tools.Web;

namespace Reverie.Tests.Tools;

public sealed class UrlMentionTests
{
    [Theory]
    [InlineData("https://example.com/a", "https://example.com/a")]
    [InlineData("see https://example.com/a.", "https://example.com/a")]
    [InlineData("see HTTPS://Example.COM:443/a, please", "https://example.com/a")]
    [InlineData("https://example.com", "https://example.com/")]
    [InlineData("(https://example.com/a)", "https://example.com/a")]
    [InlineData("[one](https://example.com/a)[two](https://example.com/b)", "https://example.com/b")]
    [InlineData("https://example.com/wiki/A_(letter)", "https://example.com/wiki/A_(letter)")]
    [InlineData("**https://example.com/a**", "https://example.com/a")]
    [InlineData("\"https://example.com/a?b=c&d=e#f\"", "https://example.com/a?b=c&d=e")]
    [InlineData("https://example.com/a", "https://example.com/a#part")]
    public void An_address_is_found_where_people_and_pages_put_it(string text, string url) => Assert.True(UrlMentions.Hold(text, new(url)));

    [Theory]
    [InlineData("https://example.com.evil.example/", "https://example.com/")]
    [InlineData("https://example.com/abc", "https://example.com/a")]
    [InlineData("https://example.com/a", "https://example.com/abc")]
    [InlineData("https://example.com/a", "http://example.com/a")]
    [InlineData("https://example.com/a?b=c", "https://example.com/a")]
    [InlineData("https://example.com/a", "https://example.com/a?secret=1")]
    [InlineData("example.com/a", "https://example.com/a")]
    [InlineData("https://", "https://example.com/")]
    public void A_part_of_an_address_is_not_the_address(string text, string url) => Assert.False(UrlMentions.Hold(text, new(url)));

    [Theory]
    [InlineData("http://a(")]
    [InlineData("http://a(b")]
    [InlineData("http://a()")]
    [InlineData("http://")]
    public async Task A_text_made_to_take_long_is_read_in_time(string piece) =>
        Assert.False(await Task.Run(() => UrlMentions.Hold(string.Concat(Enumerable.Repeat(piece, 50_000)), new("https://example.com/")), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
}
