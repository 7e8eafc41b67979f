using Reverie.Audit;
using Reverie.Files;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Protocol.Skills;
using Reverie.Storage;

namespace Reverie.Skills;

/// <summary>Keeps skills that were sent: the files as an archive, then the row that names it.</summary>
public sealed class SkillSaving(Database database, FileBlobs blobs, SkillRepository skills, AuditLog audit)
{
    /// <param name="actor">Who sent it.</param>
    /// <param name="displayName">Null for its name.</param>
    /// <returns>Null when another skill of the workspace has its name.</returns>
    public Task<Skill?> CreateAsync(string workspaceId, Actor actor, SkillBundle bundle, string? displayName, CancellationToken cancellationToken) => SaveAsync(bundle, async (db, blob) =>
    {
        var made = await skills.CreateAsync(db, workspaceId, bundle, blob, displayName);
        if (made is not null) audit.Record(db, workspaceId, actor, AuditActions.SkillCreated, "skill", made.Id.Value, ("name", bundle.Name));
        return made;
    }, static made => made is not null, cancellationToken);

    public Task<SkillVersionOutcome> AddVersionAsync(string workspaceId, Actor actor, Id<Skill> id, SkillBundle bundle, CancellationToken cancellationToken) =>
        SaveAsync<SkillVersionOutcome>(bundle, async (db, blob) =>
        {
            if (await skills.HoldAsync(db, workspaceId, id) is not { } held) return new SkillVersionOutcome.NoSkill();
            if (held.Name != bundle.Name) return new SkillVersionOutcome.OtherName(held.Name);
            var version = await skills.AddVersionAsync(db, workspaceId, held.Skill, bundle, blob);
            audit.Record(db, workspaceId, actor, AuditActions.SkillVersionAdded, "skill", id.Value, ("skill_version_id", version.Id.Value));
            return new SkillVersionOutcome.Added(version);
        }, static outcome => outcome is SkillVersionOutcome.Added, cancellationToken);

    private async Task<T> SaveAsync<T>(SkillBundle bundle, Func<DbSession, FileBlob, ValueTask<T>> add, Func<T, bool> isKept, CancellationToken cancellationToken)
    {
        using var archive = new MemoryStream(SkillArchive.Write(bundle), writable: false);
        var blob = await blobs.WriteAsync(archive, long.MaxValue, cancellationToken) ?? throw new InvalidOperationException("an archive without a bound was too large");
        var isNeeded = false;
        try
        {
            var outcome = await database.WriteAsync(db => add(db, blob), cancellationToken);
            isNeeded = isKept(outcome);
            return outcome;
        }
        finally
        {
            // What a row came to name after all is not given up.
            if (!isNeeded) await blobs.AbandonAsync(blob.Id);
        }
    }
}

/// <summary>What came of adding a version.</summary>
public abstract record SkillVersionOutcome
{
    private SkillVersionOutcome() { }

    public sealed record Added(SkillVersion Version) : SkillVersionOutcome;

    /// <summary>The workspace has no such skill.</summary>
    public sealed record NoSkill : SkillVersionOutcome;

    /// <summary>The skill has another name than what was sent.</summary>
    public sealed record OtherName(string Name) : SkillVersionOutcome;
}
