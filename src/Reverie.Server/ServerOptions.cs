using System.Net;
using Reverie.Dreams.Jobs;
using Reverie.Inference;
using Reverie.Mcp;
using Reverie.Sandboxes.Network;
using Reverie.Sandboxes.Packages;
using Reverie.Secrets;
using Reverie.Sessions.Hands;
using Reverie.Sessions.Hands.Repositories;
using Reverie.Sessions.Turns;

namespace Reverie.Server;

/// <summary>How the server runs. The host reads settings; the server sees only this.</summary>
public sealed record ServerOptions
{
    /// <summary>Where it listens, separated by semicolons.</summary>
    public required string Urls { get; init; }

    /// <summary>The directory of everything it keeps; made when it is not there.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>PostgreSQL connection string; null for SQLite in the data directory.</summary>
    public string? Postgres { get; init; }

    /// <summary>A secret accepted as admin of the default workspace; null to make one at the first start.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Requests one key may make in a minute; null for any number.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>
    /// Runs inside a command that works on the data directory: makes no key, since the command comes in as the operator, and
    /// leaves signals to the command.
    /// </summary>
    public bool IsEmbedded { get; init; }

    /// <summary>Which models can be asked.</summary>
    public InferenceOptions Inference { get; init; } = new();

    /// <summary>The model that judges calls under the permission policy <c>auto</c>; null to have people asked. One that cannot judge keeps the server from starting.</summary>
    public string? JudgeModel { get; init; }

    /// <summary>Runs agents' commands without a sandbox: for places that are one themselves.</summary>
    public bool IsSandboxUnsafe { get; init; }

    /// <summary>How many sandboxes stay open, and for how long.</summary>
    public SandboxUse SandboxUse { get; init; } = new();

    /// <summary>How many dreams run at once.</summary>
    public DreamUse DreamUse { get; init; } = new();

    /// <summary>The key that secrets are encrypted with, <see cref="SecretBox.KeyBytes"/> bytes; null for one that lies in the data directory. Servers of one database need the same.</summary>
    public byte[]? SecretKey { get; init; }

    /// <summary>Which MCP servers agents may use.</summary>
    public McpOptions Mcp { get; init; } = new();

    /// <summary>Where the packages of environments come from.</summary>
    public PackageOptions Packages { get; init; } = new();

    /// <summary>How repositories are cloned; tests have a host of their own.</summary>
    internal RepositoryOptions Repositories { get; init; } = new();

    /// <summary>The addresses <c>web_fetch</c> connects to; tests have pages of their own.</summary>
    internal Func<IPAddress, bool> FetchesFrom { get; init; } = PublicAddress.Is;

    /// <summary>Runs the calls of built-in tools; null for sandboxes. For measuring what is left without them.</summary>
    internal ISessionTools? Tools { get; init; }
}
