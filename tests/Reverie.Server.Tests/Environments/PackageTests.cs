using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Reverie.Sandboxes.Packages;
using Reverie.Server.Tests.Hosting;
using Reverie.Server.Tests.Sessions;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Environments;

/// <summary>Packages of environments, as agents' commands find them.</summary>
public sealed class PackageTests : IAsyncLifetime
{
    private const string Npm = """{"type":"cloud","packages":{"npm":["greeter@1.0.0"]}}""";
    private const string Greet = "node -p \"require('greeter')('library')\"; greet program";
    private const string Greetings = "good day, library\ngood day, program";

    private PackageSite _site = null!;
    private MirroredServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await PackageSite.StartAsync();
        _server = new MirroredServer(new() { Registries = new Dictionary<string, Uri> { ["npm"] = _site.Npm, ["pip"] = _site.Pip } });
        await _server.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task Npm_packages_come_from_the_operators_registry_once_for_all_sessions()
    {
        NeedsNpm();
        var environment = await EnvironmentAsync(Npm);
        Assert.Equal(Greetings, await RunAsync(environment, Greet));
        var asked = _site.Asked.Count;

        Assert.Equal(Greetings, await RunAsync(environment, Greet));
        Assert.Equal(Greetings, await RunAsync(await EnvironmentAsync(Npm), Greet));

        Assert.Equal(asked, _site.Asked.Count);
        Assert.Contains(PackageSite.Archive, _site.Asked);
    }

    [Fact]
    public async Task Sessions_that_begin_at_once_wait_for_one_installation()
    {
        NeedsNpm();
        var environment = await EnvironmentAsync(Npm);
        _site.Hold();
        await using var first = await StartAsync(_server, environment, Greet);
        await using var second = await StartAsync(_server, environment, Greet);
        await _site.Waits.Task.WaitAsync(TestContext.Current.CancellationToken);
        await second.UntilAsync("agent.tool_use");
        _site.Release();

        Assert.Equal(Greetings, ResultOf(await first.RestAsync()));
        Assert.Equal(Greetings, ResultOf(await second.RestAsync()));
        Assert.Single(_site.Asked, PackageSite.Archive);
    }

    [Fact]
    public async Task Pip_packages_come_from_the_operators_index()
    {
        using (var pip = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "/usr/bin/python3 -m pip --version >/dev/null 2>&1"]))!)
        {
            await pip.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.SkipUnless(pip.ExitCode == 0, "pip is missing: apt-get install python3-pip");
        }
        var environment = await EnvironmentAsync("""{"type":"cloud","packages":{"pip":["greeter==1.0"]}}""");

        Assert.Equal(Greetings, await RunAsync(environment, "python3 -c \"import greeter; print(greeter.greet('library'))\"; greet program"));
    }

    [Theory]
    [InlineData("""{"npm":["nothing-of-the-kind"]}""", "The npm packages of the environment cannot be installed: ", "nothing-of-the-kind")]
    [InlineData("""{"npm":["http://localhost:9/a.tgz"]}""", "The npm packages of the environment cannot be installed: ", "localhost has no public address. If that is a host on a private network", "REVERIE_PACKAGE_HOSTS")]
    [InlineData("""{"apt":["jq"]}""", "apt packages need root")]
    public async Task What_cannot_be_installed_is_told_by_each_call(string packages, params string[] words)
    {
        NeedsNpm();
        var environment = await EnvironmentAsync($$"""{"type":"cloud","packages":{{packages}}}""");

        for (var round = 0; round < 2; round++)
        {
            var told = await RunAsync(environment, "true");
            Assert.All(words, w => Assert.Contains(w, told, StringComparison.Ordinal));
        }
        Assert.Empty(Installed(_server.DataDirectory));
    }

    [Theory]
    [InlineData("""{"type":"limited","allow_package_managers":true}""", true)]
    [InlineData("""{"type":"limited","allowed_hosts":["127.0.0.1"]}""", false)]
    [InlineData("""{"type":"unrestricted"}""", false)]
    public async Task Commands_reach_the_operators_registry_where_the_environment_allows_package_managers(string networking, bool isReached)
    {
        NeedsNpm();
        var environment = await EnvironmentAsync($$"""{"type":"cloud","networking":{{networking}}}""");

        var result = await RunAsync(environment, $"echo [$npm_config_registry]; curl -sw '%{{http_code}}' {_site.Npm}greeter -o /dev/null; npm view greeter version --registry {_site.Npm} 2>&1 --fetch-retries=0 | grep -E ^1.0.0\\|403");

        Assert.Equal(isReached ? $"[{_site.Npm}]\n2001.0.0" : "[]\n403", isReached ? result : result[..6]);
    }

    [Fact]
    public async Task Real_packages_come_from_a_real_registry_over_tls()
    {
        NeedsNpm();
        var registry = await RealRegistryAsync();
        await using var server = new MirroredServer(new() { Registries = new Dictionary<string, Uri> { ["npm"] = registry } });
        await server.InitializeAsync();
        var environment = await EnvironmentAsync("""{"type":"cloud","networking":{"type":"limited","allow_package_managers":true},"packages":{"npm":["is-odd@3.0.1","semver@7.6.0"]}}""", server);

        for (var round = 0; round < 2; round++) Assert.Equal("true\n1.2.4", await RunAsync(environment, "node -p \"require('is-odd')(3)\"; semver -i 1.2.3", server));

        Assert.Single(Installed(server.DataDirectory));
    }

    private static void NeedsNpm() => Assert.SkipUnless(File.Exists("/usr/bin/npm"), "npm is missing where sandboxes see it: apt-get install nodejs npm");

    /// <summary>The registry that npm of this machine uses.</summary>
    private static async Task<Uri> RealRegistryAsync()
    {
        using var npm = Process.Start(new ProcessStartInfo("npm", ["config", "get", "registry"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var complaints = npm.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var registry = new Uri((await npm.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim());
        await complaints;
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        try
        {
            using var answer = await http.GetAsync(new Uri(registry, "is-odd"), TestContext.Current.CancellationToken);
            Assert.SkipUnless(answer.IsSuccessStatusCode, $"The registry of npm answers with {(int)answer.StatusCode}.");
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            Assert.Skip($"No registry of npm can be reached: {error.Message}");
        }
        return registry;
    }

    private static string[] Installed(string data) => Directory.Exists(Path.Combine(data, "sandboxes", "packages")) ? Directory.GetDirectories(Path.Combine(data, "sandboxes", "packages")) : [];

    private async Task<string> EnvironmentAsync(string config, TestServer? server = null) =>
        (await (server ?? _server).PostAsync("/v1/environments", $$"""{"name":"e","config":{{config}}}""")).Expect(HttpStatusCode.OK).Id;

    /// <summary>A session whose agent has begun to run a command.</summary>
    private static async Task<LiveSession> StartAsync(TestServer server, string environment, string command)
    {
        var agent = await AgentAsync(server, $"answers: [{{call: {{tool: bash, input: {JsonSerializer.Serialize(new { command })}}}}}, {{say: done}}]");
        var session = await OfAsync(server, agent, environment: environment);
        await session.SendAsync(Message("go"));
        return session;
    }

    private async Task<string> RunAsync(string environment, string command, TestServer? server = null)
    {
        await using var session = await StartAsync(server ?? _server, environment, command);
        return ResultOf(await session.RestAsync());
    }

    private static string ResultOf(IEnumerable<JsonElement> list) => TextOf(list.Single(static e => TypeOf(e) == "agent.tool_result"));

    /// <summary>Takes packages from where a test says.</summary>
    private sealed class MirroredServer(PackageOptions packages) : SqliteServer
    {
        public override ServerOptions Options() => base.Options() with { Packages = packages };
    }
}
