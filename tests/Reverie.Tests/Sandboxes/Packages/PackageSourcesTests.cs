using Reverie.Sandboxes;
using Reverie.Sandboxes.Network;
using Reverie.Sandboxes.Packages;

namespace Reverie.Tests.Sandboxes.Packages;

public sealed class PackageSourcesTests : IDisposable
{
    private static readonly PackageOptions Options = new()
    {
        Hosts = [new("*.mirrors.example", null)],
        Registries = new Dictionary<string, Uri> { ["npm"] = new("http://10.0.0.1:4873/npm"), ["gem"] = new("https://gems.example/") },
    };

    private readonly SandboxMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    public static TheoryData<SandboxNetwork, bool> Networks => new()
    {
        { new SandboxNetwork.None(), false },
        { new SandboxNetwork.Open(), false },
        { new SandboxNetwork.Limited(["10.0.0.1", "a.mirrors.example"]), false },
        { new SandboxNetwork.Limited([]) { HasPackageManagers = true }, true },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public async Task Only_installations_and_networks_with_package_managers_reach_private_hosts(SandboxNetwork network, bool isReached)
    {
        var sources = (await HostAsync()).Sources;
        var rules = (Commands: await sources.RulesOfCommandsAsync(network, TestContext.Current.CancellationToken), Installation: await sources.RulesOfInstallationAsync(network, TestContext.Current.CancellationToken));

        Assert.All([("10.0.0.1", 4873), ("a.mirrors.example", 22)], h =>
        {
            Assert.Equal(isReached, rules.Commands is { } commands && Reaches(commands, h.Item1, h.Item2));
            Assert.True(Reaches(rules.Installation, h.Item1, h.Item2));
        });
        Assert.False(Reaches(rules.Installation, "10.0.0.1", 22));
        Assert.Equal(network is SandboxNetwork.Open, rules.Installation.Allows("elsewhere.example", 443));
    }

    [Fact]
    public async Task Managers_tell_their_own_registries()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/npm"), "npm is missing where sandboxes see it: apt-get install nodejs npm");
        var host = await HostAsync();
        await using var sandbox = host.Open(_machine.Spec());
        var registry = new Uri((await sandbox.ShellAsync("npm config get registry")).Output);

        var rules = await host.Sources.RulesOfInstallationAsync(new SandboxNetwork.None(), TestContext.Current.CancellationToken);

        Assert.True(rules.Allows(registry.Host, 443));
        Assert.True(rules.Allows($"files.{registry.Host}", 443));
    }

    [Fact]
    public async Task Managers_are_told_of_the_operators_registries()
    {
        await using var sandbox = (await HostAsync()).Open(_machine.Spec(static s => s with { Network = new SandboxNetwork.Limited([]) { HasPackageManagers = true } }));

        Assert.Equal("http://10.0.0.1:4873/npm\n:sources:\n- https://gems.example/", (await sandbox.ShellAsync("echo $npm_config_registry; cat $GEMRC")).Output);
    }

    [Theory]
    [InlineData("npm.example", true)]
    [InlineData("*.example:8443", true)]
    [InlineData("10.0.0.1:4873", true)]
    [InlineData("*", false)]
    [InlineData("https://npm.example", false)]
    [InlineData("npm..example", false)]
    [InlineData("-npm.example", false)]
    [InlineData("npm.example:", false)]
    [InlineData("npm.example:0", false)]
    [InlineData("npm.example:70000", false)]
    [InlineData("npm.example/path", false)]
    [InlineData("", false)]
    public void A_host_is_a_name_or_pattern_and_perhaps_a_port(string text, bool isOne) => Assert.Equal(isOne, EgressHost.Parse(text) is not null);

    private static bool Reaches(EgressRules rules, string host, int port) => rules.Allows(host, port) && rules.AllowsAddress(host, port, System.Net.IPAddress.Parse("10.0.0.1"));

    private async Task<SandboxHost> HostAsync()
    {
        await SandboxMachine.HostAsync();
        return await SandboxMachine.ProbeAsync(new() { Directory = _machine.Place["host"], Packages = Options });
    }
}
