using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Reverie.Server.Tests.Hosting;
using Reverie.Server.Tests.Sessions;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Environments;

/// <summary>A server that is killed while it installs packages, and servers that follow it.</summary>
public sealed class PackageCrashTests : IDisposable
{
    private const string Script = "answers: [{call: {tool: bash, input: {command: greet you}}}, {say: done}]";

    private static readonly TimeSpan DeathTime = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("reverie-package-test-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string[] Installed => Directory.GetDirectories(Path.Combine(_data.FullName, "sandboxes", "packages"));

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Nothing_half_installed_is_used_and_what_is_installed_stays()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/npm"), "npm is missing where sandboxes see it: apt-get install nodejs npm");
        await using var site = await PackageSite.StartAsync();
        site.Hold();
        using (var killed = await ServeAsync(site))
        {
            using var http = killed.Connect();
            await BeginAsync(http);
            await site.Waits.Task.WaitAsync(Cancelled);
            var staged = Assert.Single(Installed);
            Assert.Contains('.', Path.GetFileName(staged));
            var installing = ProcessesOf(staged);
            Assert.NotEmpty(installing);
            await killed.KillAsync();
            await Task.WhenAll(installing.Select(static p => p.WaitForExitAsync(Cancelled))).WaitAsync(DeathTime, Cancelled);
        }
        site.Release();
        using (var second = await ServeAsync(site))
        {
            Assert.Empty(Installed);
            Assert.Equal("good day, you", await GreetAsync(second));
            await second.KillAsync();
        }
        await site.DisposeAsync();

        using var third = await ServeAsync(site);
        Assert.Equal("good day, you", await GreetAsync(third));
        Assert.DoesNotContain('.', Path.GetFileName(Assert.Single(Installed)));
    }

    /// <summary>The processes that were started with this directory.</summary>
    private static List<Process> ProcessesOf(string directory) => [.. Process.GetProcesses().Where(p =>
    {
        try
        {
            return File.ReadAllText($"/proc/{p.Id}/cmdline").Contains(directory, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    })];

    private Task<ReverieProcess> ServeAsync(PackageSite site) =>
        ReverieProcess.ServeAsync(null, _data.FullName, settings: new Dictionary<string, string> { ["REVERIE_PACKAGE_REGISTRIES"] = $"npm={site.Npm}" });

    private static async Task<string> GreetAsync(ReverieProcess server)
    {
        using var http = server.Connect();
        var session = await BeginAsync(http);
        await using var reader = await EventReader.OpenAsync(http, session);
        var list = (await http.GetFromJsonAsync<JsonElement>($"/v1/sessions/{session}/events", Cancelled)).GetProperty("data").EnumerateArray().ToList();
        while (!list.Exists(static e => TypeOf(e) == "agent.tool_result")) list.AddRange((await reader.TakeAsync(1)).Select(static e => JsonElement.Parse(e)));
        return TextOf(list.First(static e => TypeOf(e) == "agent.tool_result"));
    }

    /// <summary>A session that runs a program of a package.</summary>
    private static async Task<string> BeginAsync(HttpClient http)
    {
        var agent = await PostAsync(http, "/v1/agents", new { name = "greeter", model = "reverie/scripted", system = Script, tools = new[] { new { type = "agent_toolset_20260401" } } });
        var environment = await PostAsync(http, "/v1/environments", new { name = "e", config = new { type = "cloud", packages = new { npm = new[] { "greeter" } } } });
        var session = await PostAsync(http, "/v1/sessions", new { agent, environment_id = environment });
        await PostAsync(http, $"/v1/sessions/{session}/events", new { events = new[] { JsonElement.Parse(Message("go")) } });
        return session;
    }

    /// <returns>The id of what was made, if it has one.</returns>
    private static async Task<string> PostAsync(HttpClient http, string path, object body)
    {
        using var response = await http.PostAsJsonAsync(path, body, Cancelled);
        response.EnsureSuccessStatusCode();
        var made = await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        return made.TryGetProperty("id", out var id) ? id.GetString()! : "";
    }
}
