using Reverie.Agents;
using Reverie.Files;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Storage;

namespace Reverie.Skills;

/// <summary>A skill as a session has it: kept for it, whatever becomes of the version.</summary>
/// <param name="VersionId">The version.</param>
/// <param name="Name">The skill's.</param>
/// <param name="Description">When to use it.</param>
/// <param name="Directory">What it is called where the session's skills are mounted: its name, or more where two versions meet.</param>
/// <param name="BlobId">Its archive.</param>
/// <param name="ArchiveBytes">Bytes of the archive.</param>
public sealed record SessionSkill(string VersionId, string Name, string Description, string Directory, string BlobId, long ArchiveBytes);

/// <summary>The skills that sessions have.</summary>
public sealed class SessionSkills(SkillResolution resolution)
{
    /// <summary>The skills of a session's agents, each version once, held until this transaction ends.</summary>
    /// <param name="agents">The session's own agent first.</param>
    public async ValueTask<SessionSkillsOutcome> GatherAsync(DbSession db, string workspaceId, IEnumerable<AgentConfig> agents)
    {
        var named = agents.SelectMany(static a => a.Skills).Distinct().ToList();
        if (named.Count > SkillLimits.PerSessionMax)
            return new SessionSkillsOutcome.Refused(new AgentProblem("agent", $"and the agents it names have {named.Count} skills together, versions counted once; the limit is {SkillLimits.PerSessionMax}"));
        var found = new List<(SkillReference Reference, SkillVersionRow Row)>();
        foreach (var reference in named)
        {
            if (await resolution.FindAsync(db, workspaceId, reference) is not { } row) return new SessionSkillsOutcome.Missing(reference);
            found.Add((reference, row));
        }
        if (found.Sum(static f => f.Row.SizeBytes) is var bytes and > SkillLimits.PerSessionBytesMax)
            return new SessionSkillsOutcome.Refused(new AgentProblem("agent", $"and the agents it names have skills of {bytes} bytes together; the limit is {SkillLimits.PerSessionBytesMax}"));
        // Blobs are held in one order by everybody, and what was found is looked for again once nobody can delete it.
        foreach (var (reference, row) in found.OrderBy(static f => f.Row.BlobId, StringComparer.Ordinal))
        {
            if (!await FileBlobs.HoldAsync(db, row.BlobId) || await resolution.FindAsync(db, workspaceId, reference) is null) return new SessionSkillsOutcome.Missing(reference);
        }
        return new SessionSkillsOutcome.Gathered(Placed([.. found.Select(static f => f.Row)]));
    }

    /// <summary>Keeps the skills of a session that is being made.</summary>
    internal static async ValueTask AddAsync(DbSession db, string workspaceId, Id<Session> session, IEnumerable<SessionSkill> skills)
    {
        foreach (var skill in skills)
        {
            await db.ExecuteAsync("""
                INSERT INTO session_skills (workspace_id, session_id, version_id, name, description, directory, blob_id, archive_bytes)
                VALUES (@workspace, @session, @version, @name, @description, @directory, @blob, @bytes)
                """, ("@workspace", workspaceId), ("@session", session.Value), ("@version", skill.VersionId), ("@name", skill.Name), ("@description", skill.Description),
                ("@directory", skill.Directory), ("@blob", skill.BlobId), ("@bytes", skill.ArchiveBytes));
        }
    }

    /// <summary>In the order of their directories.</summary>
    internal static ValueTask<List<SessionSkill>> ListAsync(DbSession db, string workspaceId, Id<Session> session) => db.QueryAsync(
        "SELECT version_id, name, description, directory, blob_id, archive_bytes FROM session_skills WHERE workspace_id = @workspace AND session_id = @session ORDER BY directory",
        static r => new SessionSkill(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt64(5)), ("@workspace", workspaceId), ("@session", session.Value));

    /// <summary>Lets the skills of a session go; an archive goes when nobody else has it.</summary>
    internal static async ValueTask DeleteAsync(DbSession db, string workspaceId, Id<Session> session)
    {
        var skills = await ListAsync(db, workspaceId, session);
        foreach (var blob in skills.Select(static s => s.BlobId).Order(StringComparer.Ordinal)) await FileBlobs.HoldAsync(db, blob);
        await db.ExecuteAsync("DELETE FROM session_skills WHERE workspace_id = @workspace AND session_id = @session", ("@workspace", workspaceId), ("@session", session.Value));
        foreach (var skill in skills) await FileBlobs.ReleaseAsync(db, skill.BlobId);
    }

    /// <summary>Each in a directory of its name; a further version of a name has its id behind it, after a point, which no name has.</summary>
    private static List<SessionSkill> Placed(List<SkillVersionRow> rows)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return [.. rows.Select(r => new SessionSkill(r.Version.Id.Value, r.Version.Name, r.Version.Description,
            names.Add(r.Version.Name) ? r.Version.Name : $"{r.Version.Name}.{r.Version.Id}", r.BlobId, r.ArchiveBytes))];
    }
}

/// <summary>What came of gathering the skills of a session.</summary>
public abstract record SessionSkillsOutcome
{
    private SessionSkillsOutcome() { }

    public sealed record Gathered(IReadOnlyList<SessionSkill> Skills) : SessionSkillsOutcome;

    /// <summary>An agent names what was deleted since it was saved.</summary>
    public sealed record Missing(SkillReference Reference) : SessionSkillsOutcome;

    /// <summary>There are too many.</summary>
    public sealed record Refused(AgentProblem Problem) : SessionSkillsOutcome;
}
