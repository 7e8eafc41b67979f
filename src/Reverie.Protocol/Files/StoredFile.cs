using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;

namespace Reverie.Protocol.Files;

/// <summary>A file: its name, size and kind; the bytes are fetched by themselves (public contract, "Object file"). Never changes.</summary>
public sealed record StoredFile : IResource
{
    /// <inheritdoc />
    public static string IdPrefix => "file";

    /// <summary>Unique; never used again.</summary>
    public required Id<StoredFile> Id { get; init; }

    /// <summary>Always <c>file</c>.</summary>
    public string Type { get; } = "file";

    /// <summary>1 to 255 characters, no path; need not be unique.</summary>
    public required string Filename { get; init; }

    /// <summary>What the bytes are said to be.</summary>
    public required string MimeType { get; init; }

    /// <summary>Bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>True for what a session made; false for what a client sent.</summary>
    public required bool Downloadable { get; init; }

    /// <summary>When its bytes go; null when they stay.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The session it belongs to; null for what a client sent.</summary>
    public required FileScope? Scope { get; init; }
}

/// <summary>What a file belongs to.</summary>
/// <param name="Id">The session.</param>
public sealed record FileScope(Id<Session> Id)
{
    /// <summary>Always <c>session</c>.</summary>
    public string Type { get; } = "session";
}
