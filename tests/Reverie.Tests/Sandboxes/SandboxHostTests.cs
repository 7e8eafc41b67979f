using Reverie.Sandboxes;

namespace Reverie.Tests.Sandboxes;

public sealed class SandboxHostTests : IDisposable
{
    private readonly SandboxMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("/workspace/inside")]
    [InlineData("/mnt/../etc")]
    [InlineData("/mnt/memory//x")]
    [InlineData("/etc")]
    [InlineData("mnt/x")]
    public async Task A_mount_outside_its_place_is_refused(string path)
    {
        var host = await SandboxMachine.HostAsync();

        Assert.Throws<ArgumentException>(() => host.Open(_machine.Spec(s => s with { Mounts = [_machine.Mount("memory", path, isReadOnly: true)] })));
    }

    [Theory]
    [InlineData("https://example.com")]
    [InlineData("example.com:443")]
    [InlineData("*")]
    [InlineData("")]
    [InlineData("a b")]
    public async Task A_host_that_is_no_name_is_refused(string name)
    {
        var host = await SandboxMachine.HostAsync();

        Assert.Throws<ArgumentException>(() => host.Open(_machine.Spec(s => s with { Network = new SandboxNetwork.Limited([name]) })));
    }

    [Fact]
    public async Task Nothing_is_started_before_the_first_command()
    {
        await using var sandbox = await _machine.OpenAsync();

        sandbox.Files.Write("note", "text"u8.ToArray());

        Assert.Equal("text agent", (await sandbox.ShellAsync("echo $(cat note) $(stat -c %U note)")).Output);
    }

    [Fact]
    public async Task Unsafe_commands_run_because_the_operator_asked_for_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sandboxes need Linux.");
        Environment.SetEnvironmentVariable("REVERIE_TEST_SECRET", "open-sesame");
        var host = await SandboxMachine.ProbeAsync(new() { Directory = _machine.Place["host"], IsUnsafe = true });
        await using var sandbox = host.Open(_machine.Spec());

        Assert.Equal(SandboxLevel.Unsafe, host.Support.Level);
        Assert.Equal(_machine.Work, (await sandbox.ShellAsync("pwd")).Output);
        Assert.DoesNotContain("open-sesame", (await sandbox.ShellAsync("env")).Output, StringComparison.Ordinal);
        Assert.IsType<ShellEnd.TimedOut>((await sandbox.ShellAsync("sleep 100", TimeSpan.FromMilliseconds(200))).End);
        Assert.Equal("again", (await sandbox.ShellAsync("echo again")).Output);
    }

    [Fact]
    public async Task Every_shared_directory_is_seen_at_its_own_path()
    {
        var shared = _machine.Place.Write("tools/hello", "#!/bin/sh\necho hello\n");
        await SandboxMachine.HostAsync();
        var host = await SandboxMachine.ProbeAsync(new() { Directory = _machine.Place["host"], SharedDirectories = [Path.GetDirectoryName(shared)!] });
        await using var sandbox = host.Open(_machine.Spec());

        Assert.Equal("hello", (await sandbox.ShellAsync($"sh {shared}")).Output);
    }

    [Fact]
    public async Task Apt_packages_are_an_error()
    {
        await using var sandbox = await _machine.OpenAsync(static s => s with { Packages = new() { Apt = ["jq"] } });

        var error = await Assert.ThrowsAsync<SandboxException>(() => sandbox.ShellAsync("true"));

        Assert.Contains("apt", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packages_are_installed_once_and_cannot_be_changed()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/npm"), "npm is missing.");
        _machine.Place.Write("shared/package/package.json", """{"name":"greeter","version":"1.0.0","bin":{"greet":"greet.js"}}""");
        _machine.Place.Write("shared/package/greet.js", "#!/usr/bin/env node\nconsole.log('good day')\n");
        using (var tar = System.Diagnostics.Process.Start("tar", ["-czf", _machine.Place["shared/greeter.tgz"], "-C", _machine.Place["shared"], "package"])) await tar.WaitForExitAsync(TestContext.Current.CancellationToken);
        var probed = await SandboxMachine.HostAsync();
        var host = await SandboxMachine.ProbeAsync(new() { Directory = _machine.Place["host"], SharedDirectories = [_machine.Place["shared"]] });
        Assert.Equal(probed.Support, host.Support);
        var spec = _machine.Spec(s => s with { Packages = new() { Npm = [_machine.Place["shared/greeter.tgz"]] } });

        for (var round = 0; round < 2; round++)
        {
            await using var sandbox = host.Open(spec);
            Assert.Equal("good day", (await sandbox.ShellAsync("greet")).Output);
            Assert.NotEqual(0, (await sandbox.ShellAsync("echo planted >> $(which greet)")).Code());
        }

        Assert.Single(Directory.EnumerateDirectories(_machine.Place["host/packages"]));
    }

    [Fact]
    public async Task Packages_that_cannot_be_installed_are_an_error()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/npm"), "npm is missing.");
        await using var sandbox = await _machine.OpenAsync(static s => s with { Packages = new() { Npm = ["/nowhere/none.tgz"] } });

        var error = await Assert.ThrowsAsync<SandboxException>(() => sandbox.ShellAsync("true"));

        Assert.StartsWith("The npm packages of the environment cannot be installed: ", error.Message, StringComparison.Ordinal);
    }
}
