using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Reverie.Sandboxes.Files;
using Reverie.Sandboxes.Launch;
using Reverie.Sandboxes.Network;

namespace Reverie.Sandboxes.Packages;

/// <summary>Installs the packages of environments, once for all sandboxes that want the same ones.</summary>
internal static class PackageCache
{
    private const string InsideDirectory = "/mnt/.packages";
    private const int ErrorCharactersMax = 2_000;
    private static readonly TimeSpan InstallTime = TimeSpan.FromMinutes(10);
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Turns = new(StringComparer.Ordinal);

    private static readonly PackageInstaller[] Managers =
    [
        new("cargo", static p => p.Cargo, "export CARGO_HOME=/tmp/cargo; for p in \"$@\"; do cargo install --root . \"$p\" || exit; done", "bin", null),
        new("gem", static p => p.Gem, "gem install --no-document --install-dir . --bindir bin -- \"$@\"", "bin", "GEM_PATH"),
        new("go", static p => p.Go, "export GOPATH=/tmp/go GOCACHE=/tmp/gocache GOBIN=$PWD/bin; for p in \"$@\"; do go install \"$p\" || exit; done", "bin", null),
        new("npm", static p => p.Npm, "npm install --global --no-audit --no-fund --cache /tmp/npm --prefix . -- \"$@\"", "bin", "NODE_PATH", "lib/node_modules"),
        new("pip", static p => p.Pip, "/usr/bin/python3 -m pip install --disable-pip-version-check --no-cache-dir --target . -- \"$@\"", "bin", "PYTHONPATH"),
    ];

    /// <summary>Mounts and variables that make the packages usable.</summary>
    /// <exception cref="SandboxException">A package cannot be installed here.</exception>
    public static async Task<SandboxAdditions> InstallAsync(SandboxHost host, SandboxSpec spec, CancellationToken cancellationToken)
    {
        if (spec.Packages.Apt.Count > 0) throw new SandboxException("apt packages need root, which a sandbox does not have: install them on the server's machine and take them out of the environment.");
        var wanted = Managers.Where(m => m.Names(spec.Packages).Count > 0).ToList();
        if (wanted.Count == 0) return SandboxAdditions.None;
        if (host.Support.Level != SandboxLevel.Namespaces) throw new SandboxException("Packages can be installed in a sandbox only, and this server runs commands without one.");
        var directory = Path.Combine(host.Options.Directory, "packages", Key(spec.Packages));
        var turn = Turns.GetOrAdd(directory, static _ => new(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (!Directory.Exists(directory)) await FillAsync(host, spec, wanted, directory, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
        var variables = wanted.Where(static m => m.Variable is not null).ToDictionary(static m => m.Variable!, static m => $"{InsideDirectory}/{m.Name}/{m.VariablePath}".TrimEnd('/'));
        variables["PATH"] = string.Join(':', wanted.Select(static m => $"{InsideDirectory}/{m.Name}/{m.Programs}"));
        return new([new(directory, InsideDirectory, IsReadOnly: true)], variables);
    }

    private static async Task FillAsync(SandboxHost host, SandboxSpec spec, IReadOnlyList<PackageInstaller> wanted, string directory, CancellationToken cancellationToken)
    {
        var staged = $"{directory}.{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(staged);
            await using var proxy = EgressProxy.Start(EgressRules.Of(new SandboxNetwork.Open())!, host.Owner);
            foreach (var manager in wanted)
            {
                Directory.CreateDirectory(Path.Combine(staged, manager.Name));
                if (host.Owner is { } owner) SafeTree.ChangeOwner(staged, owner);
                var place = new SandboxSpec { WorkingDirectory = staged, Limits = spec.Limits with { TemporaryBytesMax = Math.Max(spec.Limits.TemporaryBytesMax, 2L << 30) } };
                var additions = proxy.Additions.With(new([new(staged, InsideDirectory, IsReadOnly: false)], new Dictionary<string, string>()));
                var script = $"cd {InsideDirectory}/{manager.Name} && exec 2>&1 && {manager.Script}";
                var command = Bubblewrap.Arguments(place, host.Options, host.IsRoot, isReadOnly: false, additions, EgressProxy.Wrapped(["/bin/bash", "-c", script, manager.Name, .. manager.Names(spec.Packages)]));
                var outcome = await SandboxProgram.RunAsync(command, host.Group(place.Limits), staged, InstallTime, 8 << 20, host.Time, cancellationToken);
                if (outcome.ExitCode == 0) continue;
                var output = Encoding.UTF8.GetString(outcome.Output).Trim() + outcome.Error;
                throw new SandboxException($"The {manager.Name} packages of the environment cannot be installed: {output[Math.Max(0, output.Length - ErrorCharactersMax)..]}");
            }
            Directory.Move(staged, directory);
        }
        catch
        {
            Directory.Delete(staged, recursive: true);
            throw;
        }
    }

    private static string Key(SandboxPackages packages) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(packages)));
}

/// <summary>How one manager installs into the directory it is started in.</summary>
/// <param name="Name">The manager.</param>
/// <param name="Names">Its packages.</param>
/// <param name="Script">Installs the packages that are its arguments.</param>
/// <param name="Programs">Where programs come to lie.</param>
/// <param name="Variable">What tells a language where its packages are; null for none.</param>
/// <param name="VariablePath">Where those are.</param>
internal sealed record PackageInstaller(string Name, Func<SandboxPackages, IReadOnlyList<string>> Names, string Script, string Programs, string? Variable, string VariablePath = "");
