using System.Text;
using Reverie.Dreaming;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Memory;

namespace Reverie.Dreams;

/// <summary>
/// A copy of a store that changes are tried on, one at a time. A change that does not fit its hashes, or would break a
/// rule of the store, is answered with a conflict and leaves the draft as it was.
/// </summary>
internal sealed class MemoryDraft(MemoryTree memory)
{
    private readonly Dictionary<string, string> _texts = new(memory.Texts, StringComparer.Ordinal);

    public MemoryTree ToTree() => MemoryTree.Of(_texts);

    public string? Find(string path) => _texts.GetValueOrDefault(path);

    /// <summary>Makes the change; null when it went well.</summary>
    public ReplayConflict? Apply(Change change) => Move(change, change.Path, Target(change), change.BeforeSha256, change.AfterSha256, change.Edits);

    /// <summary>Undoes the change; null when it went well.</summary>
    public ReplayConflict? Revert(Change change) =>
        Move(change, Target(change), change.Path, change.AfterSha256, change.BeforeSha256, ChangeReplay.Invert(change.Edits));

    /// <summary>Why no memory can be written at <paramref name="path"/>; null when one can.</summary>
    public string? WriteProblem(string path)
    {
        if ((MemoryPath.Problem(path) ?? MemoryFileName.Problem(path)) is { } problem) return $"is not a memory's path: it {problem}";
        if (_texts.ContainsKey(path)) return "is already taken";
        foreach (var other in _texts.Keys)
        {
            if (IsAncestor(path, other)) return $"is a directory, because {other} is a memory";
            if (IsAncestor(other, path)) return $"lies under {other}, which is a memory";
        }
        return null;
    }

    /// <summary>Why <paramref name="text"/> is too much for one memory; null when it fits.</summary>
    public static string? SizeProblem(string text) => Encoding.UTF8.GetByteCount(text) is var bytes && bytes > MemoryLimits.ContentBytesMax
        ? $"would have {bytes} bytes; a memory has at most {MemoryLimits.ContentBytesMax}" : null;

    private static string Target(Change change) => change.Op == ChangeOp.Rename ? change.NewPath ?? "" : change.Path;

    /// <summary>One edit of one memory, in either direction: null as a hash means there is no memory on that side.</summary>
    private ReplayConflict? Move(Change change, string from, string to, string? fromSha256, string? toSha256, IReadOnlyList<TextEdit> edits)
    {
        if (ShapeProblem(change) is { } shape) return new(change.Id, change.Path, shape, fromSha256, null);
        var before = Find(from);
        var actual = before is null ? null : MemoryTree.Sha256(before);
        if (!string.Equals(actual, fromSha256, StringComparison.Ordinal))
            return new(change.Id, from, actual is null ? "is not there" : fromSha256 is null ? "is already there" : "was edited since", fromSha256, actual);

        var after = ChangeReplay.TryApply(before ?? "", edits);
        if (after is null) return new(change.Id, from, "has the right hash but the edits do not fit it; the report is damaged", fromSha256, actual);
        var result = toSha256 is null ? null : MemoryTree.Sha256(after);
        if (!string.Equals(result, toSha256, StringComparison.Ordinal) || (toSha256 is null && after.Length > 0))
            return new(change.Id, to, "would not get the text the report promises; the report is damaged", toSha256, MemoryTree.Sha256(after));

        var stays = before is not null && toSha256 is not null && string.Equals(from, to, StringComparison.Ordinal);
        var problem = toSha256 is null ? null : SizeProblem(after) ?? (stays ? null : ProblemWithout(from, to));
        if (problem is not null) return new(change.Id, to, problem, toSha256, Find(to) is { } there ? MemoryTree.Sha256(there) : null);

        if (before is not null) _texts.Remove(from);
        if (toSha256 is not null) _texts.Add(to, after);
        return null;
    }

    private static string? ShapeProblem(Change change) => change switch
    {
        { Op: ChangeOp.Create, BeforeSha256: not null } => "is created but has a hash before; the report is damaged",
        { Op: not ChangeOp.Create, BeforeSha256: null } => "has no hash before; the report is damaged",
        { Op: ChangeOp.Delete, AfterSha256: not null } => "is deleted but has a hash after; the report is damaged",
        { Op: not ChangeOp.Delete, AfterSha256: null } => "has no hash after; the report is damaged",
        { Op: ChangeOp.Rename, NewPath: null } => "is renamed but has no new path; the report is damaged",
        _ => null,
    };

    /// <summary>A rename gives its own path free, so <c>notes</c> may become <c>notes/today.md</c>.</summary>
    private string? ProblemWithout(string from, string to)
    {
        if (!_texts.Remove(from, out var text)) return WriteProblem(to);
        var problem = WriteProblem(to);
        _texts.Add(from, text);
        return problem;
    }

    private static bool IsAncestor(string ancestor, string path) =>
        path.Length > ancestor.Length && path[ancestor.Length] == '/' && path.StartsWith(ancestor, StringComparison.Ordinal);
}
