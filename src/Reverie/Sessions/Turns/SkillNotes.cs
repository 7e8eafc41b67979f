using System.Text;
using Reverie.Protocol.Agents;
using Reverie.Sandboxes;
using Reverie.Skills;

namespace Reverie.Sessions.Turns;

/// <summary>What the system prompt of a thread says about the skills of its agent.</summary>
internal static class SkillNotes
{
    /// <summary>Null when the agent has none.</summary>
    /// <param name="agent">The thread's.</param>
    /// <param name="skills">Those of the session.</param>
    public static string? Of(AgentConfig agent, IReadOnlyList<SessionSkill> skills)
    {
        if (agent.Skills.Count == 0) return null;
        var versions = agent.Skills.Select(static s => s.Version).ToHashSet(StringComparer.Ordinal);
        var notes = new StringBuilder("""
            # Skills

            A skill tells how to do a kind of work. When a task fits one of these, read its SKILL.md with the read tool before you begin, and do as it
            says; what it names lies beside it.

            """);
        foreach (var skill in skills.Where(s => versions.Contains(s.VersionId)))
            notes.Append($"\n- {skill.Name} ({SandboxSpec.SkillsPath}/{skill.Directory}/SKILL.md): {string.Join(' ', skill.Description.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}");
        return notes.ToString();
    }
}
