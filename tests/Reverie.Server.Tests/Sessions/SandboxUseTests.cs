using System.Net;
using Reverie.Server.Tests.Hosting;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Sessions;

/// <summary>Sandboxes come and go between the calls of a session.</summary>
public sealed class SandboxUseTests(SandboxUseTests.OnePlaceServer server) : IClassFixture<SandboxUseTests.OnePlaceServer>
{
    [Fact]
    public async Task A_sandbox_that_was_closed_is_opened_again_with_its_files_and_the_agent_is_told_of_its_shell()
    {
        await using var first = await BashAsync("x=1; echo kept > file; mkdir d; cd d", "echo [$x]; pwd; cat file", "pwd");
        await using var second = await BashAsync("true");

        Assert.Equal("(no output)", await RunAsync(first));
        await RunAsync(second);
        Assert.Equal("[]\n/workspace\nkeptThe shell is a new one: the sandbox was closed in the meantime. Variables, background jobs and what lay in /tmp are gone; /workspace is as it was.", await RunAsync(first));
        Assert.Equal("/workspace", await RunAsync(first));
    }

    [Fact]
    public async Task A_session_whose_directory_cannot_be_made_is_told_and_tries_again()
    {
        await using var session = await BashAsync("echo fine", "echo fine");
        var place = Path.Combine(server.DataDirectory, "sessions", session.Id);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        await File.WriteAllTextAsync(place, "in the way", TestContext.Current.CancellationToken);

        Assert.Equal("bash: the files of this session cannot be used at the moment; the next call tries again.", await RunAsync(session));
        File.Delete(place);
        Assert.Equal("fine", await RunAsync(session));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_handed_over_is_not_handed_over_again(bool isNoteLost)
    {
        await using var session = await BashAsync("echo one > /mnt/session/outputs/out.txt", "touch /mnt/session/outputs/out.txt", "echo two > /mnt/session/outputs/out.txt", "echo one > /mnt/session/outputs/out.txt");
        await RunAsync(session);
        await CloseAsync();
        if (isNoteLost) File.Delete(Path.Combine(server.DataDirectory, "sessions", session.Id, "outputs.json"));

        await RunAsync(session);
        Assert.Equal(["one\n"], await OutputsAsync(session));

        await RunAsync(session);
        await RunAsync(session);
        Assert.Equal(["one\n", "two\n", "one\n"], await OutputsAsync(session));
    }

    [Fact]
    public async Task What_a_client_has_deleted_is_not_handed_over_again()
    {
        await using var session = await BashAsync("echo one > /mnt/session/outputs/out.txt", "true");
        await RunAsync(session);
        await CloseAsync();
        var file = (await server.GetAsync($"/v1/files?scope_id={session.Id}")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray().Single();
        (await server.DeleteAsync($"/v1/files/{IdOf(file)}")).Expect(HttpStatusCode.OK);

        await RunAsync(session);

        Assert.Empty(await OutputsAsync(session));
    }

    [Fact]
    public async Task A_file_taken_out_while_the_sandbox_was_closed_is_gone()
    {
        using var form = new MultipartFormDataContent();
        using var bytes = new ByteArrayContent("a\n"u8.ToArray());
        form.Add(bytes, "file", "a.txt");
        var file = (await server.SendAsync(HttpMethod.Post, "/v1/files", form)).Expect(HttpStatusCode.OK).Id;
        await using var session = await BashAsync($$""","resources":[{"type":"file","file_id":"{{file}}","mount_path":"/in/a.txt"}]""", "cat /mnt/session/uploads/in/a.txt", "ls -A /mnt/session/uploads");
        Assert.Equal("a", await RunAsync(session));
        await CloseAsync();
        (await server.DeleteAsync($"/v1/sessions/{session.Id}/resources/{IdOf((await session.GetAsync()).GetProperty("resources")[0])}")).Expect(HttpStatusCode.OK);

        Assert.StartsWith("(no output)", await RunAsync(session), StringComparison.Ordinal);
    }

    /// <summary>Closes the sandbox that is open by opening another.</summary>
    private async Task CloseAsync()
    {
        await using var other = await BashAsync("true");
        await RunAsync(other);
    }

    private async Task<List<string>> OutputsAsync(LiveSession session)
    {
        var contents = new List<string>();
        foreach (var file in (await server.GetAsync($"/v1/files?scope_id={session.Id}")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray())
            contents.Add((await server.GetAsync($"/v1/files/{IdOf(file)}/content")).Expect(HttpStatusCode.OK).Text);
        return contents;
    }

    /// <param name="commands">One for each message; before them, if need be, further fields of the session, which begin with a comma.</param>
    private Task<LiveSession> BashAsync(params string[] commands)
    {
        var more = commands[0].StartsWith(',') ? commands[0] : "";
        return StartAsync(server, $"answers: [{string.Join(", ", commands.Skip(more.Length > 0 ? 1 : 0).Select(static c => $"{{call: {{tool: bash, input: {{command: '{c}'}}}}}}, {{say: done}}"))}]", more: more);
    }

    /// <summary>What the next command printed.</summary>
    private async Task<string> RunAsync(LiveSession session)
    {
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await session.SendAsync(Message("go"));
        return TextOf((await session.RestAsync()).Last(static e => TypeOf(e) == "agent.tool_result"));
    }

    /// <summary>One sandbox at a time.</summary>
    public sealed class OnePlaceServer : SqliteServer
    {
        public override ServerOptions Options() => base.Options() with { SandboxUse = new() { OpenMax = 1 } };
    }
}
