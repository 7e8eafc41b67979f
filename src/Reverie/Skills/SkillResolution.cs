using Reverie.Agents;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Skills;
using Reverie.Storage;

namespace Reverie.Skills;

/// <summary>Finds the versions that agents name.</summary>
public sealed class SkillResolution(SkillRepository skills)
{
    /// <summary>Stands for the version that is the newest when an agent is saved.</summary>
    public const string Latest = "latest";

    /// <summary>Puts versions in place of <see cref="Latest"/>, and says which skills and versions are not there.</summary>
    public async ValueTask<(AgentEdit Edit, IReadOnlyList<AgentProblem> Problems)> ResolveAsync(DbSession db, string workspaceId, AgentEdit edit)
    {
        if (edit.Skills is not { IsSent: true, Value: { Count: > 0 } named }) return (edit, []);
        var (resolved, problems) = (new List<SkillReference>(), new List<AgentProblem>());
        for (var i = 0; i < named.Count; i++)
        {
            if (await FindAsync(db, workspaceId, named[i]) is { } row) resolved.Add(named[i] with { Version = row.Version.Id.Value });
            else problems.Add(new AgentProblem($"skills[{i}]", $"names {Words(named[i])}, which is not in this workspace; upload it, or name another"));
        }
        return (edit with { Skills = new(true, resolved) }, problems);
    }

    /// <summary>What an error calls a skill at its version.</summary>
    internal static string Words(SkillReference reference) => reference.Version == Latest ? $"the skill {reference.SkillId}" : $"version {reference.Version} of the skill {reference.SkillId}";

    /// <summary>Null when it is not there.</summary>
    internal async ValueTask<SkillVersionRow?> FindAsync(DbSession db, string workspaceId, SkillReference reference)
    {
        if (!Id<Skill>.TryParse(reference.SkillId, out var skill)) return null;
        if (reference.Version == Latest) return await skills.FindLatestAsync(db, workspaceId, skill);
        return Id<SkillVersion>.TryParse(reference.Version, out var version) ? await skills.FindVersionAsync(db, workspaceId, skill, version) : null;
    }
}
