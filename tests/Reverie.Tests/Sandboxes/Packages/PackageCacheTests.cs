using Reverie.Sandboxes;

namespace Reverie.Tests.Sandboxes.Packages;

public sealed class PackageCacheTests : IDisposable
{
    private readonly SandboxMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_host_begins_without_what_was_not_completed_or_not_used_for_a_month()
    {
        foreach (var name in (string[])["used", "unused", "begun.0123"]) _machine.Place.Write($"host/packages/{name}/npm/file", "text");
        Directory.SetLastWriteTimeUtc(_machine.Place["host/packages/used"], DateTime.UnixEpoch.AddDays(100));
        Directory.SetLastWriteTimeUtc(_machine.Place["host/packages/unused"], DateTime.UnixEpoch.AddDays(98));

        await SandboxHost.ProbeAsync(new() { Directory = _machine.Place["host"] }, new StoppedClock(DateTimeOffset.UnixEpoch.AddDays(129)), TestContext.Current.CancellationToken);

        Assert.Equal(["used"], Directory.EnumerateDirectories(_machine.Place["host/packages"]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task An_installation_that_fills_the_disk_is_stopped_and_removed()
    {
        var host = await HostWithAsync("head -c 200000000 /dev/zero > large; sleep 60");
        await using var sandbox = host.Open(_machine.Spec(s => s with { Limits = s.Limits with { DiskBytesMax = 50_000_000 }, Packages = Filler }));

        var error = await Assert.ThrowsAsync<SandboxException>(() => sandbox.ShellAsync("true"));

        Assert.Contains("It was stopped: more than 50000000 bytes of disk were used.", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(_machine.Place["host/packages"]));
    }

    [Fact]
    public async Task A_script_that_hides_what_it_made_hides_no_error()
    {
        var host = await HostWithAsync("mkdir -p hidden/deep; chmod 0 hidden; echo gone wrong; exit 1");
        await using var sandbox = host.Open(_machine.Spec(s => s with { Packages = Filler }));

        var error = await Assert.ThrowsAsync<SandboxException>(() => sandbox.ShellAsync("true"));

        Assert.Contains("gone wrong", error.Message, StringComparison.Ordinal);
        host.Packages.Sweep();
        // Whoever is not root cannot remove it either.
        Assert.Equal(Environment.IsPrivilegedProcess ? 0 : 1, Directory.EnumerateDirectories(_machine.Place["host/packages"]).Count());
        using var chmod = System.Diagnostics.Process.Start("chmod", ["-R", "u+rwX", _machine.Place["host"]]);
        await chmod.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_call_that_is_given_up_stops_the_installation()
    {
        var host = await HostWithAsync("sleep 60");
        await using var sandbox = host.Open(_machine.Spec(s => s with { Packages = Filler }));
        using var givenUp = new CancellationTokenSource();
        Directory.CreateDirectory(_machine.Place["host/packages"]);
        using var watcher = new FileSystemWatcher(_machine.Place["host/packages"]) { IncludeSubdirectories = true, EnableRaisingEvents = true };
        var begun = new TaskCompletionSource();
        watcher.Created += (_, made) =>
        {
            if (made.Name!.EndsWith("npm", StringComparison.Ordinal)) begun.TrySetResult();
        };
        var call = sandbox.RunShellAsync("true", null, givenUp.Token);
        await begun.Task.WaitAsync(TestContext.Current.CancellationToken);

        await givenUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Empty(Directory.EnumerateDirectories(_machine.Place["host/packages"]));
    }

    [Fact]
    public async Task A_manager_the_machine_does_not_have_is_an_error_that_names_it()
    {
        Assert.SkipWhen(File.Exists("/usr/bin/cargo"), "cargo is here.");
        await using var sandbox = await _machine.OpenAsync(static s => s with { Packages = new() { Cargo = ["none"] } });

        var error = await Assert.ThrowsAsync<SandboxException>(() => sandbox.ShellAsync("true"));

        Assert.Contains("there is no cargo among the programs that sandboxes see", error.Message, StringComparison.Ordinal);
    }

    private SandboxPackages Filler => new() { Npm = [_machine.Place["shared/filler.tgz"]] };

    /// <summary>A host that sees a package with a script of its own.</summary>
    private async Task<SandboxHost> HostWithAsync(string script)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/npm"), "npm is missing where sandboxes see it: apt-get install nodejs npm");
        await SandboxMachine.HostAsync();
        _machine.Place.Write("shared/package/package.json", $$"""{"name":"filler","version":"1.0.0","scripts":{"postinstall":"{{script}}"} }""");
        using (var tar = System.Diagnostics.Process.Start("tar", ["-czf", _machine.Place["shared/filler.tgz"], "-C", _machine.Place["shared"], "package"])) await tar.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await SandboxHost.ProbeAsync(new() { Directory = _machine.Place["host"], SharedDirectories = [_machine.Place["shared"]] }, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
