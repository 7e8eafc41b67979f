namespace Reverie.Sessions.Turns;

/// <summary>A call that waits for a client.</summary>
/// <param name="Id">The id of its event.</param>
/// <param name="Kind">A custom call, or a tool that asks.</param>
/// <param name="ThreadId">Whose call it is; null for the primary thread's.</param>
public sealed record WaitingCall(string Id, CallKind Kind, string? ThreadId);

/// <summary>
/// The calls of a session that wait for a client, as one short text beside the session, so that an answer is checked
/// without reading the log: <c>c</c> or <c>t</c> (a custom call, or a tool that asks), the event's id, for another thread
/// than the primary one <c>@</c> and its id, a space, and so on.
/// </summary>
public static class WaitingCalls
{
    private const char CustomMark = 'c';
    private const char AskMark = 't';
    private const char ThreadMark = '@';

    /// <summary>Who waits, in the order they began to.</summary>
    public static IReadOnlyList<WaitingCall> Read(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static word =>
    {
        var parts = word[1..].Split(ThreadMark);
        return new WaitingCall(parts[0], word[0] == CustomMark ? CallKind.Custom : CallKind.BuiltIn, parts.Length > 1 ? parts[1] : null);
    })];

    public static string Write(IEnumerable<WaitingCall> calls) =>
        string.Join(' ', calls.Select(static c => (c.Kind == CallKind.Custom ? CustomMark : AskMark) + c.Id + (c.ThreadId is { } thread ? ThreadMark + thread : "")));
}
