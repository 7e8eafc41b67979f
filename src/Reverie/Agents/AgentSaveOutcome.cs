using Reverie.Protocol.Agents;

namespace Reverie.Agents;

/// <summary>What came of saving an agent.</summary>
public abstract record AgentSaveOutcome
{
    private AgentSaveOutcome() { }

    /// <summary>It is saved: as a new version, or as it was.</summary>
    public sealed record Saved(Agent Agent) : AgentSaveOutcome;

    /// <summary>The workspace has no such agent.</summary>
    public sealed record NoAgent : AgentSaveOutcome;

    /// <summary>It can only be read.</summary>
    public sealed record Archived : AgentSaveOutcome;

    /// <summary>The caller knows another version than the newest.</summary>
    public sealed record VersionMismatch(int Current) : AgentSaveOutcome;

    /// <summary>It would break rules; nothing was saved.</summary>
    public sealed record Refused(IReadOnlyList<AgentProblem> Problems) : AgentSaveOutcome;
}
