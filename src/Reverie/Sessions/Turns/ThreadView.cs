namespace Reverie.Sessions.Turns;

/// <summary>Which events of a session belong to its primary thread's own list and stream.</summary>
public static class ThreadView
{
    /// <summary>Events about the session as a whole: on the session's list and stream only.</summary>
    public static IReadOnlyList<string> SessionOnly { get; } =
    [
        EventTypes.SessionRunning, EventTypes.SessionIdle, EventTypes.SessionRescheduled, EventTypes.SessionTerminated, EventTypes.SessionDeleted, EventTypes.SessionUpdated, EventTypes.SessionUsage,
    ];

    public static bool Shows(string type) => !SessionOnly.Contains(type);
}
