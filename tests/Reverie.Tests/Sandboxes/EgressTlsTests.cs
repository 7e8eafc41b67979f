using Reverie.Sandboxes;
using Reverie.Sandboxes.Network;

namespace Reverie.Tests.Sandboxes;

/// <summary>HTTPS of commands, through the proxy to a server with TLS.</summary>
public sealed class EgressTlsTests : IAsyncLifetime
{
    private readonly SandboxMachine _machine = new();
    private readonly TlsSite _site = new();
    private ISandbox _sandbox = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "curl is missing.");
        await SandboxMachine.HostAsync();
        var options = new SandboxHostOptions { Directory = _machine.Place["host"], Packages = new() { Hosts = [new EgressHost("localhost", _site.Port)] } };
        var host = await SandboxMachine.ProbeAsync(options);
        _sandbox = host.Open(_machine.Spec(static s => s with { Network = new SandboxNetwork.Limited([]) { HasPackageManagers = true } }));
        _sandbox.Files.Write("certificate", System.Text.Encoding.ASCII.GetBytes(_site.CertificateText));
    }

    public async ValueTask DisposeAsync()
    {
        if (_sandbox is not null) await _sandbox.DisposeAsync();
        _site.Dispose();
        _machine.Dispose();
    }

    [Fact]
    public async Task What_is_said_to_an_allowed_host_arrives_as_it_was_said()
    {
        var outcome = await _sandbox.ShellAsync(
            $"head -c 3000000 /dev/urandom > said; curl -sS --cacert certificate -H Expect: --data-binary @said https://localhost:{_site.Port}/ -o heard -w '%{{http_code}} %{{ssl_verify_result}}'; cmp said heard");

        Assert.Equal(("200 0", 0), (outcome.Output, outcome.Code()));
    }

    [Fact]
    public async Task A_certificate_is_judged_by_the_program_alone()
    {
        var outcome = await _sandbox.ShellAsync($"curl -sS https://localhost:{_site.Port}/");

        Assert.Equal(60, outcome.Code());
    }

    [Theory]
    [InlineData("https://example.com/")]
    [InlineData("https://localhost/")]
    [InlineData("https://127.0.0.1:{0}/")]
    public async Task Another_host_or_port_is_refused(string url)
    {
        var outcome = await _sandbox.ShellAsync($"curl -s --cacert certificate -w '%{{http_connect}}' {url.Replace("{0}", $"{_site.Port}", StringComparison.Ordinal)}");

        Assert.Equal(("403", 56), (outcome.Output, outcome.Code()));
    }

    [Fact]
    public async Task Programs_with_certificates_of_their_own_are_told_of_the_machines()
    {
        Assert.SkipUnless(File.Exists("/etc/ssl/certs/ca-certificates.crt"), "The machine has no bundle of certificates: apt-get install ca-certificates");

        var outcome = await _sandbox.ShellAsync("for v in NODE_EXTRA_CA_CERTS SSL_CERT_FILE REQUESTS_CA_BUNDLE CURL_CA_BUNDLE GIT_SSL_CAINFO CARGO_HTTP_CAINFO; do grep -q BEGIN \"${!v}\" || echo $v; done");

        Assert.Equal("", outcome.Output);
    }
}
