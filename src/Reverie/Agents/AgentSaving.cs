using Reverie.Protocol.Agents;
using Reverie.Protocol.Ids;
using Reverie.Skills;
using Reverie.Storage;

namespace Reverie.Agents;

/// <summary>Makes agents and new versions of them: merges, resolves and checks before anything is written.</summary>
public sealed class AgentSaving(AgentRepository agents, SkillResolution skills, IModelCatalog models, IdGenerator ids, TimeProvider clock)
{
    /// <param name="edit">With a name and a model.</param>
    public ValueTask<AgentSaveOutcome> CreateAsync(DbSession db, string workspaceId, AgentEdit edit, IReadOnlyDictionary<string, string> metadata)
    {
        var now = DbTime.UtcNow(clock);
        var none = new Agent
        {
            Id = ids.New<Agent>(),
            Version = 0,
            Name = "",
            Description = null,
            Model = new ModelConfig { Id = "" },
            System = null,
            Tools = [],
            McpServers = [],
            Skills = [],
            Multiagent = null,
            Metadata = metadata,
            CreatedAt = now,
            UpdatedAt = now,
            ArchivedAt = null,
        };
        return SaveAsync(db, workspaceId, none, none, edit);
    }

    /// <summary>What is the same afterwards makes no version.</summary>
    /// <param name="expectedVersion">The version the caller knows; null to take whatever there is.</param>
    /// <param name="mergeMetadata">Gives the labels after the request for those before it.</param>
    public async ValueTask<AgentSaveOutcome> UpdateAsync(DbSession db, string workspaceId, Id<Agent> id, int? expectedVersion, AgentEdit edit, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> mergeMetadata)
    {
        if (await agents.HoldAsync(db, workspaceId, id) is not { } before) return new AgentSaveOutcome.NoAgent();
        if (before.ArchivedAt is not null) return new AgentSaveOutcome.Archived();
        if (expectedVersion is { } expected && expected != before.Version) return new AgentSaveOutcome.VersionMismatch(before.Version);
        return await SaveAsync(db, workspaceId, before, before with { Metadata = mergeMetadata(before.Metadata) }, edit);
    }

    private async ValueTask<AgentSaveOutcome> SaveAsync(DbSession db, string workspaceId, Agent before, Agent labelled, AgentEdit edit)
    {
        (edit, var missing) = await skills.ResolveAsync(db, workspaceId, edit);
        var after = AgentRules.Apply(labelled, edit);
        var check = models.Check(after.Model, after.System);
        after = after with { Model = check.Model };
        var block = MultiagentRules.Merge(edit.Multiagent, before.Multiagent, before.Id);
        var found = await agents.FindAllAsync(db, workspaceId, MultiagentRules.Named(block));
        var problems = new List<AgentProblem>([.. check.Problems, .. AgentRules.ProblemsOf(after), .. missing]);
        // A list that was checked when it was saved stays, whatever became of its agents.
        if (edit.Multiagent.IsSent) problems.AddRange(MultiagentRules.ProblemsOf(block, after, found, models));
        if (MultiagentRules.GeoProblem(after, found.Values.Where(a => a.Id != after.Id)) is { } elsewhere) problems.Add(elsewhere);
        if (problems.Count > 0) return new AgentSaveOutcome.Refused(problems);

        after = after with { Multiagent = MultiagentRules.Resolve(block, after, found) };
        if (AgentRules.AreSame(before, after)) return new AgentSaveOutcome.Saved(before);
        // One that lists itself lists its new version.
        var next = after with { Version = before.Version + 1, UpdatedAt = DbTime.UtcNow(clock) };
        next = next with { Multiagent = MultiagentRules.Resolve(block, next, found) };
        await agents.AddVersionAsync(db, workspaceId, next);
        return new AgentSaveOutcome.Saved(next);
    }
}
