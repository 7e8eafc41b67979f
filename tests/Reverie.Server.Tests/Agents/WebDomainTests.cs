using Reverie.Agents;

namespace Reverie.Server.Tests.Agents;

public sealed class WebDomainTests
{
    [Theory]
    [InlineData("example.com")]
    [InlineData("Example.COM/")]
    [InlineData("a_b.example.com")]
    [InlineData("xn--bcher-kva.example")]
    [InlineData("bbc.co.uk")]
    public void A_public_host_is_taken(string text) => Assert.Null(WebDomain.Read(text, takesPath: false).Problem);

    [Theory]
    [InlineData("")]
    [InlineData("https://example.com")]
    [InlineData("example.com:443")]
    [InlineData("user@example.com")]
    [InlineData("*.example.com")]
    [InlineData("example .com")]
    [InlineData("-a.example.com")]
    [InlineData("a-.example.com")]
    [InlineData("a..example.com")]
    [InlineData("example.com.")]
    [InlineData("example.com//")]
    [InlineData("example.com/a")]
    [InlineData("bücher.example")]
    [InlineData("com")]
    [InlineData("co.uk")]
    [InlineData("localhost")]
    [InlineData("a.localhost")]
    [InlineData("printer.local")]
    [InlineData("db.internal")]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("a.0x7f")]
    [InlineData("[::1]")]
    public void Anything_else_is_not(string text) => Assert.NotNull(WebDomain.Read(text, takesPath: false).Problem);

    [Theory]
    [InlineData("example.com/docs/api", true)]
    [InlineData("example.com/a b", false)]
    [InlineData("example.com/a?b", false)]
    [InlineData("example.com/a|b", false)]
    public void A_search_takes_a_plain_path(string text, bool isTaken) => Assert.Equal(isTaken, WebDomain.Read(text, takesPath: true).Problem is null);

    [Fact]
    public void A_domain_covers_itself_and_what_is_below_it()
    {
        var domain = WebDomain.Read("Example.com", takesPath: false).Domain!;

        Assert.True(domain.Covers("example.com"));
        Assert.True(domain.Covers("docs.EXAMPLE.com"));
        Assert.False(domain.Covers("notexample.com"));
        Assert.False(domain.Covers("com"));
    }
}
