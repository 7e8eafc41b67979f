namespace Reverie.Sessions.Turns;

/// <summary>Which events stand on which list: the session's, the primary thread's and those of the other threads.</summary>
public static class ThreadView
{
    /// <summary>Events about the session as a whole: on the session's list and stream, not on its primary thread's.</summary>
    public static IReadOnlyList<string> SessionOnly { get; } =
    [
        EventTypes.SessionRunning, EventTypes.SessionIdle, EventTypes.SessionRescheduled, EventTypes.SessionTerminated, EventTypes.SessionDeleted, EventTypes.SessionUpdated, EventTypes.SessionUsage,
    ];

    /// <summary>What a thread's own list tells that the session's list tells too.</summary>
    public static bool IsCopied(string type) => type is EventTypes.ThreadRunning or EventTypes.ThreadIdle or EventTypes.ThreadRescheduled or EventTypes.ThreadTerminated;
}
