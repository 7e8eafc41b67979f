using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Reverie.Sandboxes.Files;
using Reverie.Sandboxes.Launch;

namespace Reverie.Sandboxes.Packages;

/// <summary>Has the packages of environments installed once for all sandboxes that want the same ones, and a failure found once.</summary>
internal sealed class PackageCache(SandboxHost host, Leftovers leftovers)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UnusedFor = TimeSpan.FromDays(30);

    private readonly PackageDirectories _directories = new(Path.Combine(host.Options.Directory, "packages"), host.Options.Packages.BytesMax, leftovers);
    private readonly PackageInstallation _installation = new(host);
    private readonly ConcurrentDictionary<string, Attempts> _attempts = new(StringComparer.Ordinal);

    /// <summary>Installs what is not there, and keeps it until what is returned is disposed.</summary>
    /// <exception cref="SandboxException">A package cannot be installed here, or could not a moment ago.</exception>
    public async Task<HeldPackages> HoldAsync(SandboxSpec spec, CancellationToken cancellationToken)
    {
        if (spec.Packages.Apt.Count > 0) throw new SandboxException("apt packages need root, which a sandbox does not have: install them on the server's machine and take them out of the environment.");
        var wanted = PackageInstaller.All.Where(m => m.Wanted(spec.Packages).Count > 0).ToList();
        if (wanted.Count == 0) return HeldPackages.None;
        if (host.Support.Level != SandboxLevel.Namespaces) throw new SandboxException("Packages can be installed in a sandbox only, and this server runs commands without one.");
        var hold = _directories.HoldOf(Key(spec));
        try
        {
            await CompleteAsync(spec, wanted, hold.Directory, cancellationToken);
            return new(Additions(wanted, hold.Directory), hold);
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    /// <summary>Removes installations that were not completed, and those that nobody used for long. Nothing is installed meanwhile.</summary>
    public void Sweep() => _directories.Sweep(host.Time.GetUtcNow() - UnusedFor);

    private static SandboxAdditions Additions(List<PackageInstaller> wanted, string directory)
    {
        var variables = wanted.Where(static m => m.Library is not null).ToDictionary(static m => m.Library!.Value.Variable, static m => $"{PackageInstallation.InsideDirectory}/{m.Name}{m.Library!.Value.Path}");
        variables["PATH"] = string.Join(':', wanted.Select(static m => $"{PackageInstallation.InsideDirectory}/{m.Name}/bin"));
        return new([new(directory, PackageInstallation.InsideDirectory, IsReadOnly: true)], variables);
    }

    private async Task CompleteAsync(SandboxSpec spec, List<PackageInstaller> wanted, string directory, CancellationToken cancellationToken)
    {
        var attempts = _attempts.GetOrAdd(directory, static _ => new());
        await attempts.Turn.WaitAsync(cancellationToken);
        try
        {
            if (!Directory.Exists(directory)) await InstallAsync(spec, wanted, directory, attempts, cancellationToken);
            Directory.SetLastWriteTimeUtc(directory, host.Time.GetUtcNow().UtcDateTime);
        }
        finally
        {
            attempts.Turn.Release();
        }
    }

    private async Task InstallAsync(SandboxSpec spec, List<PackageInstaller> wanted, string directory, Attempts attempts, CancellationToken cancellationToken)
    {
        if (attempts.Failed is { } failed && host.Time.GetElapsedTime(failed.At) is var ago && ago < RetryAfter)
            throw new SandboxException(string.Create(CultureInfo.InvariantCulture, $"{failed.Problem}\nThat was {ago.TotalSeconds:0} seconds ago. The next try is made for a call in {Math.Ceiling((RetryAfter - ago).TotalSeconds)} seconds or later."));
        RequireRoom();
        var staged = PackageDirectories.Stage(directory);
        try
        {
            await _installation.RunAsync(spec, wanted, staged, cancellationToken);
            Directory.Move(staged, directory);
        }
        catch (Exception error)
        {
            if (error is SandboxException) attempts.Failed = (error.Message, host.Time.GetTimestamp());
            _directories.Discard(staged);
            throw;
        }
        _directories.Clear();
    }

    private void RequireRoom()
    {
        var bytes = _directories.Clear();
        var bytesMax = host.Options.Packages.BytesMax;
        if (bytes >= bytesMax)
            throw new SandboxException($"The packages of the environment are not installed: those in use take {bytes} bytes, and this server keeps {bytesMax} at most. Try again when other sessions have ended; the operator can allow more with REVERIE_PACKAGES_MAX_GIB.");
    }

    /// <summary>The same for the same packages of one workspace from the same places.</summary>
    private string Key(SandboxSpec spec)
    {
        var network = spec.Network is SandboxNetwork.Limited limited ? string.Join(' ', limited.Hosts.Order(StringComparer.Ordinal)) : spec.Network.GetType().Name;
        var places = host.Options.Packages.Registries.OrderBy(static r => r.Key, StringComparer.Ordinal).Select(static r => $"{r.Key}={r.Value.AbsoluteUri}");
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { spec.WorkspaceId, spec.Packages, places, network })));
    }

    /// <summary>The tries at one list: one at a time, so that who waited for one that fails finds its failure.</summary>
    private sealed class Attempts
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        /// <summary>The newest failure, and its timestamp; null for none.</summary>
        public (string Problem, long At)? Failed { get; set; }
    }
}
