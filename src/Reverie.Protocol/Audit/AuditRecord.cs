using System.Text.Json.Serialization;

namespace Reverie.Protocol.Audit;

/// <summary>
/// One record of a workspace's audit log. Its hash is the SHA-256 of the record without <c>hash</c> as canonical JSON
/// (RFC 8785), so that anybody can check it; it covers the hash before it, so that no record can be changed alone.
/// </summary>
public sealed record AuditRecord
{
    /// <summary>1 and up, without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>The hash of the record before; 64 zeros for the first.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>64 lower-case hex digits.</summary>
    public required string Hash { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who did it; null for the server itself.</summary>
    public required AuditActor? Actor { get; init; }

    /// <summary>What was done, such as <c>change.applied</c>.</summary>
    public required string Action { get; init; }

    /// <summary>To what.</summary>
    public required AuditSubject Subject { get; init; }

    /// <summary>Ids, paths, hashes and counts; never a secret and never the text of a memory.</summary>
    public required IReadOnlyDictionary<string, string> Details { get; init; }
}

/// <summary>Who did something.</summary>
/// <param name="Type">As in the history of a memory: <c>api_actor</c>, <c>session_actor</c>, <c>user_actor</c> or <c>service_account_actor</c>.</param>
/// <param name="Id">The key, session, user or account.</param>
public sealed record AuditActor(string Type, string Id);

/// <summary>What something was done to.</summary>
/// <param name="Type">E.g. <c>dream</c> or <c>memory_store</c>.</param>
/// <param name="Id">Its id.</param>
public sealed record AuditSubject(string Type, string Id);

/// <summary>Where a workspace's audit log ends. Kept elsewhere, it proves later that nothing before it was rewritten.</summary>
/// <param name="Seq">The number of the newest record; 0 while there is none.</param>
/// <param name="Hash">Its hash; 64 zeros while there is none.</param>
public sealed record AuditHead(long Seq, string Hash)
{
    /// <summary>Always <c>audit_head</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "audit_head";
}
