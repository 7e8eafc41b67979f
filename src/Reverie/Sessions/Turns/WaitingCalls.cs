namespace Reverie.Sessions.Turns;

/// <summary>
/// The calls of a session that wait for a client, as one short text beside the session, so that an answer is checked
/// without reading the log: <c>c</c> or <c>t</c> (a custom call, or a tool that asks), the event's id, a space, and so on.
/// </summary>
public static class WaitingCalls
{
    private const char CustomMark = 'c';
    private const char AskMark = 't';

    /// <summary>Who waits, in the order they began to.</summary>
    public static IReadOnlyList<(string Id, CallKind Kind)> Read(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static t => (t[1..], t[0] == CustomMark ? CallKind.Custom : CallKind.BuiltIn))];

    public static string Write(IEnumerable<(string Id, CallKind Kind)> calls) => string.Join(' ', calls.Select(static c => (c.Kind == CallKind.Custom ? CustomMark : AskMark) + c.Id));
}
