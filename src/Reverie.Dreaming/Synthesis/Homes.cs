using System.Text.RegularExpressions;
using Reverie.Dreaming.Review;

namespace Reverie.Dreaming.Synthesis;

/// <summary>Home directories: on the machines of developers nothing else says whom a session worked for.</summary>
internal static partial class Homes
{
    /// <summary>Accounts that come with systems, images and build machines, and are nobody's name.</summary>
    private static readonly HashSet<string> Accounts = new(StringComparer.OrdinalIgnoreCase)
    {
        "user", "users", "root", "admin", "administrator", "ubuntu", "debian", "ec2-user", "azureuser", "runner", "runneradmin", "node", "vscode", "codespace", "gitpod", "jenkins", "circleci", "builder", "build",
        "app", "agent", "dev", "developer", "default", "shared", "public", "guest", "test", "sandbox", "container", "linuxbrew", "work", "workspace", "www-data", "coder", "claude",
    };

    /// <summary>Whose home a path in the metadata leads into; null when none does, or into that of no person.</summary>
    public static string? OwnerOf(SessionMetadata metadata) =>
        metadata.Names.Order(StringComparer.Ordinal).Select(n => Home().Match(metadata[n]!)).Where(static m => m.Success).Select(static m => m.Groups["owner"].Value).FirstOrDefault(static o => !Accounts.Contains(o));

    [GeneratedRegex(@"^(?:/home/|/Users/|[A-Za-z]:[\\/]Users[\\/])(?<owner>[^/\\]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Home();
}
