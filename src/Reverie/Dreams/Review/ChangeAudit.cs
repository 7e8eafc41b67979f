using System.Security.Cryptography;
using System.Text;
using Reverie.Audit;
using Reverie.Dreams.Jobs;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Dreams.Review;

/// <summary>Tells the audit log what became of the changes of a dream.</summary>
public sealed class ChangeAudit(AuditLog audit)
{
    /// <param name="actor">Who decided; null for the server itself.</param>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="change">As it stands now.</param>
    /// <param name="reason">Why; null when nothing is to be said.</param>
    /// <param name="comment">A person's words, of which the hash is kept; null for none.</param>
    public void Record(DbSession db, DreamRow dream, Actor? actor, string action, Change change, string? reason = null, string? comment = null) => audit.Record(db, dream.WorkspaceId, actor, action, "dream", dream.Id.Value,
        ("change_id", change.Id), ("op", WireNames<ChangeOp>.Of(change.Op)), ("kind", WireNames<ChangeKind>.Of(change.Kind)), ("memory_store_id", dream.OutputStoreId?.Value),
        ("path", "/" + change.Path), ("new_path", change.NewPath is { } moved ? "/" + moved : null), ("before_sha256", change.BeforeSha256), ("after_sha256", change.AfterSha256),
        ("reason", reason), ("comment_sha256", comment is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(comment)))));
}
