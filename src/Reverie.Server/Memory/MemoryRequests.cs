using System.ComponentModel.DataAnnotations;
using Reverie.Protocol.Memory;

namespace Reverie.Server.Memory;

// The bodies of requests, as the reference shows them. The endpoints read them field by field, so that a refusal names each.

/// <summary>A new store.</summary>
internal sealed record NewMemoryStore
{
    [StringLength(MemoryLimits.StoreNameCharsMax, MinimumLength = 1)] public required string Name { get; init; }

    [StringLength(MemoryLimits.StoreDescriptionCharsMax)] public string? Description { get; init; }

    /// <summary>At most 16 pairs, keys of 1 to 64 and values of at most 512 characters.</summary>
    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }
}

/// <summary>What is to change of a store; null and what is absent stay.</summary>
internal sealed record MemoryStoreUpdate
{
    [StringLength(MemoryLimits.StoreNameCharsMax, MinimumLength = 1)] public string? Name { get; init; }

    [StringLength(MemoryLimits.StoreDescriptionCharsMax)] public string? Description { get; init; }

    /// <summary>Merged into what is there; a value of null removes its key.</summary>
    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }
}

/// <summary>A new memory.</summary>
internal sealed record NewMemory
{
    /// <summary>Absolute, at most 1,024 bytes and 20 segments.</summary>
    public required string Path { get; init; }

    /// <summary>At most 102,400 bytes of UTF-8; null for an empty text.</summary>
    public required string? Content { get; init; }
}

/// <summary>What is to change of a memory; null and what is absent stay.</summary>
internal sealed record MemoryEdit
{
    /// <summary>Absolute, at most 1,024 bytes and 20 segments.</summary>
    public string? Path { get; init; }

    /// <summary>At most 102,400 bytes of UTF-8.</summary>
    public string? Content { get; init; }

    public MemoryPrecondition? Precondition { get; init; }
}

/// <summary>What must hold for an edit; otherwise nothing is written and the answer is 409.</summary>
internal sealed record MemoryPrecondition
{
    [AllowedValues("content_sha256")] public required string Type { get; init; }

    /// <summary>The hash of the text the edit was made for.</summary>
    [RegularExpression("^[0-9a-f]{64}$")] public required string ContentSha256 { get; init; }
}

/// <summary>A copy of a store.</summary>
internal sealed record CloneRequest
{
    /// <summary>Unless set, the name of the source with "(copy)".</summary>
    [StringLength(MemoryLimits.StoreNameCharsMax, MinimumLength = 1)] public string? Name { get; init; }

    /// <summary>The moment to copy: an RFC 3339 time or the id of a version; now unless set.</summary>
    public string? At { get; init; }
}

/// <summary>Bringing a store back.</summary>
internal sealed record RollbackRequest
{
    /// <summary>The moment to come back to: an RFC 3339 time or the id of a version, both included.</summary>
    public required string To { get; init; }

    /// <summary>Only this directory, with slashes around it.</summary>
    public string? PathPrefix { get; init; }

    /// <summary>True to only be told what would change.</summary>
    public bool? DryRun { get; init; }
}
