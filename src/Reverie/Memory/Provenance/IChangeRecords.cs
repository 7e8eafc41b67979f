using Reverie.Protocol.Dreams;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Memory.Provenance;

/// <summary>What is known of the changes that were made here: asked of whoever made them.</summary>
public interface IChangeRecords
{
    /// <summary>Null when no such change was made in the workspace.</summary>
    ValueTask<ChangeRecord?> FindAsync(DbSession db, string workspaceId, string dreamId, string changeId);
}

/// <summary>A change of a dream and what it rests on.</summary>
/// <param name="DreamId">The dream.</param>
/// <param name="Change">The change as it landed.</param>
/// <param name="Sources">The sessions that bear it out and were not deleted, sorted.</param>
/// <param name="ReviewedBy">Who approved it, first to last.</param>
public sealed record ChangeRecord(string DreamId, Change Change, IReadOnlyList<ArchivedSource> Sources, IReadOnlyList<PassageReview> ReviewedBy);
