using System.Diagnostics;

namespace Reverie.Cli.Tests;

/// <summary>The built program as a process of its own.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TestWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task The_version_is_printed()
    {
        using var process = Start("--version");

        Assert.Equal((0, $"reverie {ReverieApp.Version}\n"), await EndAsync(process));
    }

    [Fact]
    public async Task Paths_are_relative_to_the_callers_directory()
    {
        using var process = Start("dream", "--sessions", "one.sessions.jsonl", "--memory", "memory", "--out", "deep/out", "--report", "deep/r.json");

        Assert.Equal(0, (await EndAsync(process)).Code);
        Assert.True(Directory.Exists(_world.In("deep/out")));
        Assert.True(File.Exists(_world.In("deep/r.json")));
    }

    [Fact]
    public async Task Usage_errors_exit_with_2_and_print_nothing_on_standard_output()
    {
        using var process = Start("dream");

        Assert.Equal((2, ""), await EndAsync(process));
    }

    [Theory]
    [InlineData("gpt", "is not known to this server")]
    [InlineData("claude-haiku-5-5", "set ANTHROPIC_API_KEY")]
    [InlineData("reverie/local", "cannot judge")]
    public async Task A_judge_that_cannot_judge_keeps_the_server_from_starting(string model, string problem)
    {
        using var process = CliProcess.StartProgram(_world.Root, "dotnet", [typeof(ReverieApp).Assembly.Location, "serve", "--urls", "http://127.0.0.1:0", "--data", "data"], ("REVERIE_JUDGE_MODEL", model));

        var ran = await CliProcess.EndAsync(process);

        Assert.Equal((2, ""), (ran.Code, ran.Out));
        Assert.Contains("REVERIE_JUDGE_MODEL", ran.Error, StringComparison.Ordinal);
        Assert.Contains(problem, ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(">&-")]
    [InlineData("2>&-")]
    [InlineData(">&- 2>&-")]
    [InlineData("| head -c 1; exit ${PIPESTATUS[0]}")]
    public async Task A_dream_nobody_listens_to_is_done_all_the_same(string shell)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("redirections are those of a POSIX shell");
        using var process = StartProgram("bash", ["-c", $"\"$@\" {shell}", "bash", "dotnet", typeof(ReverieApp).Assembly.Location,
            "dream", "--sessions", "one.sessions.jsonl", "--memory", "memory", "--out", "out", "--report", "r.json"]);

        Assert.Equal(0, (await EndAsync(process)).Code);
        Assert.True(Directory.Exists(_world.Out));
        Assert.True(File.Exists(_world.In("r.json")));
    }

    [Fact]
    public async Task Interrupting_a_dream_exits_with_130_and_leaves_nothing_half_written()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("signals are POSIX");
        using var process = CliProcess.StartInterruptible(_world.Root, "dream", "--sessions", "/dev/stdin", "--memory", "memory", "--out", "out", "--report", "r.json");
        // More than a pipe holds, so the dream has begun to read when this returns.
        await process.StandardInput.BaseStream.WriteAsync(new byte[1024 * 1024], TestContext.Current.CancellationToken);
        await process.StandardInput.BaseStream.FlushAsync(TestContext.Current.CancellationToken);

        await CliProcess.SignalAsync(process, "INT");

        Assert.Equal(130, (await EndAsync(process)).Code);
        Assert.Equal(["memory", "one.sessions.jsonl"],
            Directory.EnumerateFileSystemEntries(_world.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private Process Start(params string[] args) => CliProcess.Start(_world.Root, args);

    private Process StartProgram(string program, string[] args) => CliProcess.StartProgram(_world.Root, program, args);

    private static async Task<(int Code, string Out)> EndAsync(Process process)
    {
        var ran = await CliProcess.EndAsync(process);
        return (ran.Code, ran.Out);
    }
}
