using Reverie.Sessions.Archive;

namespace Reverie.Sessions.Turns;

/// <summary>An event a client sent that no turn has taken up yet.</summary>
/// <param name="Id">Its id, which it keeps.</param>
/// <param name="Entry">Where it waits in the log.</param>
public sealed record WaitingInput(string Id, LoggedEvent Entry)
{
    /// <summary>The thread an interrupt is for; null for all.</summary>
    public string? ThreadId { get; init; }

    /// <summary>Comes before everything else that waits.</summary>
    public bool IsInterrupt => Entry.Type == EventTypes.UserInterrupt;
}
