using Reverie.Memory.Credit;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Outcomes;

namespace Reverie.Sessions.Turns;

/// <summary>What one step of a turn writes, together or not at all.</summary>
/// <param name="Events">In their order, rendered.</param>
/// <param name="At">When.</param>
/// <param name="Status">What the session is afterwards.</param>
/// <param name="ActiveMicros">Microseconds at work until <paramref name="RunningSince"/>.</param>
/// <param name="RunningSince">When the present turn began; null when none is open.</param>
public sealed record TurnAppend(IReadOnlyList<LoggedEvent> Events, DateTimeOffset At, SessionStatus Status, long ActiveMicros, DateTimeOffset? RunningSince)
{
    /// <summary>Nothing is left to do: the claim is given back. Only with <see cref="Expected"/>, so that nothing that came
    /// meanwhile is slept through; a session whose agent or budget changed meanwhile stays awake, for the next claim to look at with them.</summary>
    public bool IsAsleep { get; init; }

    /// <summary>Where the log must end for the step to hold; null when it holds whatever came meanwhile.</summary>
    public long? Expected { get; init; }

    /// <summary>The calls that wait for a client afterwards (<see cref="WaitingCalls"/>); null when that did not change.</summary>
    public string? Waiting { get; init; }

    /// <summary>The threads besides the primary one that changed.</summary>
    public IReadOnlyList<ThreadRow> Threads { get; init; } = [];

    /// <summary>The primary thread afterwards; null for a session that has no other threads and no outcomes, and is as its thread is.</summary>
    public ThreadProgress? Primary { get; init; }

    /// <summary>The session's outcomes afterwards; null when none changed.</summary>
    public IReadOnlyList<Outcome>? Outcomes { get; init; }

    /// <summary>The memories that the answers among the events show.</summary>
    public IReadOnlyList<ShownMemories> Shown { get; init; } = [];

    /// <summary>The session's usage afterwards (<see cref="SessionCost"/>); null when it did not change.</summary>
    public string? Usage { get; init; }
}
