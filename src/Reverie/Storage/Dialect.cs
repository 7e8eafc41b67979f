namespace Reverie.Storage;

/// <summary>What the two databases spell differently, side by side.</summary>
public sealed record Dialect
{
    private Dialect() { }

    /// <summary>The database in a file, with one writer.</summary>
    public static Dialect Sqlite { get; } = new()
    {
        Name = "Sqlite",
        ForUpdate = "",
        SkipLocked = "",
        NowMicros = "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)",
        TextsIn = static parameter => $"SELECT value FROM json_each({parameter})",
    };

    /// <summary>The database for several nodes.</summary>
    public static Dialect Postgres { get; } = new()
    {
        Name = "Postgres",
        ForUpdate = "FOR UPDATE",
        SkipLocked = "FOR UPDATE SKIP LOCKED",
        NowMicros = "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)",
        TextsIn = static parameter => $"SELECT jsonb_array_elements_text(CAST({parameter} AS jsonb))",
    };

    /// <summary>The folder of its migrations.</summary>
    public required string Name { get; init; }

    /// <summary>Behind a SELECT: hold the rows until the transaction ends. One writer needs no lock.</summary>
    public required string ForUpdate { get; init; }

    /// <summary>Behind a SELECT: hold the rows, passing over those that others hold.</summary>
    public required string SkipLocked { get; init; }

    /// <summary>The database's own clock, in microseconds since 1970: between nodes it decides.</summary>
    public required string NowMicros { get; init; }

    /// <summary>A SELECT of the texts in a parameter that holds a JSON array of them, a row each.</summary>
    public required Func<string, string> TextsIn { get; init; }
}
