using System.Text;
using Reverie.Sandboxes.Files;
using Reverie.Sandboxes.Launch;
using Reverie.Sandboxes.Network;

namespace Reverie.Sandboxes.Packages;

/// <summary>Installs packages into a directory, in a sandbox that sees nothing else.</summary>
internal sealed class PackageInstallation(SandboxHost host)
{
    /// <summary>Where sandboxes see the packages.</summary>
    public const string InsideDirectory = "/mnt/.packages";

    private const int OutputBytesMax = 8 << 20;
    private const int ErrorCharactersMax = 2_000;
    private static readonly TimeSpan InstallTime = TimeSpan.FromMinutes(10);

    /// <param name="spec">Whose packages they are.</param>
    /// <param name="wanted">The managers of its packages.</param>
    /// <param name="directory">An empty directory.</param>
    /// <exception cref="SandboxException">A package cannot be installed here.</exception>
    public async Task RunAsync(SandboxSpec spec, IReadOnlyList<PackageInstaller> wanted, string directory, CancellationToken cancellationToken)
    {
        await using var proxy = EgressProxy.Start(await host.Sources.RulesOfInstallationAsync(spec.Network, cancellationToken), host.MakePlace(), host.Owner);
        foreach (var manager in wanted) await RunAsync(manager, spec, directory, proxy, cancellationToken);
    }

    private async Task RunAsync(PackageInstaller manager, SandboxSpec spec, string directory, EgressProxy proxy, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(directory, manager.Name));
        if (host.Owner is { } owner) SafeTree.ChangeOwner(directory, owner);
        var place = new SandboxSpec { WorkingDirectory = directory, Limits = LimitsOf(spec) };
        var additions = proxy.Additions.With(host.Sources.Additions).With(new([new(directory, InsideDirectory, IsReadOnly: false)], new Dictionary<string, string>()));
        var script = $$"""
            cd {{InsideDirectory}}/{{manager.Name}} && exec 2>&1 || exit
            command -v {{manager.Program}} >/dev/null || { echo "there is no {{manager.Program}} among the programs that sandboxes see: install it on the server's machine, below /usr"; exit 127; }
            {{manager.Install}}
            """;
        var command = Bubblewrap.Arguments(place, host.Options, host.IsRoot, isReadOnly: false, additions, EgressProxy.Wrapped(["/bin/bash", "-c", script, manager.Name, .. manager.Wanted(spec.Packages)]));
        var group = host.Group(place.Limits);
        await using var process = await SandboxProcess.StartAsync(command, group, directory);
        await using var watch = new ResourceWatch(process, place, group, host.Time);
        var outcome = await SandboxProgram.RunAsync(process, InstallTime, OutputBytesMax, host.Time, cancellationToken);
        if (outcome.ExitCode != 0) throw new SandboxException($"The {manager.Name} packages of the environment cannot be installed: {Problem(outcome, watch, proxy)}");
    }

    private SandboxLimits LimitsOf(SandboxSpec spec) => spec.Limits with
    {
        TemporaryBytesMax = Math.Max(spec.Limits.TemporaryBytesMax, 2L << 30),
        DiskBytesMax = Math.Min(spec.Limits.DiskBytesMax, host.Options.Packages.BytesMax),
    };

    private static string Problem(ProgramOutcome outcome, ResourceWatch watch, EgressProxy proxy)
    {
        var output = Encoding.UTF8.GetString(outcome.Output).Trim() + outcome.Error;
        List<string> parts = [output[Math.Max(0, output.Length - ErrorCharactersMax)..]];
        if (watch.Exceeded is { } reason) parts.Add($"It was stopped: {reason}.");
        else if (outcome.IsCut) parts.Add($"It was stopped: it printed more than {OutputBytesMax} bytes.");
        else if (outcome.ExitCode is null) parts.Add($"It was stopped: it took longer than {InstallTime.TotalMinutes:0} minutes.");
        if (proxy.Refusals is { Count: > 0 } refusals)
            parts.Add($"On its way out it was told: {string.Join(' ', refusals)} If that is a host on a private network, or a registry that limited networking does not know, the operator names it in REVERIE_PACKAGE_HOSTS.");
        return string.Join('\n', parts.Where(static p => p.Length > 0));
    }
}
