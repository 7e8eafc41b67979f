using System.Diagnostics;
using Reverie.Dreaming;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Dreams.Jobs;

/// <summary>
/// Puts one change of a dream into a store by the ordinary write path, against the hash it was made for. Where the memory
/// has moved, the edit is rebased when its place can be told; otherwise nothing is done. Nothing is ever forced.
/// </summary>
public sealed class ChangeLanding(MemoryStoreRepository stores, MemoryRepository memories, DreamChangeRepository changes)
{
    /// <param name="dream">Whose change it is: where the change builds on another one that never landed, its plans tell the text between. Null for a change that builds on nothing else.</param>
    public async ValueTask<LandingOutcome> LandAsync(DbSession db, MemoryScope scope, Change change, Actor actor, DreamRow? dream = null)
    {
        // Held, so that what is compared is what is written.
        if (await stores.HoldAsync(db, scope) is not { } store) return new LandingOutcome.Conflict("the store is gone");
        if (store.ArchivedAt is not null) return new LandingOutcome.Conflict("the store is archived");
        if (change.Op == ChangeOp.Create) return await CreateAsync(db, scope, change, actor);

        if (await memories.FindAtAsync(db, scope, "/" + change.Path) is not { } current) return new LandingOutcome.Conflict(await WhyMissingAsync(db, change, dream));
        var hasMoved = current.ContentSha256 != change.BeforeSha256;
        if (change.Op == ChangeOp.Delete)
            return hasMoved ? new LandingOutcome.Conflict("the memory was edited since; what the dream judged is not what would be deleted") : await DeleteAsync(db, scope, change, current, actor);

        var edits = change.Edits;
        if (hasMoved)
        {
            var original = change.BeforeSha256 is { } sha256 ? await memories.TextOfAsync(db, scope, sha256) ?? await PlannedAsync(db, scope, dream, sha256) : null;
            if (Standing(edits, original, current) is { } standing) return standing;
            if (EditRebase.TryRebase(edits, original, current.Content!) is not { } found) return new LandingOutcome.Conflict("the memory was edited so much that the place of the change cannot be told");
            edits = found;
        }
        if (ChangeReplay.TryApply(current.Content!, edits) is not { } text) return new LandingOutcome.Conflict("the edits do not fit the memory");
        var content = MemoryContent.Of(text);
        if (content.Problem is { } problem) return new LandingOutcome.Conflict($"the memory would be too much: it {problem}");

        var update = new MemoryUpdate(content, change.NewPath is { } path ? "/" + path : null, current.ContentSha256);
        return Outcome(await memories.UpdateAsync(db, scope, current.Id, update, actor), change with
        {
            BeforeSha256 = current.ContentSha256,
            AfterSha256 = content.Sha256,
            Edits = edits,
            Status = ChangeStatus.Applied,
        }, hasMoved);
    }

    /// <summary>The change that takes an applied one back.</summary>
    public static Change Invert(Change applied) => applied with
    {
        Op = applied.Op switch
        {
            ChangeOp.Create => ChangeOp.Delete,
            ChangeOp.Delete => ChangeOp.Create,
            _ => applied.Op,
        },
        Path = applied.NewPath ?? applied.Path,
        NewPath = applied.NewPath is null ? null : applied.Path,
        BeforeSha256 = applied.AfterSha256,
        AfterSha256 = applied.BeforeSha256,
        Edits = ChangeReplay.Invert(applied.Edits),
    };

    /// <summary>What to say of edits whose text came to stand in a memory since they were thought out, as after two dreams over the same sessions; null where none of it does.</summary>
    private static LandingOutcome? Standing(IReadOnlyList<TextEdit> edits, string? original, StoredMemory current)
    {
        var standing = EditRebase.CountStanding(edits, original, current.Content!);
        if (standing > 0 && standing == edits.Count) return new LandingOutcome.StandsAlready();
        if (standing > 0) return new LandingOutcome.Conflict("part of what it puts in stands there already");
        return EditRebase.SectionThatStands(edits, original, current.Content!) is { } heading
            ? new LandingOutcome.Conflict($"the section “{heading.TrimStart('#').Trim()}” stands there already, in other words; reject this change, or edit the memory")
            : null;
    }

    /// <summary>A memory that a change of the same dream makes is missing until that is approved.</summary>
    private async ValueTask<string> WhyMissingAsync(DbSession db, Change change, DreamRow? dream)
    {
        var maker = dream is null ? null : (await changes.ListAsync(db, dream.WorkspaceId, dream.Id)).FirstOrDefault(c => c.Change.Id != change.Id && (c.Change.Op == ChangeOp.Create ? c.Change.Path : c.Change.NewPath) == change.Path);
        if (maker is null || maker.LandedSeq is not null) return "the memory is not there any more";
        return ReportReview.IsOpen(maker.ToChange()) ? $"{maker.Change.Id} makes the memory and waits; approve {maker.Change.Id} first" : $"{maker.Change.Id}, which was to make the memory, was turned down{(maker.Note is { } note ? $": {note}" : "")}";
    }

    /// <summary>A text that the store never held, because a change before it was left for a person; null when it cannot be worked out.</summary>
    private async ValueTask<string?> PlannedAsync(DbSession db, MemoryScope scope, DreamRow? dream, string sha256)
    {
        if (dream?.Report is not { } report) return null;
        var planned = await changes.ListAsync(db, dream.WorkspaceId, dream.Id);
        var tree = MemoryTree.Of((await memories.AllAsync(db, scope)).Select(static m => KeyValuePair.Create(m.Path[1..], m.Content!)));
        return ReportTexts.BySha256(report with { Changes = [.. planned.Select(static c => c.Change)] }, tree).GetValueOrDefault(sha256);
    }

    private async ValueTask<LandingOutcome> CreateAsync(DbSession db, MemoryScope scope, Change change, Actor actor)
    {
        if (MemoryPath.Problem(change.Path) is { } rule) return new LandingOutcome.Conflict($"the path {rule}");
        if (ChangeReplay.TryApply("", change.Edits) is not { } text) return new LandingOutcome.Conflict("the edits do not make a text");
        var content = MemoryContent.Of(text);
        if (content.Problem is { } problem) return new LandingOutcome.Conflict($"the memory would be too much: it {problem}");
        if (await memories.FindAtAsync(db, scope, "/" + change.Path) is { } current && Standing(change.Edits, null, current) is { } standing) return standing;
        return Outcome(await memories.CreateAsync(db, scope, "/" + change.Path, content, actor), change with { AfterSha256 = content.Sha256, Status = ChangeStatus.Applied }, isRebased: false);
    }

    private async ValueTask<LandingOutcome> DeleteAsync(DbSession db, MemoryScope scope, Change change, StoredMemory current, Actor actor) =>
        Outcome(await memories.DeleteAsync(db, scope, current.Id, current.ContentSha256, actor), change with { Status = ChangeStatus.Applied }, isRebased: false);

    private static LandingOutcome Outcome(MemoryWriteOutcome outcome, Change landed, bool isRebased) => outcome switch
    {
        MemoryWriteOutcome.Written written => new LandingOutcome.Landed(landed, written.Memory.MemoryVersionId.Value, isRebased),
        MemoryWriteOutcome.PathTaken taken => new LandingOutcome.Conflict($"{taken.Path} is in the way"),
        MemoryWriteOutcome.StoreFull => new LandingOutcome.Conflict($"the store holds {MemoryLimits.MemoriesMax} memories"),
        MemoryWriteOutcome.PreconditionFailed or MemoryWriteOutcome.NoMemory or MemoryWriteOutcome.NoStore or MemoryWriteOutcome.StoreArchived =>
            throw new UnreachableException("the store is held"),
        _ => throw new UnreachableException(),
    };
}

/// <summary>How the landing of a change ended.</summary>
public abstract record LandingOutcome
{
    private LandingOutcome() { }

    /// <param name="Change">The change as it really landed.</param>
    /// <param name="VersionId">The version it made.</param>
    /// <param name="IsRebased">True when its edits were moved to where their lines are now.</param>
    public sealed record Landed(Change Change, string VersionId, bool IsRebased) : LandingOutcome
    {
        /// <summary>What there is to say about it; null when nothing is.</summary>
        public string? Note => IsRebased ? "moved to where its lines are now" : null;
    }

    /// <summary>The memory holds already what the change puts in; nothing was done and nothing is left to decide.</summary>
    public sealed record StandsAlready : LandingOutcome
    {
        /// <summary>What there is to say about it.</summary>
        public const string Reason = "stands there already";
    }

    /// <param name="Reason">Why nothing was done.</param>
    public sealed record Conflict(string Reason) : LandingOutcome;

    /// <param name="Reason">What of the store's policy wants a person to decide.</param>
    public sealed record Asked(string Reason) : LandingOutcome;
}
