using System.Text.RegularExpressions;
using Reverie.Sandboxes;
using Reverie.Sandboxes.Packages;

namespace Reverie.Tests.Sandboxes.Packages;

public sealed class PackageCacheTests : IDisposable
{
    private const string FailDifferently = "echo number $(date +%N); exit 1";

    private readonly SandboxMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_host_begins_without_what_a_killed_one_left_and_what_was_not_used_for_a_month()
    {
        foreach (var name in (string[])["packages/used", "packages/unused", "packages/begun.0123", "run/0123"]) _machine.Place.Write($"host/{name}/npm/file", "text");
        Directory.SetLastWriteTimeUtc(_machine.Place["host/packages/used"], DateTime.UnixEpoch.AddDays(100));
        Directory.SetLastWriteTimeUtc(_machine.Place["host/packages/unused"], DateTime.UnixEpoch.AddDays(98));

        await SandboxMachine.ProbeAsync(new() { Directory = _machine.Place["host"] }, new StoppedClock(DateTimeOffset.UnixEpoch.AddDays(129)));

        Assert.Equal(["used"], Directory.EnumerateDirectories(_machine.Place["host/packages"]).Select(Path.GetFileName));
        Assert.Empty(Directory.EnumerateDirectories(_machine.Place["host/run"]));
    }

    [Fact]
    public async Task An_installation_that_fills_the_disk_is_stopped_and_removed()
    {
        var host = await HostWithAsync("head -c 200000000 /dev/zero > large; sleep 60");
        await using var sandbox = host.Open(_machine.Spec(s => s with { Limits = s.Limits with { DiskBytesMax = 50_000_000 }, Packages = Filler }));

        var error = await Assert.ThrowsAsync<SandboxException>(() => sandbox.ShellAsync("true"));

        Assert.Contains("It was stopped: more than 50000000 bytes of disk were used.", error.Message, StringComparison.Ordinal);
        Assert.Empty(Installed);
    }

    [Fact]
    public async Task A_script_that_hides_what_it_made_hides_no_error()
    {
        var host = await HostWithAsync("mkdir -p hidden/deep; chmod 0 hidden; echo gone wrong; exit 1");
        await using var sandbox = host.Open(_machine.Spec(s => s with { Packages = Filler }));

        var error = await Assert.ThrowsAsync<SandboxException>(() => sandbox.ShellAsync("true"));

        Assert.Contains("gone wrong", error.Message, StringComparison.Ordinal);
        Assert.Empty(Installed);
    }

    [Fact]
    public async Task A_call_that_is_given_up_stops_the_installation()
    {
        Directory.CreateDirectory(_machine.Place["shared"]);
        var pipe = _machine.Place.Pipe("shared/pipe");
        _machine.Place.SetMode("shared/pipe", (UnixFileMode)Convert.ToInt32("666", 8));
        var host = await HostWithAsync($"echo installing > {pipe}; sleep 60");
        await using var sandbox = host.Open(_machine.Spec(s => s with { Packages = Filler }));
        using var givenUp = new CancellationTokenSource();
        // Opened for both, so that opening waits for nobody.
        await using var begun = new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        var call = sandbox.RunShellAsync("true", null, givenUp.Token);
        var beginning = Task.Run(begun.ReadByte, TestContext.Current.CancellationToken);
        Assert.Same(beginning, await Task.WhenAny(beginning, call));

        await givenUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Empty(Installed);
    }

    [Fact]
    public async Task Who_waits_for_an_installation_that_fails_is_told_its_failure()
    {
        var host = await HostWithAsync(FailDifferently);

        var told = await Task.WhenAll(FailureAsync(host), FailureAsync(host), FailureAsync(host));

        Assert.Single(told.Select(NumberIn).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_failed_installation_is_tried_again_after_a_minute()
    {
        var clock = new HandClock();
        var host = await HostWithAsync(FailDifferently, time: clock);
        var first = await FailureAsync(host);
        clock.Advance(TimeSpan.FromSeconds(50));
        var second = await FailureAsync(host);
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.StartsWith(first, second, StringComparison.Ordinal);
        Assert.EndsWith("That was 50 seconds ago. The next try is made for a call in 10 seconds or later.", second, StringComparison.Ordinal);
        Assert.NotEqual(NumberIn(first), NumberIn(await FailureAsync(host)));
    }

    [Fact]
    public async Task What_no_sandbox_uses_makes_room_and_what_is_used_stays()
    {
        var host = await HostWithAsync("head -c 3000000 /dev/zero > large", bytesMax: 5_000_000);
        await using var first = host.Open(_machine.Spec(s => s with { Packages = Filler, WorkspaceId = "first" }));
        await using var second = host.Open(_machine.Spec(s => s with { Packages = Filler, WorkspaceId = "second" }));
        await using var third = host.Open(_machine.Spec(s => s with { Packages = Filler, WorkspaceId = "third" }));
        await first.ShellAsync("true");
        var ofFirst = Assert.Single(Installed);
        await second.ShellAsync("true");

        var error = await Assert.ThrowsAsync<SandboxException>(() => third.ShellAsync("true"));
        Assert.Contains("this server keeps 5000000 at most", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, Installed.Length);
        await first.DisposeAsync();
        await third.ShellAsync("true");

        Assert.Equal(2, Installed.Length);
        Assert.DoesNotContain(ofFirst, Installed);
    }

    [Fact]
    public async Task A_manager_the_machine_does_not_have_is_an_error_that_names_it()
    {
        Assert.SkipWhen(File.Exists("/usr/bin/cargo"), "cargo is here.");
        await using var sandbox = await _machine.OpenAsync(static s => s with { Packages = new() { Cargo = ["none"] } });

        var error = await Assert.ThrowsAsync<SandboxException>(() => sandbox.ShellAsync("true"));

        Assert.Contains("there is no cargo among the programs that sandboxes see", error.Message, StringComparison.Ordinal);
    }

    private string[] Installed => Directory.GetDirectories(_machine.Place["host/packages"]);

    private SandboxPackages Filler => new() { Npm = [_machine.Place["shared/filler.tgz"]] };

    private async Task<string> FailureAsync(SandboxHost host)
    {
        await using var sandbox = host.Open(_machine.Spec(s => s with { Packages = Filler }));
        return (await Assert.ThrowsAsync<SandboxException>(() => sandbox.ShellAsync("true"))).Message;
    }

    private static string NumberIn(string failure) => Regex.Match(failure, "number ([0-9]+)").Groups[1] is { Success: true } number ? number.Value : throw new InvalidOperationException($"No number is in: {failure}");

    /// <summary>A host that sees a package with a script of its own.</summary>
    private async Task<SandboxHost> HostWithAsync(string script, TimeProvider? time = null, long? bytesMax = null)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/npm"), "npm is missing where sandboxes see it: apt-get install nodejs npm");
        await SandboxMachine.HostAsync();
        _machine.Place.Write("shared/package/package.json", $$"""{"name":"filler","version":"1.0.0","scripts":{"postinstall":"{{script}}"} }""");
        using (var tar = System.Diagnostics.Process.Start("tar", ["-czf", _machine.Place["shared/filler.tgz"], "-C", _machine.Place["shared"], "package"])) await tar.WaitForExitAsync(TestContext.Current.CancellationToken);
        var packages = new PackageOptions();
        return await SandboxMachine.ProbeAsync(
            new() { Directory = _machine.Place["host"], SharedDirectories = [_machine.Place["shared"]], Packages = packages with { BytesMax = bytesMax ?? packages.BytesMax } }, time);
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    /// <summary>The machine's timers, and a time that passes by hand.</summary>
    private sealed class HandClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
