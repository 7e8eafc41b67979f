using Reverie.Sandboxes.Files;
using Reverie.Sandboxes.Launch;
using Reverie.Sandboxes.Network;
using Reverie.Sandboxes.Packages;
using Reverie.Sandboxes.Shells;

namespace Reverie.Sandboxes;

/// <summary>A sandbox on the server's own machine.</summary>
internal sealed class LocalSandbox : ISandbox
{
    private readonly SandboxHost _host;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _disposed = new();
    private SandboxAdditions? _additions;
    private HeldPackages? _packages;
    private EgressProxy? _proxy;
    private Shell? _shell;

    public LocalSandbox(SandboxHost host, SandboxSpec spec)
    {
        (_host, Spec) = (host, spec);
        Directory.CreateDirectory(spec.WorkingDirectory);
        if (host.Owner is { } owner) foreach (var directory in spec.Mounts.Select(static m => m.HostPath).Prepend(spec.WorkingDirectory)) SafeTree.ChangeOwner(directory, owner);
        Files = new(spec, host.Owner);
    }

    public SandboxSpec Spec { get; }

    public SandboxFiles Files { get; }

    public async Task<ShellOutcome> RunShellAsync(string command, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        await _turn.WaitAsync(either.Token);
        try
        {
            _shell ??= await StartShellAsync(either.Token);
            var time = timeout ?? Spec.Limits.CommandTime;
            return await _shell.RunAsync(command, time < Spec.Limits.CommandTimeMax ? time : Spec.Limits.CommandTimeMax, _host.Time, either.Token);
        }
        finally
        {
            if (_shell is { HasEnded: true }) await EndShellAsync();
            _turn.Release();
        }
    }

    public string PathInside(string path) => _host.Support.Level == SandboxLevel.Unsafe ? Files.HostPath(path) : path;

    public async Task RestartShellAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await EndShellAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task<ProgramOutcome> RunProgramAsync(IReadOnlyList<string> arguments, TimeSpan timeout, int outputBytesMax, CancellationToken cancellationToken)
    {
        RequireSupport();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        using var packages = await _host.Packages.HoldAsync(Spec, either.Token);
        return await SandboxProgram.RunAsync(
            Command(arguments, isReadOnly: true, packages.Additions), _host.Group(Spec.Limits), Spec.WorkingDirectory, timeout, outputBytesMax, _host.Time, either.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed.IsCancellationRequested) return;
        await _disposed.CancelAsync();
        await _turn.WaitAsync();
        await EndShellAsync();
        if (_proxy is not null) await _proxy.DisposeAsync();
        _packages?.Dispose();
    }

    private async Task<Shell> StartShellAsync(CancellationToken cancellationToken)
    {
        RequireSupport();
        _additions ??= await AdditionsAsync(cancellationToken);
        var group = _host.Group(Spec.Limits);
        var process = await SandboxProcess.StartAsync(Command(_proxy is null ? Shell.Program : EgressProxy.Wrapped(Shell.Program), isReadOnly: false, _additions), group, Spec.WorkingDirectory);
        return await Shell.StartAsync(process, new(process, Spec, group, _host.Time), Spec.Limits, cancellationToken);
    }

    private async Task<SandboxAdditions> AdditionsAsync(CancellationToken cancellationToken)
    {
        _packages ??= await _host.Packages.HoldAsync(Spec, cancellationToken);
        if (_host.Support.Level == SandboxLevel.Unsafe || await _host.Sources.RulesOfCommandsAsync(Spec.Network, cancellationToken) is not { } rules) return _packages.Additions;
        _proxy = EgressProxy.Start(rules, _host.MakePlace(), _host.Owner);
        var sources = Spec.Network is SandboxNetwork.Limited { HasPackageManagers: true } ? _host.Sources.Additions : SandboxAdditions.None;
        return _packages.Additions.With(_proxy.Additions).With(sources);
    }

    private IReadOnlyList<string> Command(IReadOnlyList<string> program, bool isReadOnly, SandboxAdditions additions) => _host.Support.Level == SandboxLevel.Namespaces
        ? Bubblewrap.Arguments(Spec, _host.Options, _host.IsRoot, isReadOnly, additions, program)
        : ["/usr/bin/env", "-i", .. SandboxVariables.Of(Spec, additions).Select(static v => $"{v.Key}={v.Value}"), $"HOME={Spec.WorkingDirectory}", .. program];

    private void RequireSupport()
    {
        if (_host.Support.Level == SandboxLevel.None) throw new SandboxException(_host.Support.Reason);
    }

    private async ValueTask EndShellAsync()
    {
        if (_shell is null) return;
        await _shell.DisposeAsync();
        _shell = null;
    }
}
