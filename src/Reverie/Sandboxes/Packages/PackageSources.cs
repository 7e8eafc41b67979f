using System.Text;
using Reverie.Sandboxes.Launch;
using Reverie.Sandboxes.Network;

namespace Reverie.Sandboxes.Packages;

/// <summary>Where the package managers of a machine download from, and what of it sandboxes may reach.</summary>
internal sealed class PackageSources(SandboxHost host)
{
    private const int AnswerBytesMax = 64 << 10;
    private static readonly TimeSpan AskTime = TimeSpan.FromMinutes(1);
    private static readonly char[] Separators = [' ', '\n', '\t', ',', '|'];

    private IReadOnlyList<EgressHost>? _own;

    private PackageOptions Options => host.Options.Packages;

    private string GemSettings => Path.Combine(host.Options.Directory, "gemrc");

    /// <summary>What makes managers use the operator's registries.</summary>
    public SandboxAdditions Additions => new(
        Options.Registries.ContainsKey("gem") ? [new(GemSettings, PackageInstaller.GemSettings, IsReadOnly: true)] : [],
        PackageInstaller.All.Where(m => Options.Registries.ContainsKey(m.Name)).SelectMany(m => m.Registry(Options.Registries[m.Name])).ToDictionary());

    /// <summary>What commands may reach; null for nothing.</summary>
    public async Task<EgressRules?> RulesOfCommandsAsync(SandboxNetwork network, CancellationToken cancellationToken) => network switch
    {
        SandboxNetwork.Open => new(null, []),
        SandboxNetwork.Limited { HasPackageManagers: true } => await RulesOfInstallationAsync(network, cancellationToken),
        SandboxNetwork.Limited { Hosts.Count: > 0 } limited => new(Of(limited), []),
        _ => null,
    };

    /// <summary>What the installation of an environment's packages may reach.</summary>
    public async Task<EgressRules> RulesOfInstallationAsync(SandboxNetwork network, CancellationToken cancellationToken)
    {
        if (network is SandboxNetwork.Open) return new(null, Options.Reachable);
        var named = network is SandboxNetwork.Limited limited ? Of(limited) : [];
        return new([.. named, .. Options.Reachable, .. _own ??= await AskAsync(cancellationToken)], Options.Reachable);
    }

    /// <summary>Writes the settings that a manager reads from a file.</summary>
    public void Write()
    {
        if (Options.Registries.TryGetValue("gem", out var registry)) File.WriteAllText(GemSettings, $":sources:\n- {registry.AbsoluteUri}\n");
    }

    private static IReadOnlyList<EgressHost> Of(SandboxNetwork.Limited limited) => [.. limited.Hosts.Select(static h => new EgressHost(h, null))];

    /// <summary>Asks the managers for their own registries.</summary>
    private async Task<IReadOnlyList<EgressHost>> AskAsync(CancellationToken cancellationToken)
    {
        var place = host.MakePlace();
        try
        {
            var script = string.Join('\n', PackageInstaller.All.Where(static m => m.Sources is not null).Select(static m => $"command -v {m.Program} && {m.Sources}")) + "\nexit 0";
            var spec = new SandboxSpec { WorkingDirectory = place };
            var command = Bubblewrap.Arguments(spec, host.Options, host.IsRoot, isReadOnly: true, SandboxAdditions.None, ["/bin/bash", "-c", script]);
            var outcome = await SandboxProgram.RunAsync(command, host.Group(spec.Limits), place, AskTime, AnswerBytesMax, host.Time, cancellationToken);
            return outcome.ExitCode == 0
                ? HostsIn(Encoding.UTF8.GetString(outcome.Output))
                : throw new SandboxException("The package managers of this machine did not say in time where they download from.");
        }
        finally
        {
            Directory.Delete(place);
        }
    }

    /// <summary>The hosts among words, and what lies below them: registries keep their files there.</summary>
    private static IReadOnlyList<EgressHost> HostsIn(string text) =>
    [
        .. text.Split(Separators, StringSplitOptions.RemoveEmptyEntries)
            .Select(static w => Uri.TryCreate(w, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps ? url.IdnHost : w)
            .Where(static h => h.Contains('.', StringComparison.Ordinal) && EgressHost.ProblemOf(h) is null)
            .Distinct(StringComparer.Ordinal)
            .SelectMany(static h => (EgressHost[])[new(h, null), new($"*.{h}", null)]),
    ];
}
