using Reverie.Memory.Provenance;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Protocol.Sessions;
using Reverie.Storage;

namespace Reverie.Dreams.Withdrawals;

/// <summary>
/// Takes texts out of a store by the ordinary write path, and out of its past by redaction. Only lines that rest on a dream
/// are touched: what people and agents wrote by themselves is theirs, whatever words they used.
/// </summary>
public sealed class StoreWithdrawals(MemoryRepository memories, MemoryVersionRepository versions, WithdrawalRepository record)
{
    internal async ValueTask WithdrawAsync(DbSession db, MemoryScope scope, Id<Session> session, IReadOnlyList<FallenChange> fallen, SoleTexts sole, WordsInStore words, Actor actor)
    {
        if (fallen.Count == 0 && sole.IsEmpty) return;
        var gone = new List<string>();
        var passages = (await PassageRepository.OfStoreAsync(db, scope)).ToLookup(static p => p.MemoryId, static p => p.Passage, StringComparer.Ordinal);
        var newer = sole.IsEmpty ? [] : await NewerAsync(db, scope, words.HeadSeq);
        foreach (var (memoryId, noted) in passages.Select(static p => (p.Key, p)))
        {
            var concerned = words.Memories.Contains(memoryId) || newer.Contains(memoryId) || noted.Any(p => fallen.Any(f => f.DreamId == p.DreamId && f.Change.Id == p.ChangeId));
            if (!concerned) continue;
            var past = await PastAsync(db, scope, memoryId);
            var memory = await RestingAsync(db, scope, memoryId, past, noted);
            var resting = memory.Select(static p => p.LineHash).ToHashSet(StringComparer.Ordinal);
            var own = fallen.Select(f => (Change: f, Lines: Own(f, memory, fallen))).Where(static o => o.Lines.Count > 0).ToList();
            var current = await memories.FindAsync(db, scope, Id<StoredMemory>.Parse(memoryId), isFull: true);
            string? newHead = null;
            if (current is not null)
            {
                var text = current.Content!;
                foreach (var (change, lines) in own.OrderByDescending(o => memory.First(p => p.DreamId == o.Change.DreamId).CreatedAt).ThenByDescending(static o => o.Change.LandedSeq))
                    text = Without(text, change.Change, lines);
                text = await StrikeAsync(db, scope, memoryId, text, resting, memory, sole);
                newHead = await WriteAsync(db, scope, session, current, text, own.Count > 0, actor);
                if (newHead is not null && PassageRemoval.IsEmpty(text)) gone.Add(current.Path);
            }
            var withdrawn = own.SelectMany(static o => o.Lines).ToHashSet(StringComparer.Ordinal);
            await RedactAsync(db, scope, session, memoryId, past.Where(p => p.Text!.Split('\n').Any(l => !PassageRemoval.IsTitle(l) && LineHash.Of(l) is { } hash
                && (withdrawn.Contains(hash) || resting.Contains(hash) && sole.AreIn(l)))).Select(static p => p.Id), actor);
        }
        if (gone.Count > 0) await UnlistAsync(db, scope, session, [.. passages.Select(static p => p.Key)], passages, gone, actor);
    }

    /// <summary>A text that the change replaced is put back only where the memory stays what a memory may be.</summary>
    private static string Without(string text, Change change, HashSet<string> lines)
    {
        var without = PassageRemoval.Remove(text, change, lines);
        return MemoryContent.Of(without).Problem is null ? without : PassageRemoval.Remove(text, change with { Edits = [] }, lines);
    }

    /// <summary>The memories that changed since the store was looked through.</summary>
    private static async ValueTask<HashSet<string>> NewerAsync(DbSession db, MemoryScope scope, long seq) => [.. await db.QueryAsync(
        "SELECT DISTINCT memory_id FROM memory_versions WHERE workspace_id = @workspace AND memory_store_id = @store AND seq > @seq",
        static r => r.GetString(0), ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@seq", seq))];

    /// <summary>The lines that rest on a change and were written by no change that stands.</summary>
    private static HashSet<string> Own(FallenChange fallen, IEnumerable<Passage> passages, IReadOnlyList<FallenChange> all)
    {
        var others = passages.Where(p => p.Relation == PassageRelation.Wrote && !all.Any(f => f.DreamId == p.DreamId && f.Change.Id == p.ChangeId)).Select(static p => p.LineHash).ToHashSet(StringComparer.Ordinal);
        // What a copy was merged into stood there by itself.
        return [.. passages.Where(p => p.Relation != PassageRelation.Merged && p.DreamId == fallen.DreamId && p.ChangeId == fallen.Change.Id && !others.Contains(p.LineHash)).Select(static p => p.LineHash)];
    }

    /// <summary>The passages, with those of every line that goes back to one a dream wrote. They are noted, because the versions that tell so may lose their text.</summary>
    private static async ValueTask<List<Passage>> RestingAsync(DbSession db, MemoryScope scope, string memoryId, List<PastVersion> past, IEnumerable<Passage> passages)
    {
        var resting = passages.ToList();
        foreach (var passage in RewrittenLines.Of([.. past.Select(static (p, i) => new PastText(i, p.Text))], resting))
        {
            await PassageRepository.AddAsync(db, scope, memoryId, [passage.LineHash], passage);
            resting.Add(passage);
        }
        return resting;
    }

    private static async ValueTask<string> StrikeAsync(DbSession db, MemoryScope scope, string memoryId, string text, HashSet<string> resting, IEnumerable<Passage> passages, SoleTexts sole)
    {
        if (sole.IsEmpty) return text;
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (LineHash.Of(lines[i]) is not { } hash || !resting.Contains(hash) || sole.Strike(lines[i]) is not { } struck || ReferenceEquals(struck, lines[i])) continue;
            lines[i] = struck;
            foreach (var passage in passages.Where(p => p.LineHash == hash)) await PassageRepository.AddAsync(db, scope, memoryId, [LineHash.Of(struck)!], passage);
        }
        return string.Join('\n', lines);
    }

    /// <returns>The new version; null when nothing had to change.</returns>
    private async ValueTask<string?> WriteAsync(DbSession db, MemoryScope scope, Id<Session> session, StoredMemory current, string text, bool isWithdrawn, Actor actor)
    {
        if (text == current.Content) return null;
        var outcome = PassageRemoval.IsEmpty(text)
            ? await memories.DeleteAsync(db, scope, current.Id, current.ContentSha256, actor)
            : await memories.UpdateAsync(db, scope, current.Id, new MemoryUpdate(MemoryContent.Of(text), null, current.ContentSha256) { IsWithdrawal = true }, actor);
        var version = ((MemoryWriteOutcome.Written)outcome).Memory.MemoryVersionId.Value;
        await record.AddAsync(db, scope.WorkspaceId, session.Value, Of(isWithdrawn ? WithdrawalAction.Withdrawn : WithdrawalAction.Reworded, scope, current.Id.Value) with { MemoryVersionId = version });
        return version;
    }

    private async ValueTask RedactAsync(DbSession db, MemoryScope scope, Id<Session> session, string memoryId, IEnumerable<string> ids, Actor actor)
    {
        var count = 0;
        foreach (var id in ids)
        {
            if ((await versions.RedactAsync(db, scope, Id<MemoryVersion>.Parse(id), actor)) is { Version.RedactedAt: not null, IsHead: false }) count++;
        }
        if (count > 0) await record.AddAsync(db, scope.WorkspaceId, session.Value, Of(WithdrawalAction.VersionsRedacted, scope, memoryId) with { VersionCount = count });
    }

    /// <summary>An index that a dream keeps does not name memories that are gone.</summary>
    private async ValueTask UnlistAsync(DbSession db, MemoryScope scope, Id<Session> session, List<string> ids, ILookup<string, Passage> passages, List<string> gone, Actor actor)
    {
        foreach (var id in ids)
        {
            if (await memories.FindAsync(db, scope, Id<StoredMemory>.Parse(id), isFull: true) is not { Content: { } text } current) continue;
            var written = passages[id].Select(static p => p.LineHash).ToHashSet(StringComparer.Ordinal);
            var lines = text.Split('\n').Where(l => !(LineHash.Of(l) is { } hash && written.Contains(hash) && gone.Exists(path => l.Contains(path[1..], StringComparison.Ordinal))));
            await WriteAsync(db, scope, session, current, string.Join('\n', lines), isWithdrawn: true, actor);
        }
    }

    /// <summary>Oldest first.</summary>
    private static async ValueTask<List<PastVersion>> PastAsync(DbSession db, MemoryScope scope, string memoryId)
    {
        var versions = await db.QueryAsync(VersionChain.Select("v.id, v.content", "v.content IS NOT NULL"), static r => new PastVersion(r.GetString(0), r.GetString(1)),
            ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@memory", memoryId), ("@limit", long.MaxValue));
        versions.Reverse();
        return versions;
    }

    private static SessionWithdrawal Of(WithdrawalAction action, MemoryScope scope, string memoryId) => new()
    {
        Action = action,
        DreamId = null,
        ChangeId = null,
        SessionsLeft = null,
        PrincipalsLeft = null,
        MemoryStoreId = scope.StoreId.Value,
        MemoryId = memoryId,
        MemoryVersionId = null,
        VersionCount = null,
        CreatedAt = default,
    };

    private sealed record PastVersion(string Id, string? Text);
}
