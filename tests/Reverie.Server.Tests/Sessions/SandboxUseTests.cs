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

    private Task<LiveSession> BashAsync(params string[] commands) =>
        StartAsync(server, $"answers: [{string.Join(", ", commands.Select(static c => $"{{call: {{tool: bash, input: {{command: '{c}'}}}}}}, {{say: done}}"))}]");

    /// <summary>What the next command printed.</summary>
    private static async Task<string> RunAsync(LiveSession session)
    {
        await session.SendAsync(Message("go"));
        return TextOf((await session.RestAsync()).Last(static e => TypeOf(e) == "agent.tool_result"));
    }

    /// <summary>One sandbox at a time.</summary>
    public sealed class OnePlaceServer : SqliteServer
    {
        public override ServerOptions Options() => base.Options() with { SandboxUse = new() { OpenMax = 1 } };
    }
}
