using System.Net;
using System.Net.Sockets;
using System.Text;
using Reverie.Sandboxes.Network;
using Reverie.Tests.Tools;

namespace Reverie.Tests.Sandboxes;

public sealed class EgressProxyTests : IDisposable
{
    private static readonly TestSite Site = new();
    private static readonly EgressRules Loopback = new([new("127.0.0.1", null)], [new("127.0.0.1", null)]);

    private readonly TemporaryDirectory _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData("GET http://127.0.0.1:{0}/json HTTP/1.1\r\nHost: other\r\nProxy-Connection: keep-alive\r\n\r\n", "{\"a\":1}")]
    [InlineData("CONNECT 127.0.0.1:{0} HTTP/1.1\r\n\r\nGET /json HTTP/1.1\r\n\r\n", "{\"a\":1}")]
    [InlineData("CONNECT blocked.example:443 HTTP/1.1\r\n\r\n", "HTTP/1.1 403")]
    [InlineData("GET http://blocked.example/ HTTP/1.1\r\n\r\n", "does not allow blocked.example")]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("GET https://127.0.0.1/ HTTP/1.1\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("CONNECT u@127.0.0.1:1 HTTP/1.1\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("\r\n\r\n", "HTTP/1.1 400")]
    public async Task Only_what_the_rules_allow_gets_through(string request, string part)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/perl"), "A network needs perl.");
        // No address of a socket is as long as this path.
        var place = Directory.CreateDirectory(_temporary[new string('p', 200)]).FullName;
        await using var proxy = EgressProxy.Start(Loopback, place, owner: null);
        Directory.CreateSymbolicLink(_temporary["near"], proxy.Additions.Mounts[0].HostPath);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_temporary["near/proxy"]), TestContext.Current.CancellationToken);
        await using var stream = new NetworkStream(socket);

        await stream.WriteAsync(Encoding.ASCII.GetBytes(request.Replace("{0}", $"{Site.Port}")), TestContext.Current.CancellationToken);
        socket.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream);

        Assert.Contains(part, await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("example.com", true)]
    [InlineData("EXAMPLE.COM.", true)]
    [InlineData("www.example.com", false)]
    [InlineData("a.b.example.org", true)]
    [InlineData("example.org", false)]
    [InlineData("evilexample.org", false)]
    public void A_host_is_allowed_by_name_or_pattern(string host, bool isAllowed) =>
        Assert.Equal(isAllowed, new EgressRules([new("example.com", null), new("*.example.org", null)], []).Allows(host, 443));

    [Theory]
    [InlineData("1.1.1.1", true)]
    [InlineData("172.15.0.1", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("172.16.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("2002:7f00:1::", false)]
    public void An_address_is_public_or_not(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));
}
