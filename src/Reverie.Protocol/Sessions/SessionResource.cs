using System.Text.Json.Serialization;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;

namespace Reverie.Protocol.Sessions;

/// <summary>Something mounted in a session's sandbox (public contract, "Resources").</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(FileResource), "file")]
[JsonDerivedType(typeof(RepositoryResource), "github_repository")]
[JsonDerivedType(typeof(MemoryStoreResource), "memory_store")]
public abstract record SessionResource : IResource
{
    /// <inheritdoc />
    public static string IdPrefix => "sesrsc";

    /// <summary>Unique within the session. The contract gives memory stores none; this server does.</summary>
    public required Id<SessionResource> Id { get; init; }

    /// <summary>Where it is, inside the sandbox.</summary>
    public required string MountPath { get; init; }
}

/// <summary>A file, read-only.</summary>
public sealed record FileResource : SessionResource
{
    /// <summary>The session's own copy.</summary>
    public required string FileId { get; init; }

    /// <summary>When it was attached.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A git repository, cloned when the sandbox is made. Its token is never shown.</summary>
public sealed record RepositoryResource : SessionResource
{
    /// <summary><c>https://github.com/owner/repo</c>.</summary>
    public required string Url { get; init; }

    /// <summary>What is checked out; null for the default branch.</summary>
    public required RepositoryCheckout? Checkout { get; init; }

    /// <summary>When it was attached.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its token was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>What of a repository is checked out.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(BranchCheckout), "branch")]
[JsonDerivedType(typeof(CommitCheckout), "commit")]
public abstract record RepositoryCheckout;

/// <summary>The newest commit of a branch.</summary>
public sealed record BranchCheckout(string Name) : RepositoryCheckout;

/// <summary>One commit.</summary>
/// <param name="Sha">Forty hexadecimal digits.</param>
public sealed record CommitCheckout(string Sha) : RepositoryCheckout;

/// <summary>A memory store, as files.</summary>
public sealed record MemoryStoreResource : SessionResource
{
    /// <summary>The store.</summary>
    public required Id<MemoryStore> MemoryStoreId { get; init; }

    /// <summary><c>read_write</c> or <c>read_only</c>.</summary>
    public required string Access { get; init; }

    /// <summary>For the agent, what to use it for; null for nothing.</summary>
    public required string? Instructions { get; init; }

    /// <summary>The store's name when it was attached.</summary>
    public required string Name { get; init; }

    /// <summary>The store's description when it was attached; empty when it had none.</summary>
    public required string Description { get; init; }

    /// <summary>The agent may write.</summary>
    [JsonIgnore]
    public bool IsWritable => Access == "read_write";
}
