using System.Globalization;
using Reverie.Protocol.Environments;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Skills;

namespace Reverie.Sessions.Turns;

/// <summary>What a session that runs here was started with, after its updates.</summary>
public sealed record SessionSetup
{
    public required string WorkspaceId { get; init; }

    public required Id<Session> Id { get; init; }

    /// <summary>The snapshot of its agent.</summary>
    public required SessionAgent Agent { get; init; }

    public required Id<AgentEnvironment> EnvironmentId { get; init; }

    /// <summary>The environment as it was when the session began: later changes reach sandboxes made afterwards only.</summary>
    public required EnvironmentConfig Environment { get; init; }

    public IReadOnlyList<string> VaultIds { get; init; } = [];

    /// <summary>US cents of list cost the session may take; null for any.</summary>
    public long? BudgetCents { get; init; }

    /// <summary>It had a cap once: a cap can be raised or removed, never set again.</summary>
    public bool HadBudget { get; init; }

    public required Id<SessionThread> PrimaryThreadId { get; init; }

    public IReadOnlyList<SessionResource> Resources { get; init; } = [];

    /// <summary>The skills of all its agents, each version once.</summary>
    public IReadOnlyList<SessionSkill> Skills { get; init; } = [];

    /// <summary>The cap as the wire shows it; null for none.</summary>
    public SessionBudget? Budget => BudgetCents is { } cents ? new SessionBudget(new Money(cents.ToString(CultureInfo.InvariantCulture))) : null;
}
