using System.Diagnostics;
using Reverie.Sandboxes;

namespace Reverie.Tests.Sandboxes;

public sealed class ShellTests : IDisposable
{
    private readonly SandboxMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Directory_variables_functions_and_jobs_last_from_call_to_call()
    {
        await using var sandbox = await _machine.OpenAsync();
        await sandbox.ShellAsync("mkdir -p a/b && cd a/b; x=one; f() { echo \"f:$1\"; }; sleep 1000 & echo $! > /tmp/job");

        var outcome = await sandbox.ShellAsync("pwd; echo $x; f two; kill -0 $(cat /tmp/job) && echo running");

        Assert.Equal("/workspace/a/b\none\nf:two\nrunning", outcome.Output);
    }

    [Theory]
    [InlineData("true", 0)]
    [InlineData("false", 1)]
    [InlineData("(exit 42)", 42)]
    [InlineData("exit 7", 7)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("no-such-program", 127)]
    [InlineData("exec bash -c 'exit 9'", 9)]
    public async Task The_exit_code_is_that_of_the_command(string command, int code)
    {
        await using var sandbox = await _machine.OpenAsync();

        Assert.Equal(code, (await sandbox.ShellAsync(command)).Code());
        Assert.Equal("fresh or not", (await sandbox.ShellAsync("echo fresh or not")).Output);
    }

    [Theory]
    [InlineData("echo \"it's\" 'a \"quote\"' \\\\", "it's a \"quote\" \\")]
    [InlineData("cat <<'END'\n$x `y`\nEND", "$x `y`")]
    [InlineData("# only a comment", "")]
    [InlineData("cat", "")]
    [InlineData("read x; echo \"[$x]\"", "[]")]
    [InlineData("echo out; echo err >&2; echo out", "out\nerr\nout")]
    [InlineData("set -x; true; set +x", "++ true\n++ set +x")]
    [InlineData("set -u; echo fine", "fine")]
    [InlineData("exec >/dev/null; echo unseen", "")]
    [InlineData("exec 9>&-; echo seen", "seen")]
    [InlineData("printf '\\e[31mred\\e[0m\\e]0;title\\a\\n\\n'", "red")]
    [InlineData("printf 'a\\0b'", "a\uFFFDb")]
    [InlineData("ls /proc/self/fd | tr '\\n' ' '", "0 1 2 3 ")]
    [InlineData("tty", "not a tty")]
    public async Task Output_is_what_a_terminal_would_show(string command, string output)
    {
        await using var sandbox = await _machine.OpenAsync();

        Assert.Equal(output, (await sandbox.ShellAsync(command)).Output);
        Assert.Equal("next", (await sandbox.ShellAsync("echo next >&2; set +u")).Output);
    }

    [Fact]
    public async Task A_broken_command_leaves_the_shell_whole()
    {
        await using var sandbox = await _machine.OpenAsync();
        await sandbox.ShellAsync("x=kept");

        var outcome = await sandbox.ShellAsync("echo 'open");

        Assert.NotEqual(0, outcome.Code());
        Assert.Contains("unexpected EOF", outcome.Output, StringComparison.Ordinal);
        Assert.Equal("kept", (await sandbox.ShellAsync("echo $x")).Output);
    }

    [Fact]
    public async Task A_command_of_a_megabyte_runs()
    {
        await using var sandbox = await _machine.OpenAsync();

        Assert.Equal("1000000", (await sandbox.ShellAsync($"x='{new string('y', 1_000_000)}'; echo ${{#x}}")).Output);
    }

    [Fact]
    public async Task Of_long_output_the_end_is_kept()
    {
        await using var sandbox = await _machine.OpenAsync();

        var outcome = await sandbox.ShellAsync("seq 1 2000000; echo é");

        Assert.True(outcome.IsCut);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(outcome.Output), (100 << 10) - 8, 100 << 10);
        Assert.EndsWith("2000000\né", outcome.Output, StringComparison.Ordinal);
        Assert.False((await sandbox.ShellAsync("echo short")).IsCut);
    }

    [Fact]
    public async Task A_timeout_kills_the_shell_and_all_it_started()
    {
        await using var sandbox = await _machine.OpenAsync();

        var outcome = await sandbox.ShellAsync("x=1; (setsid sleep 1234.5 &) ; while true; do :; done", TimeSpan.FromMilliseconds(700));

        Assert.Equal(TimeSpan.FromMilliseconds(700), Assert.IsType<ShellEnd.TimedOut>(outcome.End).After);
        Assert.Equal("[]", (await sandbox.ShellAsync("echo [$x]")).Output);
        Assert.False(Runs("sleep\u00001234.5"));
    }

    [Fact]
    public async Task A_longer_time_than_allowed_is_cut()
    {
        await using var sandbox = await _machine.OpenAsync(static s => s with { Limits = s.Limits with { CommandTimeMax = TimeSpan.FromMilliseconds(300) } });

        Assert.IsType<ShellEnd.TimedOut>((await sandbox.ShellAsync("sleep 50", TimeSpan.FromMinutes(5))).End);
    }

    [Fact]
    public async Task An_interrupt_kills_the_command_and_the_next_has_a_fresh_shell()
    {
        await using var sandbox = await _machine.OpenAsync();
        await sandbox.ShellAsync("mkfifo /workspace/pipe");
        using var interrupt = new CancellationTokenSource();
        var running = sandbox.RunShellAsync("touch started; sleep 1234.75; touch ended", null, interrupt.Token);
        while (!File.Exists(Path.Combine(_machine.Work, "started"))) await Task.Yield();

        await interrupt.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.False(Runs("sleep\u00001234.75"));
        Assert.Equal("pipe\nstarted", (await sandbox.ShellAsync("ls")).Output);
    }

    [Fact]
    public async Task Calls_at_once_run_one_after_the_other()
    {
        await using var sandbox = await _machine.OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => sandbox.ShellAsync($"echo begin {n} >> log; sleep 0.01; echo end {n} >> log")));

        var lines = await File.ReadAllLinesAsync(Path.Combine(_machine.Work, "log"), TestContext.Current.CancellationToken);
        Assert.All(lines.Chunk(2), static pair => Assert.Equal(pair[0].Replace("begin", "end"), pair[1]));
        Assert.Equal(16, lines.Length);
    }

    [Fact]
    public async Task Restarting_forgets_all_but_the_files()
    {
        await using var sandbox = await _machine.OpenAsync();
        await sandbox.ShellAsync("cd /tmp; x=1; echo kept > /workspace/file; echo gone > /tmp/file");

        await sandbox.RestartShellAsync(TestContext.Current.CancellationToken);

        Assert.Equal("/workspace [] kept", (await sandbox.ShellAsync("echo $(pwd) [$x] $(cat /workspace/file /tmp/file 2>/dev/null)")).Output);
    }

    [Fact]
    public async Task Disposing_kills_daemons_and_keeps_the_directory()
    {
        var sandbox = await _machine.OpenAsync();
        await sandbox.ShellAsync("echo kept > file; setsid nohup bash -c 'exec >/dev/null 2>&1 </dev/null; trap \"\" TERM HUP; while true; do sleep 1234.25; done' & sleep 0.1");
        Assert.True(Runs("sleep\u00001234.25"));

        await sandbox.DisposeAsync();

        Assert.False(Runs("sleep\u00001234.25"));
        Assert.Equal("kept\n", await File.ReadAllTextAsync(Path.Combine(_machine.Work, "file"), TestContext.Current.CancellationToken));
        await Assert.ThrowsAnyAsync<Exception>(() => sandbox.ShellAsync("true"));
    }

    [Fact]
    public async Task A_program_of_its_own_reads_and_cannot_write()
    {
        await using var sandbox = await _machine.OpenAsync();
        await sandbox.ShellAsync("echo text > file");

        var outcome = await sandbox.RunProgramAsync(["/bin/bash", "-c", "cat file; echo new > file"], TimeSpan.FromSeconds(60), 1_000, TestContext.Current.CancellationToken);

        Assert.Equal("text\n", System.Text.Encoding.UTF8.GetString(outcome.Output));
        Assert.Contains("Read-only file system", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(1, outcome.ExitCode);
    }

    [Theory]
    [InlineData("/bin/sleep", "60")]
    [InlineData("/usr/bin/yes", "no")]
    public async Task A_program_is_killed_for_its_time_or_output(string program, string argument)
    {
        await using var sandbox = await _machine.OpenAsync();

        var outcome = await sandbox.RunProgramAsync([program, argument], TimeSpan.FromSeconds(program.EndsWith("yes", StringComparison.Ordinal) ? 60 : 0.5), 10, TestContext.Current.CancellationToken);

        Assert.Null(outcome.ExitCode);
        Assert.Equal(program.EndsWith("yes", StringComparison.Ordinal), outcome.IsCut);
    }

    /// <summary>True while a process of this command line lives on the machine.</summary>
    private static bool Runs(string commandLine) => Process.GetProcesses().Any(p =>
    {
        using (p)
        {
            try
            {
                return File.ReadAllText($"/proc/{p.Id}/cmdline").TrimEnd('\0') == commandLine;
            }
            catch (IOException)
            {
                return false;
            }
        }
    });

    [Fact]
    public async Task A_shell_outlives_the_thread_that_opened_it()
    {
        await using var sandbox = await _machine.OpenAsync();
        var opening = new Thread(() => sandbox.ShellAsync("kept=1").Wait(TestContext.Current.CancellationToken));
        opening.Start();
        opening.Join();

        // The kernel tells the children of a thread some time after it has ended.
        Assert.Equal("1", (await sandbox.ShellAsync("sleep 0.5; echo $kept")).Output);
    }
}
