using System.Net;
using System.Text;
using System.Text.Json;
using Reverie.Server.Tests.Hosting;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Sessions;

/// <summary>Repositories in the working directories of sessions, from a host of the test's own.</summary>
public abstract class RepositoryTests(TestServer server, GitSite site)
{
    public sealed class OnSqlite(SqliteGitServer server) : RepositoryTests(server, server.Git), IClassFixture<SqliteGitServer>;

    public sealed class OnPostgres(PostgresGitServer server) : RepositoryTests(server, server.Git), IClassFixture<PostgresGitServer>;

    private readonly TestServer _server = server.OrSkip();

    [Fact]
    public async Task A_repository_is_there_before_the_first_command_and_the_agents_from_then_on()
    {
        await site.AddAsync("acme/tools");
        await using var session = await StartAsync("""{"type":"github_repository","url":"https://github.com/acme/tools"}""",
            "cat tools/file; git -C tools log --oneline | wc -l; git -C tools status --short; git -C tools remote get-url origin; echo mine > tools/file", "cat tools/file; rm -rf tools", "ls");

        Assert.Equal("second\n1\nhttps://github.com/acme/tools", await RunAsync(session));
        Assert.Equal("mine", await RunAsync(session));
        Assert.Equal("(no output)", await RunAsync(session));
        Assert.DoesNotContain(await session.ListAsync(), static e => TypeOf(e) == "session.error");
    }

    [Fact]
    public async Task What_is_asked_for_is_checked_out_where_it_is_asked_for()
    {
        var first = await site.AddAsync("acme/three");
        await using var session = await StartAsync($$$"""
            {"type":"github_repository","url":"https://github.com/acme/three","mount_path":"/workspace/deep/down/one","checkout":{"type":"commit","sha":"{{{first}}}"}},
            {"type":"github_repository","url":"https://github.com/acme/three","checkout":{"type":"branch","name":"side"}}
            """, "cat deep/down/one/file three/file; git -C three branch --show-current; git -C deep/down/one rev-parse HEAD");

        Assert.Equal($"first\nside\nside\n{first}", await RunAsync(session));
    }

    [Theory]
    [InlineData("acme/none", "", "repository_not_found_error", "is not found")]
    [InlineData("forbidden/tools", "", "repository_forbidden_error", "may not be read")]
    [InlineData("private/tools", "", "repository_authentication_error", "wants a token")]
    [InlineData("acme/here", ""","checkout":{"type":"branch","name":"nowhere"}""", "repository_checkout_error", "has no such branch or commit")]
    [InlineData("acme/here", ""","checkout":{"type":"commit","sha":"0123456789012345678901234567890123456789"}""", "repository_checkout_error", "has no such branch or commit")]
    [InlineData("acme/large", "", "repository_clone_error", "has more than 1000000 bytes")]
    public async Task A_repository_that_cannot_be_cloned_is_told_and_the_session_goes_on(string name, string more, string type, string reason)
    {
        if (name is "acme/here") name = await FreshAsync("here");
        if (name is "acme/large") name = await FreshAsync("large", ("zeros", new string('0', 2_000_000)));
        await using var session = await StartAsync($$"""{"type":"github_repository","url":"https://github.com/{{name}}","mount_path":"/workspace/r"{{more}}}""", "ls", "ls");

        var told = await RunAsync(session);
        await RunAsync(session);

        var error = Assert.Single(await session.ListAsync(), static e => TypeOf(e) == "session.error").GetProperty("error");
        Assert.Equal(type, error.GetProperty("type").GetString());
        Assert.Equal($"https://github.com/{name}", error.GetProperty("repository_url").GetString());
        Assert.Equal("retrying", error.GetProperty("retry_status").GetProperty("type").GetString());
        Assert.Contains(reason, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.StartsWith($"(no output){error.GetProperty("message").GetString()}", told, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.DataDirectory, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_that_could_not_be_cloned_is_tried_again_after_a_while()
    {
        var name = $"acme/late-{Guid.NewGuid():N}";
        await using var session = await StartAsync($$"""{"type":"github_repository","url":"https://github.com/{{name}}","mount_path":"/workspace/r"}""", "ls", "cat r/file");
        await RunAsync(session);
        await site.AddAsync(name);
        _server.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal("second", await RunAsync(session));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_host_that_does_not_answer_holds_nobody(bool isInterrupted)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        site.OnRequest = _ => asked.TrySetResult();
        await using var session = await StartAsync("""{"type":"github_repository","url":"https://github.com/slow/r"}""", "ls");
        await session.SendAsync(Message("go"));
        await asked.Task;

        if (isInterrupted) await session.SendAsync(Interrupt);
        else _server.Clock.Advance(TimeSpan.FromMinutes(6));

        var list = await session.RestAsync();
        Assert.Equal(isInterrupted ? 0 : 1, list.Count(static e => TypeOf(e) == "session.error" && e.GetRawText().Contains("could not be cloned within 300 s", StringComparison.Ordinal)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_server.DataDirectory, "sessions", session.Id, "repositories")));
        site.OnRequest = static _ => { };
    }

    [Fact]
    public async Task A_token_opens_a_repository_and_is_found_nowhere()
    {
        const string Token = "ghp_0123456789abcdefghijklmnopqrstuvwxyz";
        const string Other = "ghp_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        var header = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{Other}"))}";
        var name = $"private/{Guid.NewGuid():N}";
        await site.AddAsync(name);
        var arguments = "";
        site.Token = header;
        site.OnRequest = _ => arguments += CommandLines();
        await using var session = await StartAsync($$"""{"type":"github_repository","url":"https://github.com/{{name}}","mount_path":"/workspace/r","authorization_token":"{{Token}}"}""", "ls", "cat r/file", "cat r/.git/config; env; find / -xdev -type f -newer /etc/passwd -size -1000k -exec grep -l ghp_ {} + 2>/dev/null");
        await RunAsync(session);
        var error = Assert.Single(await session.ListAsync(), static e => TypeOf(e) == "session.error").GetProperty("error");
        Assert.Equal("repository_authentication_error", error.GetProperty("type").GetString());

        _server.Clock.Advance(TimeSpan.FromSeconds(1));
        var resource = (await session.GetAsync()).GetProperty("resources")[0];
        var updated = (await _server.PostAsync($"/v1/sessions/{session.Id}/resources/{IdOf(resource)}", new { authorization_token = Other })).Expect(HttpStatusCode.OK);
        Assert.Equal("second", await RunAsync(session));
        var seen = await RunAsync(session);

        Assert.Contains($"url = https://github.com/{name}", seen, StringComparison.Ordinal);
        Assert.Contains("git", arguments, StringComparison.Ordinal);
        List<string> places = [seen, arguments, updated.Text, JsonSerializer.Serialize(await session.ListAsync()), (await session.GetAsync()).GetRawText(), .. Files()];
        foreach (var secret in new[] { Token, Other, header }) Assert.All(places, p => Assert.DoesNotContain(secret, p, StringComparison.Ordinal));
        site.OnRequest = static _ => { };
    }

    [Fact]
    public async Task Nothing_of_a_repository_runs_and_nothing_else_is_fetched()
    {
        var name = await FreshAsync("tricky", (".gitmodules", "[submodule \"s\"]\n\tpath = s\n\turl = https://github.com/acme/other\n"), (".gitattributes", "* filter=f diff=d\n"), ("hooks/post-checkout", "#!/bin/sh\ntouch /tmp/ran\n"));
        var asked = new List<string>();
        site.OnRequest = http => asked.Add(http.Request.Path);
        await using var session = await StartAsync($$"""{"type":"github_repository","url":"https://github.com/{{name}}","mount_path":"/workspace/r"}""", "ls r/.git/hooks r/s; cat r/file");

        Assert.Contains("second", await RunAsync(session), StringComparison.Ordinal);

        Assert.All(asked, p => Assert.StartsWith($"/{name}/", p, StringComparison.Ordinal));
        site.OnRequest = static _ => { };
    }

    [Fact]
    public async Task A_link_in_the_way_leads_nowhere()
    {
        var name = $"acme/linked-{Guid.NewGuid():N}";
        var outside = Directory.CreateTempSubdirectory("reverie-git-test-");
        await using var session = await StartAsync($$"""{"type":"github_repository","url":"https://github.com/{{name}}","mount_path":"/workspace/a/r"}""", $"ln -s {outside.FullName} a", "ls a/r", "rm a", "cat a/r/file");
        await RunAsync(session);
        await site.AddAsync(name);
        _server.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Contains("has no place: /workspace/a/r is outside", await RunAsync(session), StringComparison.Ordinal);
        Assert.Empty(outside.EnumerateFileSystemInfos());
        await RunAsync(session);
        _server.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("second", await RunAsync(session));
        outside.Delete();
    }

    private async Task<string> FreshAsync(string name, params (string Path, string Text)[] files)
    {
        var full = $"acme/{name}-{Guid.NewGuid():N}";
        await site.AddAsync(full, files);
        return full;
    }

    private Task<LiveSession> StartAsync(string resources, params string[] commands) => LiveSession.StartAsync(_server,
        $"answers: [{string.Join(", ", commands.Select(static c => $"{{call: {{tool: bash, input: {{command: {JsonSerializer.Serialize(c)}}}}}}}, {{say: done}}"))}]", more: $$""","resources":[{{resources}}]""");

    /// <summary>What the next command printed.</summary>
    private static async Task<string> RunAsync(LiveSession session)
    {
        await session.SendAsync(Message("go"));
        return TextOf((await session.RestAsync()).Last(static e => TypeOf(e) == "agent.tool_result"));
    }

    /// <summary>All but a lock and the sockets of proxies, which hold nothing.</summary>
    private IEnumerable<string> Files() => Directory.EnumerateFiles(_server.DataDirectory, "*", new EnumerationOptions { RecurseSubdirectories = true }).Where(static f => Path.GetFileName(f) is not ("server.lock" or "proxy")).Select(Read);

    private static string Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    /// <summary>What everybody on this machine can see of its processes.</summary>
    private static string CommandLines()
    {
        var lines = new StringBuilder();
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(static d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
        {
            try
            {
                lines.AppendLine(File.ReadAllText(Path.Combine(process, "cmdline")));
            }
            catch (IOException)
            {
                // It has ended.
            }
        }
        return lines.ToString();
    }
}

/// <summary>A server whose repositories come from a host of the test's own.</summary>
public sealed class SqliteGitServer : SqliteServer
{
    public GitSite Git { get; } = new();

    public override ServerOptions Options() => Git.ApplyTo(base.Options());

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Git.DisposeAsync();
    }
}

/// <inheritdoc cref="SqliteGitServer" />
public sealed class PostgresGitServer(PostgresCluster cluster) : PostgresServer(cluster)
{
    public GitSite Git { get; } = new();

    public override ServerOptions Options() => Git.ApplyTo(base.Options());

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Git.DisposeAsync();
    }
}
