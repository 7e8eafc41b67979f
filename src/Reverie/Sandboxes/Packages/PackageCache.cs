using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Reverie.Sandboxes.Files;
using Reverie.Sandboxes.Launch;
using Reverie.Sandboxes.Network;

namespace Reverie.Sandboxes.Packages;

/// <summary>Installs the packages of environments, once for all sandboxes that want the same ones.</summary>
/// <remarks>An installation has a name of its own until it is complete, so that half of one is never used.</remarks>
internal sealed class PackageCache(SandboxHost host)
{
    private const string InsideDirectory = "/mnt/.packages";
    private const int OutputBytesMax = 8 << 20;
    private const int ErrorCharactersMax = 2_000;
    private static readonly TimeSpan InstallTime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan UnusedFor = TimeSpan.FromDays(30);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    private string Root => Path.Combine(host.Options.Directory, "packages");

    /// <summary>Mounts and variables that make the packages usable.</summary>
    /// <exception cref="SandboxException">A package cannot be installed here.</exception>
    public async Task<SandboxAdditions> InstallAsync(SandboxSpec spec, CancellationToken cancellationToken)
    {
        if (spec.Packages.Apt.Count > 0) throw new SandboxException("apt packages need root, which a sandbox does not have: install them on the server's machine and take them out of the environment.");
        var wanted = PackageInstaller.All.Where(m => m.Wanted(spec.Packages).Count > 0).ToList();
        if (wanted.Count == 0) return SandboxAdditions.None;
        if (host.Support.Level != SandboxLevel.Namespaces) throw new SandboxException("Packages can be installed in a sandbox only, and this server runs commands without one.");
        var directory = Path.Combine(Root, Key(spec));
        var turn = _turns.GetOrAdd(directory, static _ => new(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (!Directory.Exists(directory)) await FillAsync(spec, wanted, directory, cancellationToken);
            Directory.SetLastWriteTimeUtc(directory, host.Time.GetUtcNow().UtcDateTime);
        }
        finally
        {
            turn.Release();
        }
        var variables = wanted.Where(static m => m.Library is not null).ToDictionary(static m => m.Library!.Value.Variable, static m => $"{InsideDirectory}/{m.Name}{m.Library!.Value.Path}");
        variables["PATH"] = string.Join(':', wanted.Select(static m => $"{InsideDirectory}/{m.Name}/bin"));
        return new([new(directory, InsideDirectory, IsReadOnly: true)], variables);
    }

    /// <summary>Removes installations that were not completed, and those that nobody used for long. Nothing is installed meanwhile.</summary>
    public void Sweep()
    {
        if (!Directory.Exists(Root)) return;
        var oldest = (host.Time.GetUtcNow() - UnusedFor).UtcDateTime;
        foreach (var directory in Directory.EnumerateDirectories(Root).Where(d => Path.HasExtension(d) || Directory.GetLastWriteTimeUtc(d) < oldest).ToList())
        {
            // Half removed it must not pass for a whole one.
            var leftover = Path.HasExtension(directory) ? directory : Staged(directory);
            if (leftover != directory) Directory.Move(directory, leftover);
            Remove(leftover);
        }
    }

    private async Task FillAsync(SandboxSpec spec, IReadOnlyList<PackageInstaller> wanted, string directory, CancellationToken cancellationToken)
    {
        var staged = Staged(directory);
        Directory.CreateDirectory(staged);
        try
        {
            await using var proxy = EgressProxy.Start(await host.Sources.RulesOfInstallationAsync(spec.Network, cancellationToken), host.Owner);
            foreach (var manager in wanted) await InstallAsync(manager, spec, staged, proxy, cancellationToken);
            Directory.Move(staged, directory);
        }
        catch
        {
            Remove(staged);
            throw;
        }
    }

    /// <summary>A name that is never used for what is complete.</summary>
    private static string Staged(string directory) => $"{directory}.{Guid.NewGuid():N}";

    private static void Remove(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A process of a killed server is still dying in it, or a script took rights away. Nothing uses it, and the next start tries again.
        }
    }

    private async Task InstallAsync(PackageInstaller manager, SandboxSpec spec, string staged, EgressProxy proxy, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(staged, manager.Name));
        if (host.Owner is { } owner) SafeTree.ChangeOwner(staged, owner);
        var place = new SandboxSpec { WorkingDirectory = staged, Limits = spec.Limits with { TemporaryBytesMax = Math.Max(spec.Limits.TemporaryBytesMax, 2L << 30) } };
        var additions = proxy.Additions.With(host.Sources.Additions).With(new([new(staged, InsideDirectory, IsReadOnly: false)], new Dictionary<string, string>()));
        var script = $$"""
            cd {{InsideDirectory}}/{{manager.Name}} && exec 2>&1 || exit
            command -v {{manager.Program}} >/dev/null || { echo "there is no {{manager.Program}} among the programs that sandboxes see: install it on the server's machine, below /usr"; exit 127; }
            {{manager.Install}}
            """;
        var command = Bubblewrap.Arguments(place, host.Options, host.IsRoot, isReadOnly: false, additions, EgressProxy.Wrapped(["/bin/bash", "-c", script, manager.Name, .. manager.Wanted(spec.Packages)]));
        var group = host.Group(place.Limits);
        await using var process = await SandboxProcess.StartAsync(command, group, staged);
        await using var watch = new ResourceWatch(process, place, group, host.Time);
        var outcome = await SandboxProgram.RunAsync(process, InstallTime, OutputBytesMax, host.Time, cancellationToken);
        if (outcome.ExitCode != 0) throw new SandboxException($"The {manager.Name} packages of the environment cannot be installed: {Problem(outcome, watch, proxy)}");
    }

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

    /// <summary>The same for the same packages of one workspace from the same places.</summary>
    private string Key(SandboxSpec spec)
    {
        var network = spec.Network is SandboxNetwork.Limited limited ? string.Join(' ', limited.Hosts.Order(StringComparer.Ordinal)) : spec.Network.GetType().Name;
        var places = host.Options.Packages.Registries.OrderBy(static r => r.Key, StringComparer.Ordinal).Select(static r => $"{r.Key}={r.Value.AbsoluteUri}");
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { spec.WorkspaceId, spec.Packages, places, network })));
    }
}
