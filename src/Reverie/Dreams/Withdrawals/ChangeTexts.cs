using Reverie.Protocol.Dreams;

namespace Reverie.Dreams.Withdrawals;

/// <summary>What a change and a report say. Pure.</summary>
internal static class ChangeTexts
{
    public const string Gone = "[withdrawn: a session it rested on was deleted]";

    /// <summary>What the change has from sessions.</summary>
    public static IEnumerable<string> FromSessions(Change change) =>
        change.Edits.Select(static e => e.Insert).Append(change.Summary).Append(change.Rationale).Concat(change.Evidence.Where(static e => e.Memory is null).Select(static e => e.Quote));

    /// <summary>What stood in the store before.</summary>
    public static IEnumerable<string> FromMemory(Change change) =>
        change.Edits.Select(static e => e.Delete).Concat(change.Evidence.Where(static e => e.Memory is not null).Select(static e => e.Quote));

    public static Change Strike(Change change, SoleTexts sole) => sole.IsEmpty ? change : change with
    {
        Summary = sole.Strike(change.Summary),
        Rationale = sole.Strike(change.Rationale),
        Evidence = [.. change.Evidence.Select(e => e with { Quote = sole.Strike(e.Quote) })],
        Edits = [.. change.Edits.Select(e => e with { Insert = sole.Strike(e.Insert), Delete = sole.Strike(e.Delete) })],
    };

    /// <summary>Without the quotes of a session, which goes by its key and by its id.</summary>
    public static Change Unquote(Change change, string key, string id) => change with { Evidence = [.. change.Evidence.Where(e => e.Session != key && e.Session != id)] };

    /// <summary>What is left of a change that was taken back: where it was, and that it is no more.</summary>
    public static Change Withdraw(Change change) => change with
    {
        Summary = Gone,
        Rationale = Gone,
        Status = ChangeStatus.Rejected,
        Evidence = [],
        Edits = [],
        Support = null,
        Replay = null,
    };

    public static DreamReport Strike(DreamReport report, SoleTexts sole) =>
        report with { Refused = [.. report.Refused.Select(r => r with { What = sole.Strike(r.What), Reason = sole.Strike(r.Reason) })] };
}
