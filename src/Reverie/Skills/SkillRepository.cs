using Reverie.Files;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Skills;
using Reverie.Storage;

namespace Reverie.Skills;

/// <summary>The skills of a workspace, each with all its versions. A version never changes, and a skill always has one.</summary>
public sealed class SkillRepository(IdGenerator ids, TimeProvider clock)
{
    private const string SkillColumns = "id, display_name, latest_version_id, created_at, updated_at, name";
    private const string VersionColumns = "v.id, v.skill_id, s.name, v.description, v.created_at, v.seq, v.blob_id, v.archive_bytes, v.size_bytes";
    private const string Versions = "FROM skill_versions v JOIN skills s ON s.workspace_id = v.workspace_id AND s.id = v.skill_id";

    /// <summary>Makes a skill with its first version.</summary>
    /// <param name="blob">Its archive, written for it.</param>
    /// <param name="displayName">Null for its name.</param>
    /// <returns>Null when another skill of the workspace has its name.</returns>
    public async ValueTask<Skill?> CreateAsync(DbSession db, string workspaceId, SkillBundle bundle, FileBlob blob, string? displayName)
    {
        var now = DbTime.UtcNow(clock);
        var skill = new Skill { Id = ids.New<Skill>(), DisplayName = displayName ?? bundle.Name, LatestVersionId = ids.New<SkillVersion>(), CreatedAt = now, UpdatedAt = now };
        var made = await db.ExecuteAsync("""
            INSERT INTO skills (workspace_id, id, name, display_name, latest_version_id, created_at, updated_at)
            VALUES (@workspace, @id, @name, @display, @version, @now, @now) ON CONFLICT (workspace_id, name) DO NOTHING
            """, ("@workspace", workspaceId), ("@id", skill.Id.Value), ("@name", bundle.Name), ("@display", skill.DisplayName), ("@version", skill.LatestVersionId.Value), ("@now", DbTime.ToMicros(now)));
        if (made == 0) return null;
        await InsertVersionAsync(db, workspaceId, skill, 1, bundle, blob);
        return skill;
    }

    /// <summary>Adds a version, from now on the latest. Who calls holds the skill and has compared the names.</summary>
    public async ValueTask<SkillVersion> AddVersionAsync(DbSession db, string workspaceId, Skill skill, SkillBundle bundle, FileBlob blob)
    {
        var newest = await FindLatestAsync(db, workspaceId, skill.Id) ?? throw new InvalidOperationException("a skill has no version");
        var after = skill with { LatestVersionId = ids.New<SkillVersion>(), UpdatedAt = DbTime.UtcNow(clock) };
        var version = await InsertVersionAsync(db, workspaceId, after, newest.Seq + 1, bundle, blob);
        await PointAsync(db, workspaceId, skill.Id, after.LatestVersionId, after.UpdatedAt);
        return version;
    }

    /// <summary>Null when the workspace has no such skill.</summary>
    public ValueTask<Skill?> FindAsync(DbSession db, string workspaceId, Id<Skill> id) => db.FirstAsync(
        $"SELECT {SkillColumns} FROM skills WHERE workspace_id = @workspace AND id = @id", ReadSkill, ("@workspace", workspaceId), ("@id", id.Value));

    /// <summary>The skill and its name, and nobody else changes it before this transaction ends; null when the workspace has no such skill.</summary>
    public async ValueTask<(Skill Skill, string Name)?> HoldAsync(DbSession db, string workspaceId, Id<Skill> id)
    {
        var found = await db.QueryAsync($"SELECT {SkillColumns} FROM skills WHERE workspace_id = @workspace AND id = @id {db.Dialect.ForUpdate}",
            static r => (ReadSkill(r), r.GetString(5)), ("@workspace", workspaceId), ("@id", id.Value));
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Newest first.</summary>
    /// <param name="after">Creation time and id of the last one seen; null from the start.</param>
    public ValueTask<List<Skill>> ListAsync(DbSession db, string workspaceId, (long CreatedAt, string Id)? after, int limit) => db.QueryAsync(
        $"""
        SELECT {SkillColumns} FROM skills WHERE workspace_id = @workspace AND (created_at < @after OR (created_at = @after AND id < @id))
        ORDER BY created_at DESC, id DESC LIMIT @limit
        """, ReadSkill, ("@workspace", workspaceId), ("@after", after?.CreatedAt ?? long.MaxValue), ("@id", after?.Id ?? ""), ("@limit", (long)limit));

    /// <summary>Null when the skill has no such version.</summary>
    public ValueTask<SkillVersionRow?> FindVersionAsync(DbSession db, string workspaceId, Id<Skill> skill, Id<SkillVersion> version) => db.FirstAsync(
        $"SELECT {VersionColumns} {Versions} WHERE v.workspace_id = @workspace AND v.skill_id = @skill AND v.id = @version", ReadVersion,
        ("@workspace", workspaceId), ("@skill", skill.Value), ("@version", version.Value));

    /// <summary>Null when the workspace has no such skill.</summary>
    public ValueTask<SkillVersionRow?> FindLatestAsync(DbSession db, string workspaceId, Id<Skill> skill) => db.FirstAsync(
        $"SELECT {VersionColumns} {Versions} WHERE v.workspace_id = @workspace AND v.skill_id = @skill ORDER BY v.seq DESC LIMIT 1", ReadVersion,
        ("@workspace", workspaceId), ("@skill", skill.Value));

    /// <summary>Newest first.</summary>
    /// <param name="before">Only versions that came before this one; <see cref="long.MaxValue"/> for all.</param>
    public ValueTask<List<SkillVersionRow>> ListVersionsAsync(DbSession db, string workspaceId, Id<Skill> skill, long before, int limit) => db.QueryAsync(
        $"SELECT {VersionColumns} {Versions} WHERE v.workspace_id = @workspace AND v.skill_id = @skill AND v.seq < @before ORDER BY v.seq DESC LIMIT @limit", ReadVersion,
        ("@workspace", workspaceId), ("@skill", skill.Value), ("@before", before), ("@limit", (long)limit));

    /// <summary>Deletes one version. Sessions that began with it keep it.</summary>
    public async ValueTask<SkillVersionDeletion> DeleteVersionAsync(DbSession db, string workspaceId, Id<Skill> skill, Id<SkillVersion> version)
    {
        if (await HoldAsync(db, workspaceId, skill) is null || await FindVersionAsync(db, workspaceId, skill, version) is not { } row) return SkillVersionDeletion.NotThere;
        if ((await ListVersionsAsync(db, workspaceId, skill, long.MaxValue, 2)).Count == 1) return SkillVersionDeletion.Last;
        await DropAsync(db, workspaceId, row);
        var latest = await FindLatestAsync(db, workspaceId, skill) ?? throw new InvalidOperationException("a skill has no version");
        await PointAsync(db, workspaceId, skill, latest.Version.Id, DbTime.UtcNow(clock));
        return SkillVersionDeletion.Deleted;
    }

    /// <summary>Deletes a skill with all its versions. Sessions that began with one keep it. False when the workspace has no such skill.</summary>
    public async ValueTask<bool> DeleteAsync(DbSession db, string workspaceId, Id<Skill> id)
    {
        if (await HoldAsync(db, workspaceId, id) is null) return false;
        var versions = await ListVersionsAsync(db, workspaceId, id, long.MaxValue, int.MaxValue);
        // Blobs are held in one order by everybody.
        foreach (var version in versions.OrderBy(static v => v.BlobId, StringComparer.Ordinal)) await DropAsync(db, workspaceId, version);
        await db.ExecuteAsync("DELETE FROM skills WHERE workspace_id = @workspace AND id = @id", ("@workspace", workspaceId), ("@id", id.Value));
        return true;
    }

    private static async ValueTask DropAsync(DbSession db, string workspaceId, SkillVersionRow row)
    {
        await FileBlobs.HoldAsync(db, row.BlobId);
        await db.ExecuteAsync("DELETE FROM skill_versions WHERE workspace_id = @workspace AND id = @id", ("@workspace", workspaceId), ("@id", row.Version.Id.Value));
        await FileBlobs.ReleaseAsync(db, row.BlobId);
    }

    private static async ValueTask<SkillVersion> InsertVersionAsync(DbSession db, string workspaceId, Skill skill, long seq, SkillBundle bundle, FileBlob blob)
    {
        if (!await FileBlobs.SealAsync(db, blob)) throw new FileGoneException();
        await db.ExecuteAsync("""
            INSERT INTO skill_versions (workspace_id, skill_id, seq, id, description, blob_id, archive_bytes, size_bytes, created_at)
            VALUES (@workspace, @skill, @seq, @id, @description, @blob, @archive, @size, @created)
            """, ("@workspace", workspaceId), ("@skill", skill.Id.Value), ("@seq", seq), ("@id", skill.LatestVersionId.Value), ("@description", bundle.Description), ("@blob", blob.Id),
            ("@archive", blob.SizeBytes), ("@size", bundle.SizeBytes), ("@created", DbTime.ToMicros(skill.UpdatedAt)));
        return new SkillVersion { Id = skill.LatestVersionId, SkillId = skill.Id, Name = bundle.Name, Description = bundle.Description, CreatedAt = skill.UpdatedAt };
    }

    private static async ValueTask PointAsync(DbSession db, string workspaceId, Id<Skill> skill, Id<SkillVersion> latest, DateTimeOffset now) => await db.ExecuteAsync(
        "UPDATE skills SET latest_version_id = @latest, updated_at = @now WHERE workspace_id = @workspace AND id = @skill",
        ("@latest", latest.Value), ("@now", DbTime.ToMicros(now)), ("@workspace", workspaceId), ("@skill", skill.Value));

    private static Skill ReadSkill(DbRow row) => new()
    {
        Id = Id<Skill>.Parse(row.GetString(0)),
        DisplayName = row.GetString(1),
        LatestVersionId = Id<SkillVersion>.Parse(row.GetString(2)),
        CreatedAt = row.Time(3),
        UpdatedAt = row.Time(4),
    };

    private static SkillVersionRow ReadVersion(DbRow row) => new(new SkillVersion
    {
        Id = Id<SkillVersion>.Parse(row.GetString(0)),
        SkillId = Id<Skill>.Parse(row.GetString(1)),
        Name = row.GetString(2),
        Description = row.GetString(3),
        CreatedAt = row.Time(4),
    }, row.GetInt64(5), row.GetString(6), row.GetInt64(7), row.GetInt64(8));
}

/// <summary>A version and where its files are.</summary>
/// <param name="Version">As the wire shows it.</param>
/// <param name="Seq">Grows from version to version of a skill.</param>
/// <param name="BlobId">Its archive.</param>
/// <param name="ArchiveBytes">Bytes of the archive.</param>
/// <param name="SizeBytes">Bytes of its files.</param>
public sealed record SkillVersionRow(SkillVersion Version, long Seq, string BlobId, long ArchiveBytes, long SizeBytes);

/// <summary>What came of deleting a version.</summary>
public enum SkillVersionDeletion
{
    /// <summary>It is gone.</summary>
    Deleted,

    /// <summary>The workspace has no such skill, or the skill no such version.</summary>
    NotThere,

    /// <summary>It is the only one its skill has, and stays.</summary>
    Last,
}
