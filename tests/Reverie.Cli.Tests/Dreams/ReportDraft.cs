using Reverie.Dreaming;
using Reverie.Protocol.Dreams;

namespace Reverie.Cli.Tests.Dreams;

/// <summary>Writes a report change by change over a store, the way a dream does: each against what the last one left.</summary>
internal sealed class ReportDraft(MemoryTree memory)
{
    private readonly Dictionary<string, string> _texts = new(memory.Texts, StringComparer.Ordinal);
    private readonly List<Change> _changes = [];

    public ChangeStatus Status { get; init; } = ChangeStatus.Proposed;

    public MemoryTree Before => memory;

    public MemoryTree After => MemoryTree.Of(_texts);

    public IReadOnlyDictionary<string, string> Texts => _texts;

    public static MemoryTree Tree(params (string Path, string Text)[] texts) =>
        MemoryTree.Of(texts.Select(text => KeyValuePair.Create(text.Path, text.Text)));

    public DreamReport Report() => new()
    {
        DreamId = "drm_test",
        Model = "reverie/local",
        Inputs = new(memory.Texts.Count, 3, 30),
        Usage = DreamUsage.None,
        DurationMs = 5,
        Changes = [.. _changes],
        Refused = [new("something odd", "seen once", 1)],
    };

    public ReportDraft Create(string path, string text, ChangeStatus? status = null)
    {
        Add(ChangeOp.Create, path, null, null, text, [new(0, "", text)], status);
        _texts.Add(path, text);
        return this;
    }

    public ReportDraft Delete(string path)
    {
        _texts.Remove(path, out var before);
        Add(ChangeOp.Delete, path, null, before, null, before!.Length == 0 ? [] : [new(0, before, "")], null);
        return this;
    }

    public ReportDraft Rename(string path, string target)
    {
        _texts.Remove(path, out var text);
        Add(ChangeOp.Rename, path, target, text, text, [], null);
        _texts.Add(target, text!);
        return this;
    }

    public ReportDraft Modify(string path, params TextEdit[] edits)
    {
        var before = _texts[path];
        var after = ChangeReplay.TryApply(before, edits) ?? throw new ArgumentException("edits do not fit", nameof(edits));
        Add(ChangeOp.Modify, path, null, before, after, edits, null);
        _texts[path] = after;
        return this;
    }

    /// <summary>Puts a line behind another one.</summary>
    public ReportDraft InsertAfter(string path, string line, string inserted)
    {
        var at = _texts[path].IndexOf(line + "\n", StringComparison.Ordinal) + line.Length + 1;
        return Modify(path, new TextEdit(at, "", inserted + "\n"));
    }

    /// <summary>Puts one text in the place of another.</summary>
    public ReportDraft Replace(string path, string old, string now) =>
        Modify(path, new TextEdit(_texts[path].IndexOf(old, StringComparison.Ordinal), old, now));

    private void Add(ChangeOp op, string path, string? target, string? before, string? after, IReadOnlyList<TextEdit> edits, ChangeStatus? status) =>
        _changes.Add(new Change
        {
            Id = $"chg_{_changes.Count + 1}",
            Op = op,
            Path = path,
            NewPath = target,
            BeforeSha256 = before is null ? null : MemoryTree.Sha256(before),
            AfterSha256 = after is null ? null : MemoryTree.Sha256(after),
            Kind = op switch { ChangeOp.Create => ChangeKind.Mistake, ChangeOp.Modify => ChangeKind.Fact, ChangeOp.Delete => ChangeKind.Merge, _ => ChangeKind.Reorganize },
            Summary = $"{op} {path}",
            Rationale = "Held in 3 of 3 sessions.",
            Confidence = 0.9,
            Status = status ?? Status,
            Evidence = [new Evidence { Session = "test/s1", Event = "0", Quote = "hello" }],
            Edits = edits,
        });
}
