using System.Globalization;
using System.Text;
using Reverie.Dreaming.Curation;
using Reverie.Dreaming.Text;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Memory;

namespace Reverie.Dreaming.Gate;

/// <summary>
/// GATE: decides on each change in turn. Citations must hold, secrets and planted text stay out, a bounded share of the
/// store may go, the contract's limits are kept. Nothing a person or a transcript says switches it off.
/// </summary>
internal sealed class Gatekeeper(Draft draft, MemoryTree before, Citations citations, Inspection inspection, DreamOptions options)
{
    /// <summary>Entries one dream may replace in a store however small.</summary>
    private const int ReplacedAlways = 4;

    private readonly List<Change> _changes = [];
    private readonly List<Refusal> _refused = [];
    private readonly Dictionary<string, IReadOnlyList<ChangeSource>> _sources = new(StringComparer.Ordinal);
    private readonly int _replacedMax = options.ReplaceShareMax == 0 ? 0 : Math.Max(ReplacedAlways, (int)(options.ReplaceShareMax * before.Texts.Sum(static t => MemoryEntries.Of(t.Key, t.Value).Count)));
    private int _deleted;
    private int _replaced;

    public IReadOnlyList<Change> Changes => _changes;

    public IReadOnlyList<Refusal> Refused => _refused;

    /// <summary>By the id of the change; those that rest on no sessions are left out.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ChangeSource>> Sources => _sources;

    public int Applied => _changes.Count(static c => c.Status == ChangeStatus.Applied);

    public void Submit(CuratedChange wanted)
    {
        if (Decide(wanted) is not { } refusal) return;
        for (var other = wanted.Unquoted; other is not null; other = other.Unquoted)
            if (Decide(other) is null) return;
        _refused.Add(refusal);
    }

    /// <summary>Makes the change, proposes it or sets it aside; null then, and when there is nothing to do.</summary>
    private Refusal? Decide(CuratedChange wanted)
    {
        if (wanted.Edit(draft) is not { } edit) return null;
        var quotes = Foreign(wanted) ? wanted.Quotes.Where(q => inspection.Problem(q.Text, "", ScoreMin(wanted)) is null).ToList() : wanted.Quotes;
        var evidence = citations.Check(quotes, wanted.MemoryQuotes);
        if (Problem(wanted, edit, evidence) is { } problem)
        {
            draft.Undo(edit);
            return new Refusal(Shown(wanted.Summary), problem, wanted.Quotes.Select(static q => q.Session).Distinct(StringComparer.Ordinal).Count());
        }
        var status = wanted.Status;
        var rationale = wanted.Rationale;
        if (status == ChangeStatus.Applied && TooMuchLoss(edit))
        {
            status = ChangeStatus.Proposed;
            rationale += string.Create(CultureInfo.InvariantCulture, $" Not applied: one dream may remove at most {options.DeleteShareMax * 100:0.#} % of a store.");
        }
        if (status == ChangeStatus.Applied && Replaces(wanted) && _replaced >= _replacedMax)
        {
            status = ChangeStatus.Proposed;
            rationale += string.Create(CultureInfo.InvariantCulture, $" Not applied: one dream may replace at most {_replacedMax} entries of this store.");
        }
        if (status == ChangeStatus.Applied && options.AttackerShare > 0 && Foreign(wanted) && wanted.Bearing?.Outweighs(options.AttackerShare) != true)
        {
            status = ChangeStatus.Proposed;
            rationale += string.Create(CultureInfo.InvariantCulture, $" Not applied: no more than {options.AttackerShare * 100:0.#} % of the sessions or of their people bear it out.");
        }
        if (status == ChangeStatus.Applied)
        {
            if (edit.Op == ChangeOp.Delete) _deleted++;
            if (Replaces(wanted)) _replaced++;
            if (options.ReviewOnly) status = ChangeStatus.Proposed;
        }
        else draft.Undo(edit);
        var id = string.Create(CultureInfo.InvariantCulture, $"chg_{_changes.Count + 1:0000}");
        var sources = wanted.Bearing?.Sources() ?? [];
        if (sources.Count > 0) _sources.Add(id, sources);
        _changes.Add(new Change
        {
            Id = id,
            Op = edit.Op,
            Path = edit.Path,
            BeforeSha256 = edit.BeforeSha256,
            AfterSha256 = edit.AfterSha256,
            Kind = wanted.Kind,
            Summary = Safe(wanted.Summary),
            Rationale = Safe(rationale),
            Confidence = wanted.Confidence,
            Status = status,
            Evidence = evidence,
            Edits = edit.Edits,
            Support = sources.Count == 0 ? null : new ChangeSupport(sources.Count, sources.Select(static s => s.Principal).Distinct(StringComparer.Ordinal).Count()),
            Replay = wanted.Bearing?.Replay(),
        });
        return null;
    }

    public void Refuse(Refusal refusal) => _refused.Add(refusal with { What = Shown(refusal.What) });

    private string? Problem(CuratedChange wanted, ProposedChange edit, List<Evidence> evidence)
    {
        if (evidence.Count == 0 && wanted.Kind is not (ChangeKind.Merge or ChangeKind.Reorganize)) return "no quote that may be shown bears it out";
        if (edit.Op == ChangeOp.Create && (MemoryPath.Problem(edit.Path) ?? MemoryFileName.Problem(edit.Path)) is { } path) return $"the path {edit.Path} {path}";
        if (edit.Op == ChangeOp.Create && draft.Texts.Count > MemoryLimits.MemoriesMax) return $"the store would hold more than {MemoryLimits.MemoriesMax} memories";
        if (edit.Op == ChangeOp.Create && draft.Texts.Keys.Any(p => p.StartsWith(edit.Path + "/", StringComparison.Ordinal) || edit.Path.StartsWith(p + "/", StringComparison.Ordinal)))
            return $"the path {edit.Path} lies above or below another memory";
        if (edit.Op == ChangeOp.Create && Foreign(wanted) && inspection.Problem(edit.Path, "") is { } name) return $"its name: {name}";
        foreach (var change in edit.Edits)
        {
            if (draft.Find(edit.Path) is { } text && Encoding.UTF8.GetByteCount(text) > MemoryLimits.ContentBytesMax) return $"the memory would exceed {MemoryLimits.ContentBytesMax} bytes";
            foreach (var (start, end) in Secrets.Find(change.Insert))
                if (!change.Delete.Contains(change.Insert[start..end], StringComparison.Ordinal)) return "it would copy a secret or personal data";
            if (Foreign(wanted) && inspection.Problem(change.Insert, change.Delete, ScoreMin(wanted)) is { } foreign) return foreign;
        }
        return null;
    }

    /// <summary>It says what somebody else said: a restatement of the store does not, and a planted text is written as such.</summary>
    private static bool Foreign(CuratedChange wanted) => wanted.Status != ChangeStatus.Quarantined && wanted.Kind is not (ChangeKind.Merge or ChangeKind.Reorganize);

    private static int ScoreMin(CuratedChange wanted) => wanted.Kind == ChangeKind.Preference ? Inspection.WishScoreMin : Instructions.PlantedScoreMin;

    private bool TooMuchLoss(ProposedChange edit) => edit.Op == ChangeOp.Delete && _deleted + 1 > options.DeleteShareMax * before.Texts.Count;

    private static bool Replaces(CuratedChange wanted) => wanted.Kind is ChangeKind.Stale or ChangeKind.Contradiction;

    /// <summary>What was refused is named, unless the name itself is what was planted.</summary>
    private string Shown(string what) => inspection.Problem(what, "") is null ? Safe(what) : "a text that was not written, and is not repeated here";

    /// <summary>Summaries are read by people and stored: no secrets and no hidden characters in them either.</summary>
    private static string Safe(string text)
    {
        var stripped = HiddenText.Strip(text.ReplaceLineEndings(" "));
        var safe = new StringBuilder();
        var at = 0;
        foreach (var (start, end) in Secrets.Find(stripped))
        {
            safe.Append(stripped, at, start - at).Append("[redacted]");
            at = end;
        }
        return safe.Append(stripped, at, stripped.Length - at).ToString();
    }
}
