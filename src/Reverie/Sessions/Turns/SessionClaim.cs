using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions.Turns;

/// <summary>The right to run a session's turns, held by one process at a time.</summary>
/// <param name="WorkspaceId">Whose session it is.</param>
/// <param name="Id">The session.</param>
/// <param name="Fence">Grows with every claim: what an older holder still writes is refused.</param>
/// <param name="Status">As the claim found it; running means that its last holder is gone.</param>
/// <param name="SetupVersion">Grows when the agent or budget of the session changes.</param>
/// <param name="ActiveMicros">Microseconds at work until <paramref name="RunningSince"/>.</param>
/// <param name="RunningSince">When the present turn began; null when none is open.</param>
public sealed record SessionClaim(string WorkspaceId, Id<Session> Id, long Fence, SessionStatus Status, long SetupVersion, long ActiveMicros, DateTimeOffset? RunningSince)
{
    /// <summary>Whom it is for.</summary>
    public AwakeSession Session => new(WorkspaceId, Id);

    /// <summary>A turn was open when its holder died.</summary>
    public bool IsTakenOver => Status is SessionStatus.Running or SessionStatus.Rescheduling && RunningSince is not null;
}
