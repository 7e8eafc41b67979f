namespace Reverie.Sessions.Turns;

/// <summary>An event a client sent that no turn has taken up yet.</summary>
/// <param name="Seq">Its number in the log while it waits.</param>
/// <param name="Id">Its id, which it keeps.</param>
/// <param name="Type">The wire type.</param>
/// <param name="Json">What the wire carries.</param>
public sealed record WaitingInput(long Seq, string Id, string Type, string Json)
{
    /// <summary>Comes before everything else that waits.</summary>
    public bool IsInterrupt => Type == EventTypes.UserInterrupt;
}
