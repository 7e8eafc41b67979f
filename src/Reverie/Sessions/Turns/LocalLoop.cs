namespace Reverie.Sessions.Turns;

/// <summary>
/// Says whether a <see cref="SessionLoop"/> of this process takes sessions: then who receives a message claims the session
/// for it in the same commit, and the turn begins a commit earlier.
/// </summary>
public sealed class LocalLoop
{
    private volatile bool _isTaking;

    public bool IsTaking { get => _isTaking; internal set => _isTaking = value; }
}
