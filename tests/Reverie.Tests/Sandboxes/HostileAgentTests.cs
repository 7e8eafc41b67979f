using System.Net;
using System.Net.Sockets;
using Reverie.Sandboxes;

namespace Reverie.Tests.Sandboxes;

/// <summary>What an agent that wants out tries, and what comes of it. The list is that of docs/reference/sandbox.md.</summary>
public sealed class HostileAgentTests : IDisposable
{
    private const long MiB = 1 << 20;
    private readonly SandboxMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("cat /etc/shadow")]
    [InlineData("ls /root")]
    [InlineData("ls /home/* -d | grep -v ^/home/agent$")]
    [InlineData("ls /var /srv /opt /boot")]
    [InlineData("cat /proc/1/environ | grep -q .")]
    [InlineData("ls /proc/1/root/etc/shadow")]
    [InlineData("ls -d /proc/1/cwd/var /proc/1/cwd/root /proc/1/cwd/oldroot /proc/1/cwd/etc/shadow | grep .")]
    [InlineData("mount -t tmpfs none /workspace")]
    [InlineData("mount -o remount,rw /")]
    [InlineData("umount /workspace")]
    [InlineData("unshare -Ur true")]
    [InlineData("unshare -m true")]
    [InlineData("nsenter -t 1 -m true")]
    [InlineData("chroot /usr true")]
    [InlineData("mknod /workspace/disk b 254 0")]
    [InlineData("touch /usr/bin/planted")]
    [InlineData("touch /planted")]
    [InlineData("touch /dev/planted")]
    [InlineData("echo 1 > /proc/sys/kernel/panic")]
    [InlineData("echo c > /proc/sysrq-trigger")]
    [InlineData("kill -9 1 && sleep 1 && kill -0 1 && false")]
    [InlineData("su root -c true < /dev/null")]
    [InlineData("setpriv --reuid 0 true")]
    [InlineData("dmesg")]
    [InlineData("ls /sys/fs/cgroup")]
    [InlineData("nice -n -5 true | grep .")]
    [InlineData("python3 -c 'import ctypes,sys; sys.exit(ctypes.CDLL(None).setuid(0) and 1)'")]
    public async Task Is_refused(string command)
    {
        await using var sandbox = await _machine.OpenAsync();

        Assert.NotEqual(0, (await sandbox.ShellAsync(command)).Code());
    }

    [Fact]
    public async Task Sees_none_of_the_servers_variables_descriptors_or_processes()
    {
        Environment.SetEnvironmentVariable("REVERIE_TEST_SECRET", "open-sesame");
        using var held = File.OpenRead(_machine.Place.Write("secret", "open-sesame"));
        await using var sandbox = await _machine.OpenAsync();

        var seen = await sandbox.ShellAsync("env; cat /proc/*/environ; ls -l /proc/*/fd; ps ax -o args; cat /proc/*/cmdline | tr '\\0' ' '");

        Assert.DoesNotContain("open-sesame", seen.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("REVERIE_", seen.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("testhost", seen.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("dotnet", seen.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Has_no_right_left()
    {
        await using var sandbox = await _machine.OpenAsync();

        var status = (await sandbox.ShellAsync("id -u; grep -E '^(Cap|NoNewPrivs)' /proc/self/status | tr -d '\\t'")).Output;

        Assert.Equal("1000\nCapInh:0000000000000000\nCapPrm:0000000000000000\nCapEff:0000000000000000\nCapBnd:0000000000000000\nCapAmb:0000000000000000\nNoNewPrivs:1", status);
    }

    [Fact]
    public async Task Cannot_see_another_sessions_files()
    {
        using var other = new SandboxMachine();
        await using var neighbour = await other.OpenAsync();
        await neighbour.ShellAsync("echo private > diary; echo private > /tmp/diary");
        await using var sandbox = await _machine.OpenAsync();

        Assert.NotEqual(0, (await sandbox.ShellAsync($"cat {other.Work}/diary /tmp/diary {_machine.Work}/../../*/work/diary")).Code());
        Assert.DoesNotContain("diary", (await sandbox.ShellAsync("find / -name diary 2>/dev/null")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reaches_neither_the_servers_loopback_nor_an_address_beyond(bool hasProxy)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var sandbox = await _machine.OpenAsync(s => s with { Network = hasProxy ? new SandboxNetwork.Open() : new SandboxNetwork.None() });

        var outcome = await sandbox.ShellAsync($"for a in 127.0.0.1/{port} 169.254.169.254/80 10.0.0.1/80 1.1.1.1/53; do (timeout 5 bash -c \"exec 3<>/dev/tcp/$a\") 2>/dev/null && echo reached $a; done; true");

        Assert.Equal("", outcome.Output);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Is_let_through_the_proxy_to_no_private_address()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var sandbox = await _machine.OpenAsync(static s => s with { Network = new SandboxNetwork.Open() });

        foreach (var target in (string[])[$"127.0.0.1:{port}", $"localhost:{port}", $"[::1]:{port}", $"[::ffff:127.0.0.1]:{port}", "169.254.169.254:80", $"0.0.0.0:{port}", $"2130706433:{port}"])
        {
            var answer = await sandbox.ShellAsync($"exec 3<>/dev/tcp/127.0.0.1/3128; printf 'CONNECT {target} HTTP/1.1\\r\\n\\r\\n' >&3; head -1 <&3");
            Assert.StartsWith("HTTP/1.1 403", answer.Output, StringComparison.Ordinal);
        }
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Forks_without_end_and_others_do_not_notice()
    {
        using var other = new SandboxMachine();
        await using var neighbour = await other.OpenAsync();
        await using var sandbox = await _machine.OpenAsync(static s => s with { Limits = s.Limits with { ProcessesMax = 64 } });

        var outcome = await sandbox.ShellAsync(":(){ :|:& };:; sleep 2; ls -d /proc/[0-9]* | wc -l; true", TimeSpan.FromSeconds(20));

        var last = outcome.Output.Split('\n')[^1];
        Assert.True(outcome.End is ShellEnd.TimedOut or ShellEnd.Exited);
        if (int.TryParse(last, out var processes)) Assert.InRange(processes, 1, 80);
        Assert.Equal("fine", (await neighbour.ShellAsync("echo fine")).Output);
        await sandbox.RestartShellAsync(TestContext.Current.CancellationToken);
        Assert.Equal("well", (await sandbox.ShellAsync("echo well")).Output);
    }

    [Theory]
    [InlineData("/tmp")]
    [InlineData("/dev/shm")]
    [InlineData("/home/agent")]
    public async Task Fills_temporary_places_to_their_bound_only(string place)
    {
        await using var sandbox = await _machine.OpenAsync(static s => s with { Limits = s.Limits with { TemporaryBytesMax = 4 * MiB } });

        Assert.Contains("No space left", (await sandbox.ShellAsync($"head -c 20M /dev/zero > {place}/big")).Output, StringComparison.Ordinal);
        Assert.InRange(long.Parse((await sandbox.ShellAsync($"stat -c %s {place}/big")).Output), 1, 4 * MiB);
    }

    [Fact]
    public async Task Fills_one_file_to_its_bound_only()
    {
        await using var sandbox = await _machine.OpenAsync(static s => s with { Limits = s.Limits with { FileBytesMax = MiB } });

        Assert.NotEqual(0, (await sandbox.ShellAsync("head -c 20M /dev/zero > big")).Code());
        Assert.Equal(MiB, new FileInfo(Path.Combine(_machine.Work, "big")).Length);
    }

    [Fact]
    public async Task Fills_the_disk_and_is_killed()
    {
        await using var sandbox = await _machine.OpenAsync(static s => s with { Limits = s.Limits with { DiskBytesMax = 32 * MiB, FileBytesMax = 16 * MiB } });

        var outcome = await sandbox.ShellAsync("for n in $(seq 1 100); do head -c 8M /dev/zero > big$n; sleep 0.05; done; sleep 30");

        Assert.Contains("bytes of disk were used", Assert.IsType<ShellEnd.Exceeded>(outcome.End).Reason, StringComparison.Ordinal);
        Assert.Equal(0, (await sandbox.ShellAsync("rm big*; sleep 1.5; echo cleared")).Code());
    }

    [Fact]
    public async Task Takes_memory_to_its_bound_only()
    {
        await using var sandbox = await _machine.OpenAsync(static s => s with { Limits = s.Limits with { MemoryBytesMax = 200 * MiB } });

        Assert.Contains("MemoryError", (await sandbox.ShellAsync("/usr/bin/python3 -c 'x = bytearray(400 << 20)'")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_memory_with_many_processes_to_the_bound_of_all_together()
    {
        await using var sandbox = await _machine.OpenAsync(static s => s with { Limits = s.Limits with { MemoryBytesMax = 200 * MiB } });

        var outcome = await sandbox.ShellAsync("for n in 1 2 3 4 5 6; do /usr/bin/python3 -c 'import time; x = bytearray(b\"x\") * (100 << 20); time.sleep(2); open(\"/workspace/held\", \"a\").write(\"x\")' & done; wait");

        var held = outcome.End is ShellEnd.Exceeded ? 0 : (await sandbox.ShellAsync("cat held | wc -c")).Output is var count ? int.Parse(count) : 0;
        Assert.InRange(held, 0, 2);
    }

    [Fact]
    public async Task Burns_the_processor_to_its_bound_only()
    {
        await using var sandbox = await _machine.OpenAsync(static s => s with { Limits = s.Limits with { ProcessorSecondsMax = 1 } });

        Assert.NotEqual(0, (await sandbox.ShellAsync("bash -c 'while true; do :; done'")).Code());
    }

    [Theory]
    [InlineData("echo new > {0}/note.md")]
    [InlineData("chmod u+w {0} {0}/note.md && echo new > {0}/note.md")]
    [InlineData("rm {0}/note.md")]
    [InlineData("mv {0} /mnt/memory/other")]
    [InlineData("mount -o remount,rw {0}")]
    [InlineData("ln {0}/note.md /workspace/hard && echo new > /workspace/hard")]
    [InlineData("exec 3<{0}/note.md; echo new > /proc/self/fd/3")]
    public async Task Cannot_change_what_is_mounted_to_be_read(string command)
    {
        var mount = _machine.Mount("memory", "/mnt/memory/team", isReadOnly: true);
        File.WriteAllText(Path.Combine(mount.HostPath, "note.md"), "old\n");
        await using var sandbox = await _machine.OpenAsync(s => s with { Mounts = [mount] });
        Assert.Equal("old", (await sandbox.ShellAsync("cat /mnt/memory/team/note.md")).Output);

        Assert.NotEqual(0, (await sandbox.ShellAsync(string.Format(command, "/mnt/memory/team"))).Code());
        Assert.Equal("old\n", File.ReadAllText(Path.Combine(mount.HostPath, "note.md")));
    }

    [Fact]
    public async Task Cannot_kill_the_server_or_the_sandbox_of_another()
    {
        await using var sandbox = await _machine.OpenAsync();

        await sandbox.ShellAsync("kill -9 -1; true");
        await sandbox.ShellAsync($"kill -9 {Environment.ProcessId} $(seq 2 5000) 2>/dev/null; true");

        Assert.Equal("alive", (await sandbox.ShellAsync("echo alive")).Output);
    }

    [Fact]
    public async Task Floods_the_output_and_the_server_keeps_little_of_it()
    {
        await using var sandbox = await _machine.OpenAsync();

        var outcome = await sandbox.ShellAsync("head -c 1000M /dev/zero | tr '\\0' x; (sleep 0.2; head -c 10M /dev/urandom) & true");

        Assert.True(outcome.IsCut);
        Assert.InRange(outcome.Output.Length, 1, 2 * new SandboxLimits().OutputBytesMax);
    }

    [Fact]
    public async Task Forges_the_end_of_a_command_and_deceives_only_itself()
    {
        await using var sandbox = await _machine.OpenAsync();

        Assert.Equal(3, (await sandbox.ShellAsync("printf '\\0%032d 0\\0' 7; printf '\\0abc 0\\0'; (exit 3)")).Code());
        Assert.Equal("next", (await sandbox.ShellAsync("echo next")).Output);
    }
}
