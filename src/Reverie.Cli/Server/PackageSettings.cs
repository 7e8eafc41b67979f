using Reverie.Cli.Terminal;
using Reverie.Sandboxes.Network;
using Reverie.Sandboxes.Packages;

namespace Reverie.Cli.Server;

/// <summary>Where the packages of environments come from and how much room they have, from the environment.</summary>
internal static class PackageSettings
{
    private const string HostsName = "REVERIE_PACKAGE_HOSTS";
    private const string RegistriesName = "REVERIE_PACKAGE_REGISTRIES";
    private const string MaxName = "REVERIE_PACKAGES_MAX_GIB";

    /// <exception cref="BadInputException">A setting names no host, no manager, an address that cannot be used, or no number in its range.</exception>
    public static PackageOptions Read()
    {
        var registries = new Dictionary<string, Uri>(StringComparer.Ordinal);
        // What is wrong with an entry may be a secret in it: entries are not repeated.
        foreach (var (number, (manager, registry)) in Entries(RegistriesName).Select(Pair).Index())
        {
            if (!PackageOptions.Managers.Contains(manager, StringComparer.Ordinal)) throw Wrong($"entry {number + 1} names none of {string.Join(", ", PackageOptions.Managers)}");
            if (PackageOptions.ProblemOf(registry) is { } problem) throw Wrong($"the address of {manager} {problem}");
            if (!registries.TryAdd(manager, new Uri(registry))) throw Wrong($"{manager} stands twice");
        }
        return new PackageOptions
        {
            Hosts = [.. Entries(HostsName).Select(static (h, number) => Host(h, number + 1))],
            Registries = registries,
            BytesMax = NumberSetting.Read(MaxName, 1, 1_000_000) is { } gibibytes ? (long)gibibytes << 30 : new PackageOptions().BytesMax,
        };
    }

    private static EgressHost Host(string text, int number) => EgressHost.Parse(text)
        ?? throw new BadInputException($"{HostsName} must name hosts separated by commas, such as npm.internal,*.mirrors.internal,127.0.0.1:4873; entry {number} is none");

    private static (string Manager, string Registry) Pair(string text) => text.Split('=', 2) is [var manager, var registry] ? (manager, registry) : (text, "");

    private static string[] Entries(string name) => (Environment.GetEnvironmentVariable(name) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static BadInputException Wrong(string why) => new($"{RegistriesName} must hold registries separated by commas, such as npm=https://npm.internal/,pip=https://pip.internal/simple; {why}");
}
