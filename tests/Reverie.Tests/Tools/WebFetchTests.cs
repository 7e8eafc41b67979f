using System.Net;
using System.Text;
using System.Text.Json;
using Reverie.Tools;
using Reverie.Tools.Web;

namespace Reverie.Tests.Tools;

public sealed class WebFetchTests : ToolTests
{
    private static readonly TestSite Site = new();

    [Fact]
    public async Task A_page_comes_back_as_text_with_its_address() =>
        (await FetchAsync("/page")).IsFine($"{Site.Url("/page")}\n\n# Title\n\n# Heading\n\nA [link]({Site.Url("/other")}) and é.\n\n- one\n- two");

    [Theory]
    [InlineData("/json", "{\"a\":1}")]
    [InlineData("/latin", "é")]
    [InlineData("/redirect?/json", "{\"a\":1}")]
    public async Task Text_comes_back_as_it_is(string path, string text) => Assert.EndsWith($"\n\n{text}", (await FetchAsync(path)).Text(), StringComparison.Ordinal);

    [Fact]
    public async Task A_document_comes_back_as_one()
    {
        var output = await FetchAsync("/pdf");

        Assert.Equal("%PDF", Encoding.ASCII.GetString(Assert.IsType<ToolContent.Document>(output.Content[1]).Bytes));
        Assert.Equal("document", output.ToJson()[1]!["type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/image", "unsupported_content_type")]
    [InlineData("/missing", "url_not_accessible")]
    [InlineData("/large", "content_too_large")]
    [InlineData("/redirect?/redirect?/redirect?/redirect?/redirect?/redirect?/redirect?/json", "too_many_redirects")]
    [InlineData("/redirect?ftp://example.com/", "invalid_url")]
    [InlineData("/redirect?http://u:p@example.com/", "url_not_allowed")]
    public async Task What_cannot_be_had_is_an_error(string path, string code) => (await FetchAsync(path)).IsErrorWith($"web_fetch: {code}: ");

    [Theory]
    [InlineData("", "web_fetch: url is required")]
    [InlineData("example.com", "web_fetch: invalid_url: ")]
    [InlineData("file:///etc/passwd", "web_fetch: invalid_url: ")]
    [InlineData("http://127.0.0.1:1/", "web_fetch: url_not_allowed: ")]
    [InlineData("http://localhost:1/", "web_fetch: url_not_allowed: ")]
    [InlineData("http://2130706433/", "web_fetch: url_not_allowed: ")]
    [InlineData("http://[::1]/", "web_fetch: url_not_allowed: ")]
    [InlineData("http://[::ffff:10.0.0.1]/", "web_fetch: url_not_allowed: ")]
    [InlineData("http://169.254.169.254/latest/meta-data", "web_fetch: url_not_allowed: ")]
    [InlineData("http://0.0.0.0/", "web_fetch: url_not_allowed: ")]
    public async Task Only_public_addresses_are_fetched(string url, string error) => (await Sandbox.CallAsync("web_fetch", new { url })).IsErrorWith(error);

    [Fact]
    public async Task A_redirect_to_a_private_address_is_refused()
    {
        using var web = new WebFetcher(static a => IPAddress.IsLoopback(a));

        (await RunAsync(web, Site.Url("/redirect?http://10.0.0.1/"), WebFetchSettings.Default)).IsErrorWith("url_not_allowed");
    }

    [Theory]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("example.com", null, false)]
    [InlineData(null, "127.0.0.1", false)]
    [InlineData(null, "example.com", true)]
    public async Task Domains_are_kept_to(string? allowed, string? blocked, bool isFetched)
    {
        using var web = new WebFetcher(static _ => true);

        var output = await RunAsync(web, Site.Url("/json"), new(allowed is null ? null : [allowed], blocked is null ? null : [blocked], null));

        Assert.Equal(isFetched, !output.IsError);
        if (!isFetched) output.IsErrorWith("url_not_allowed");
    }

    [Theory]
    [InlineData("example.com", true)]
    [InlineData("EXAMPLE.com.", true)]
    [InlineData("a.b.example.com", true)]
    [InlineData("notexample.com", false)]
    [InlineData("com", false)]
    public void A_domain_covers_itself_and_what_lies_below(string host, bool isAllowed)
    {
        Assert.Equal(isAllowed, new WebFetchSettings(["example.com"], null, null).Allows(host));
        Assert.Equal(!isAllowed, new WebFetchSettings(null, ["example.com"], null).Allows(host));
    }

    [Fact]
    public void Who_was_set_to_work_may_fetch_no_more_than_who_did_that()
    {
        var settings = new WebFetchSettings(["example.com", "example.org"], null, null) { Within = new WebFetchSettings(null, ["example.org"], null) };

        Assert.True(settings.Allows("www.example.com"));
        Assert.False(settings.Allows("example.org"));
        Assert.False(settings.Allows("example.net"));
    }

    [Fact]
    public async Task Text_is_cut_at_the_tokens_asked_for()
    {
        using var web = new WebFetcher(static _ => true);

        Assert.EndsWith("\n\n{\"a\"\n[content truncated at 1 tokens]", (await RunAsync(web, Site.Url("/json"), new(null, null, 1))).Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>a<p>b", "a\n\nb")]
    [InlineData("a<script>if (x < y) alert('</p>')</script><style>x</style><!-- no -->b", "ab")]
    [InlineData("<SCRIPT>no</Script>b", "b")]
    [InlineData("<pre>  x\n   y</pre>", "```\n  x\n   y\n```")]
    [InlineData("<table><tr><th>a<th>b<tr><td>1<td>2</table>", "a | b\n1 | 2")]
    [InlineData("x <b>bold</b>\n\n  y", "x bold y")]
    [InlineData("<img src='a>b' alt=\"a cat\">", "[image: a cat]")]
    [InlineData("<a>plain</a> <a href='/x?a=1&amp;b=2'>one<a href=//h.example/y>two", "plain [one](http://example.com/x?a=1&b=2)[two](http://h.example/y)")]
    [InlineData("1 < 2 &amp;&lt;b&gt; a<b", "1 < 2 &<b> a")]
    [InlineData("<title>A\n page</title>text", "# A page\n\ntext")]
    [InlineData("<svg><text>no</text></svg>yes<svg>also", "yesalso")]
    [InlineData("text<script>no", "text")]
    [InlineData("<", "<")]
    [InlineData("<a href=\"", "")]
    [InlineData("<!-", "")]
    [InlineData("", "")]
    public void A_page_reads_as_a_person_sees_it(string html, string text) => Assert.Equal(text, HtmlText.Of(html, new("http://example.com/")));

    [Theory]
    [InlineData("<div><b>")]
    [InlineData("<a href='")]
    [InlineData("<svg>")]
    [InlineData("<script></script>")]
    [InlineData("<!--")]
    [InlineData(" a=b")]
    [InlineData("<a b=c ")]
    [InlineData("<pre>      ")]
    [InlineData("&amp")]
    [InlineData("<p> <br> ")]
    public async Task A_page_made_to_take_long_is_read_in_time(string piece) =>
        await Task.Run(() => HtmlText.Of("<x" + string.Concat(Enumerable.Repeat(piece, 500_000)), new("http://example.com/")), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

    private Task<ToolOutput> RunAsync(WebFetcher web, string url, WebFetchSettings settings) =>
        new ToolBox(web).RunAsync(new("toolu_1", "web_fetch", JsonSerializer.SerializeToElement(new { url })) { WebFetch = settings }, Sandbox, TestContext.Current.CancellationToken);

    private async Task<ToolOutput> FetchAsync(string path)
    {
        using var web = new WebFetcher(static _ => true);
        return await RunAsync(web, Site.Url(path), WebFetchSettings.Default);
    }
}
