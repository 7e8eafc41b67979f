using Microsoft.Extensions.Logging.Abstractions;
using Reverie.Sandboxes;

namespace Reverie.Tests.Sandboxes;

/// <summary>Sandboxes of one test on this machine. Tests that need them are skipped where they cannot be had.</summary>
public sealed class SandboxMachine : IDisposable
{
    private static readonly TemporaryDirectory Shared = new();
    private static readonly Lazy<Task<SandboxHost>> Probed = new(static () => SandboxHost.ProbeAsync(new() { Directory = Shared["host"] }, TimeProvider.System, NullLogger<SandboxHost>.Instance, CancellationToken.None));

    private readonly TemporaryDirectory _temporary = new();

    public string Work => _temporary["work"];

    public TemporaryDirectory Place => _temporary;

    public static async Task<SandboxHost> HostAsync()
    {
        var host = await ProbeAsync();
        Assert.SkipUnless(host.Support.Level == SandboxLevel.Namespaces, host.Support.Reason);
        return host;
    }

    /// <summary>This machine, whatever it can do.</summary>
    public static Task<SandboxHost> ProbeAsync() => Probed.Value;

    /// <summary>A host of one test's own.</summary>
    /// <param name="time">Null for the machine's clock.</param>
    public static Task<SandboxHost> ProbeAsync(SandboxHostOptions options, TimeProvider? time = null) =>
        SandboxHost.ProbeAsync(options, time ?? TimeProvider.System, NullLogger<SandboxHost>.Instance, TestContext.Current.CancellationToken);

    public async Task<ISandbox> OpenAsync(Func<SandboxSpec, SandboxSpec>? change = null) => (await HostAsync()).Open(Spec(change));

    public SandboxSpec Spec(Func<SandboxSpec, SandboxSpec>? change = null)
    {
        var spec = new SandboxSpec { WorkingDirectory = Work };
        return change is null ? spec : change(spec);
    }

    public SandboxMount Mount(string name, string path, bool isReadOnly)
    {
        Directory.CreateDirectory(_temporary[name]);
        return new(_temporary[name], path, isReadOnly);
    }

    public void Dispose() => _temporary.Dispose();
}

internal static class SandboxCalls
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task<ShellOutcome> ShellAsync(this ISandbox sandbox, string command, TimeSpan? timeout = null) =>
        sandbox.RunShellAsync(command, timeout ?? Patience, TestContext.Current.CancellationToken);

    public static int Code(this ShellOutcome outcome) => Assert.IsType<ShellEnd.Exited>(outcome.End).Code;
}
