using Reverie.Inference;
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

    /// <summary>Which models can be asked.</summary>
    public InferenceOptions Inference { get; init; } = new();

    /// <summary>Runs agents' commands without a sandbox: for places that are one themselves.</summary>
    public bool IsSandboxUnsafe { get; init; }

    /// <summary>Runs the calls of built-in tools; null for sandboxes. For measuring what is left without them.</summary>
    internal ISessionTools? Tools { get; init; }
}
