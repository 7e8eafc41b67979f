using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;

namespace Reverie.Sessions.Turns;

/// <summary>What one step of a turn writes, together or not at all.</summary>
/// <param name="Events">In their order.</param>
/// <param name="Status">What the session is afterwards.</param>
public sealed record TurnAppend(IReadOnlyList<NewEvent> Events, SessionStatus Status)
{
    /// <summary>Nothing is left to do: the claim is given back. Only with <see cref="Expected"/>, so that nothing that came meanwhile is slept through.</summary>
    public bool IsAsleep { get; init; }

    /// <summary>Where the log must end for the decision to hold; null when it holds whatever came meanwhile.</summary>
    public long? Expected { get; init; }

    /// <summary>Calls that wait for a client from now on; those that wait already stay.</summary>
    public IReadOnlyList<OpenCall> Asks { get; init; } = [];

    /// <summary>Calls that no longer wait for a client.</summary>
    public IReadOnlyList<OpenCall> Settles { get; init; } = [];

    /// <summary>The session's usage afterwards, as JSON; null when it did not change.</summary>
    public string? Usage { get; init; }
}
