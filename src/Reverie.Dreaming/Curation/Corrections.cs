using System.Globalization;
using Reverie.Dreaming.Synthesis;
using Reverie.Dreaming.Text;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Curation;

/// <summary>
/// Holds entries against the record: a value that stopped working is replaced by the newest one that works, with the
/// date; a thing that is gone is marked; a value that kept working is confirmed. Entries nobody touched stay untouched.
/// </summary>
internal static class Corrections
{
    private const int SessionsMin = 2;

    /// <param name="draft">The store.</param>
    /// <param name="ledgers">Which values worked and which failed.</param>
    /// <param name="readings">Which values were reported.</param>
    /// <param name="isRewritten">Entries about to be written anew; they are left to that.</param>
    public static IEnumerable<CuratedChange> Find(Draft draft, IReadOnlyList<Ledger> ledgers, IReadOnlyList<Readings> readings, Func<MemoryEntry, bool> isRewritten)
    {
        var entries = draft.Entries().FindAll(e => !e.HoldsCode && !isRewritten(e));
        var log = new Logbook(draft.Entries());
        var witnesses = Witnesses.Find(entries, ledgers).FindAll(w => !log.IsHistory(w.Entry, w.Surface));
        var handled = new HashSet<MemoryEntry>();
        foreach (var (entry, change) in ReadingCorrections.Find(entries, log, readings, witnesses.ToDictionary(static w => w.Entry, static w => w.Surface)))
        {
            handled.Add(entry);
            yield return change;
        }
        foreach (var witness in witnesses)
        {
            if (handled.Contains(witness.Entry)) continue;
            if ((Refuted(witness, witnesses, log) ?? Confirmed(witness)) is not { } change) continue;
            handled.Add(witness.Entry);
            yield return change;
        }
        foreach (var entry in entries)
            if (!handled.Contains(entry) && Gone(entry, log, ledgers) is { } gone) yield return gone;
    }

    private static CuratedChange? Refuted(Witness witness, List<Witness> all, Logbook log)
    {
        var failures = witness.Standing.FailedSince;
        var sessions = failures.Select(static f => f.Session).Distinct().ToList();
        if (sessions.Count == 0) return null;
        var successor = Successor(witness, failures);
        if (sessions.Count < SessionsMin && (successor is null || successor.Worked.Count < SessionsMin)) return null;
        if (successor is not null && IsForm(witness, failures, successor)) return null;
        // Flakiness meets every value of the field alike.
        if (successor is null && OthersFailAlike(witness)) return null;
        var backing = Backing.Of(witness.Field.Toolbox, successor is not null && IsHearsay(witness, failures, successor), failures, successor?.Worked ?? []);
        var entry = witness.Entry;
        if (successor is null && entry.IsMarkedInvalid) return null;
        var since = sessions[0].Day;
        var value = witness.Surface;
        var error = failures[^1].Step.Error?.Complaint ?? "";
        var n = sessions.Count.ToString(CultureInfo.InvariantCulture);
        if (successor is null)
        {
            return new CuratedChange
            {
                Edit = d => EntryEdits.Replace(d, entry, MemoryEntry.Noted(entry.Statement, $"no longer valid: {value} fails since {since}, seen in {n} sessions")),
                Kind = ChangeKind.Stale,
                Summary = $"Mark “{Clip.Line(entry.Statement, 80)}” as no longer valid",
                Rationale = $"`{witness.Field.Tool}` refused {value} in {n} sessions since {since}{(error.Length == 0 ? "" : $" (“{error}”)")}; nothing was seen to take its place.{backing.Note}",
                Confidence = Confidence(sessions.Count),
                Status = backing.Status,
                Bearing = Of(witness.Field.Toolbox, failures, []),
                Quotes = [.. failures.TakeLast(3).Select(static f => Quotes.OfResult(f.Session, f.Step)).OfType<Quote>()],
                MemoryQuotes = [(entry.Path, entry.Text)],
            };
        }
        if (entry.With(value, successor.Value) is not { } corrected) return null;
        var other = all.Find(w => w.Entry != entry && w.Field == witness.Field && w.Standing.Value == successor.Value);
        var worked = successor.Worked.Select(static w => w.Session).Distinct().Count();
        var proof = string.Create(CultureInfo.InvariantCulture, $"worked in {worked} sessions");
        return new CuratedChange
        {
            Edit = log.Holds(entry)
                ? d => EntryEdits.Outdate(d, entry, value, since, successor.Value, proof)
                : d => EntryEdits.Replace(d, entry, MemoryEntry.Noted(corrected, $"was {value} until {since}; {successor.Value} {proof}, last on {successor.Worked[^1].Session.Day}")),
            Kind = other is null ? ChangeKind.Stale : ChangeKind.Contradiction,
            Summary = other is null
                ? $"Replace {value} by {successor.Value} in “{Clip.Line(entry.Statement, 80)}”"
                : $"Resolve the contradiction with {other.Entry.Path}: {successor.Value} holds, {value} does not",
            Rationale = $"`{witness.Field.Tool}` refused {value} in {n} sessions since {since}{(error.Length == 0 ? "" : $" (“{error}”)")}; {successor.Value} worked in {worked} sessions, last on {successor.Worked[^1].Session.Day}.{backing.Note}",
            Confidence = Confidence(sessions.Count + worked),
            Status = backing.Status,
            Bearing = Of(witness.Field.Toolbox, failures, successor.Worked),
            Quotes = [.. failures.TakeLast(2).Select(static f => Quotes.OfResult(f.Session, f.Step))
                .Concat(successor.Worked.TakeLast(2).Select(w => Quotes.OfCall(w.Session, w.Step, witness.Field.Path))).OfType<Quote>()],
            MemoryQuotes = other is null ? [(entry.Path, entry.Text)] : [(entry.Path, entry.Text), (other.Entry.Path, other.Entry.Text)],
        };
    }

    /// <summary>
    /// What is read on the open web is the word of a stranger. That an address answers is not: it is heard where it stays in the domain of the one
    /// that failed, and as many independent principals met the failure as found the answer.
    /// </summary>
    private static bool IsHearsay(Witness witness, IReadOnlyList<Occurrence> failures, Ledger.Standing successor) =>
        successor.Worked.All(static w => OpenSources.Holds(w.Step))
        && !(witness.Field.IsOneDomain(witness.Standing.Value, successor.Value) && IsIndependent(witness.Field.Toolbox, failures) && IsIndependent(witness.Field.Toolbox, successor.Worked));

    private static bool IsIndependent(Toolbox toolbox, IReadOnlyList<Occurrence> calls) => toolbox.IsIndependent(calls.Select(static c => c.Session));

    /// <summary>The newest value of the field that works and was used right after the old one failed, or all the time since.</summary>
    private static Ledger.Standing? Successor(Witness witness, IReadOnlyList<Occurrence> failures)
    {
        var settled = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var failure in failures)
        {
            foreach (var step in Episodes.After(failure.Session, failure.Step))
            {
                if (step.Tool != witness.Field.Tool || !step.Succeeded || witness.Field.ValueIn(step) is not { } value) continue;
                if (value != witness.Standing.Value) settled[value] = settled.GetValueOrDefault(value) + 1;
                break;
            }
        }
        var candidates = settled.Keys.Where(witness.Field.Values.ContainsKey).Select(witness.Field.Of).Where(static s => s.Worked.Count > 0 && s.FailedSince.Count == 0);
        return candidates.OrderByDescending(static s => s.Worked[^1].Session.CreatedAt).ThenByDescending(static s => s.Worked.Count)
            .ThenBy(static s => s.Value, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>
    /// True when the field refuses other values in the same words and each gave way to another: it wants them in another form, a rank in words
    /// as its code, which says nothing of what holds.
    /// </summary>
    private static bool IsForm(Witness witness, IReadOnlyList<Occurrence> failures, Ledger.Standing successor)
    {
        var clusters = failures.Select(static f => f.Step.Error).ToHashSet();
        return witness.Field.Values.Keys.Where(v => v != witness.Standing.Value).Select(witness.Field.Of)
            .Where(o => o.FailedSince.Count > 0 && o.FailedSince.All(f => clusters.Contains(f.Step.Error)))
            .Any(o => Successor(witness with { Standing = o }, o.FailedSince) is { } other && other.Value != successor.Value);
    }

    private static bool OthersFailAlike(Witness witness)
    {
        var clusters = witness.Standing.FailedSince.Select(static f => f.Step.Error).ToHashSet();
        var others = witness.Field.Values.Where(v => v.Key != witness.Standing.Value).SelectMany(static v => v.Value).ToList();
        return others.Count >= 3 && others.Count(o => clusters.Contains(o.Step.Error)) * 2 > others.Count;
    }

    private static CuratedChange? Confirmed(Witness witness)
    {
        var standing = witness.Standing;
        var sessions = standing.Worked.Select(static w => w.Session).Distinct().ToList();
        if (witness.Field.Toolbox.Tellings(sessions) < SessionsMin || standing.FailedSince.Select(static f => f.Session).Distinct().Count() >= SessionsMin) return null;
        var entry = witness.Entry;
        var last = sessions[^1].Day;
        if (entry.IsVerifiedSince(last)) return null;
        var n = sessions.Count.ToString(CultureInfo.InvariantCulture);
        return new CuratedChange
        {
            Edit = d => EntryEdits.Replace(d, entry, MemoryEntry.Noted(entry.Lasting, $"verified {last}: worked in {n} sessions")),
            Kind = ChangeKind.Verification,
            Summary = $"Confirm “{Clip.Line(entry.Statement, 80)}”",
            Rationale = $"`{witness.Field.Tool}` was called with {standing.Value} in {n} sessions, last on {last}, and worked.",
            Confidence = Confidence(sessions.Count),
            Bearing = Of(witness.Field.Toolbox, [], standing.Worked),
            Quotes = [.. standing.Worked.TakeLast(3).Select(w => Quotes.OfCall(w.Session, w.Step, witness.Field.Path) ?? Quotes.OfResult(w.Session, w.Step)).OfType<Quote>()],
            MemoryQuotes = [(entry.Path, entry.Text)],
        };
    }

    /// <summary>An entry that names a tool which works no more, whatever it is given.</summary>
    private static CuratedChange? Gone(MemoryEntry entry, Logbook log, IReadOnlyList<Ledger> ledgers)
    {
        if (entry.IsMarkedInvalid) return null;
        foreach (var ledger in ledgers)
        {
            foreach (var tool in ledger.Tools)
            {
                var name = tool[(tool.LastIndexOf(' ') + 1)..];
                if (name.Length < 4 || !Names(entry.Statement, name) || log.IsHistory(entry, Words.Content(name).ToHashSet(StringComparer.Ordinal))) continue;
                var calls = ledger.Calls(tool)!;
                var lastWorked = calls.ToList().FindLastIndex(static o => o.Step.Succeeded);
                var failures = calls.Skip(lastWorked + 1).Where(static o => o.Step.Failed).ToList();
                var sessions = failures.Select(static f => f.Session).Distinct().ToList();
                if (sessions.Count < SessionsMin + (lastWorked < 0 ? 1 : 0)) continue;
                // Two refusals are of one thing when they say the same; three in a row need not.
                if (sessions.Count == SessionsMin && failures.Select(static f => f.Step.Error).Distinct().Count() > 1) continue;
                var backing = Backing.Of(ledger.Toolbox, isOpen: false, failures);
                var since = sessions[0].Day;
                var n = sessions.Count.ToString(CultureInfo.InvariantCulture);
                var error = failures[^1].Step.Error?.Complaint ?? "";
                return new CuratedChange
                {
                    Edit = d => EntryEdits.Replace(d, entry, MemoryEntry.Noted(entry.Statement, $"no longer valid: `{tool}` fails since {since}, seen in {n} sessions")),
                    Kind = ChangeKind.Stale,
                    Summary = $"Mark “{Clip.Line(entry.Statement, 80)}” as no longer valid: `{tool}` is gone",
                    Rationale = $"Every call of `{tool}` since {since} failed, in {n} sessions{(error.Length == 0 ? "" : $" (“{error}”)")}.{backing.Note}",
                    Confidence = Confidence(sessions.Count),
                    Status = backing.Status,
                    Bearing = Of(ledger.Toolbox, failures, []),
                    Quotes = [.. failures.TakeLast(3).Select(static f => Quotes.OfResult(f.Session, f.Step)).OfType<Quote>()],
                    MemoryQuotes = [(entry.Path, entry.Text)],
                };
            }
        }
        return null;
    }

    /// <summary>What speaks for a correction: who failed with what the entry said, and who went right without it.</summary>
    private static Bearing Of(Toolbox toolbox, IReadOnlyList<Occurrence> failed, IReadOnlyList<Occurrence> worked) => new(toolbox, failed.Concat(worked).Select(static o => o.Session),
        failed.Select(static o => new Situation(o.Session, IsDone: false)).Concat(worked.Select(static o => new Situation(o.Session, IsDone: true))));

    private static bool Names(string statement, string tool)
    {
        for (var at = statement.IndexOf(tool, StringComparison.Ordinal); at >= 0; at = statement.IndexOf(tool, at + 1, StringComparison.Ordinal))
        {
            var end = at + tool.Length;
            if ((at == 0 || !IsPart(statement[at - 1])) && (end == statement.Length || !IsPart(statement[end]))) return true;
        }
        return false;

        static bool IsPart(char c) => char.IsLetterOrDigit(c) || c == '_';
    }

    private static double Confidence(int sessions) => Math.Round(Math.Min(0.98, 0.6 + 0.07 * sessions), 2);
}
