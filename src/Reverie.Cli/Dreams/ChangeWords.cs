using System.Diagnostics;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Json;

namespace Reverie.Cli.Dreams;

/// <summary>How kinds, operations and statuses are called on the screen.</summary>
internal static class ChangeWords
{
    public static string Title(ChangeKind kind) => kind switch
    {
        ChangeKind.Mistake => "Mistakes and their remedies",
        ChangeKind.Workflow => "Workflows that succeed",
        ChangeKind.Preference => "Preferences",
        ChangeKind.Fact => "Facts",
        ChangeKind.Merge => "Duplicates merged",
        ChangeKind.Stale => "Stale entries",
        ChangeKind.Contradiction => "Contradictions resolved",
        ChangeKind.Verification => "Entries verified",
        ChangeKind.Reorganize => "Reorganised",
        _ => throw new UnreachableException(),
    };

    /// <summary>The wire's word, which <c>--accept</c> understands.</summary>
    public static string Word(ChangeKind kind) => WireNames<ChangeKind>.Of(kind);

    public static string Word(ChangeOp op) => WireNames<ChangeOp>.Of(op);

    public static string Word(ChangeStatus status) => WireNames<ChangeStatus>.Of(status);

    /// <summary>A sign and a style for a status; the sign alone says it where there is no colour.</summary>
    public static (string Sign, string Style) Mark(ChangeStatus status) => status switch
    {
        ChangeStatus.Applied => ("✔", "green"),
        ChangeStatus.Proposed => ("?", "yellow"),
        ChangeStatus.Rejected => ("✘", "red"),
        ChangeStatus.Quarantined => ("!", "bold red"),
        _ => throw new UnreachableException(),
    };
}
