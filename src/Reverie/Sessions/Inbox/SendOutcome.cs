using Reverie.Sessions.Archive;

namespace Reverie.Sessions.Inbox;

/// <summary>What became of events a client sent: all of them or none.</summary>
public abstract record SendOutcome
{
    private SendOutcome() { }

    /// <summary>They stand in the log, in the order they were sent.</summary>
    public sealed record Accepted(IReadOnlyList<LoggedEvent> Events) : SendOutcome;

    /// <summary>One of them does not fit the session as it is.</summary>
    /// <param name="Index">Which, from 0.</param>
    /// <param name="Reason">A sentence: what is wrong and what to do.</param>
    /// <param name="Code">The machine-readable reason of the contract; null where it has none.</param>
    public sealed record Refused(int Index, string Reason, string? Code = null) : SendOutcome;

    /// <summary>The session was archived.</summary>
    public sealed record Archived : SendOutcome;

    /// <summary>There is no such session.</summary>
    public sealed record NoSession : SendOutcome;
}
