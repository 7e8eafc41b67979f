using Reverie.Dreams.Jobs;
using Reverie.Storage;

namespace Reverie.Dreams.Models;

/// <summary>The answers of one dream in the database, written only by the process that holds the dream.</summary>
public sealed class KeptAnswers(Database database, DreamRepository dreams, DreamAnswerRepository answers, DreamRow claim) : IDreamAnswers
{
    /// <inheritdoc/>
    public ValueTask<KeptRequest?> FindAsync(string request, CancellationToken cancellationToken) =>
        database.ReadAsync(db => answers.FindAsync(db, claim, request), cancellationToken);

    /// <inheritdoc/>
    public ValueTask BeginAsync(string request, RequestSize size, CancellationToken cancellationToken) =>
        HeldAsync(async (db, _) => await answers.BeginAsync(db, claim, request, size), cancellationToken);

    /// <inheritdoc/>
    public ValueTask WithdrawAsync(string request, CancellationToken cancellationToken) =>
        HeldAsync(async (db, _) => await answers.WithdrawAsync(db, claim, request), cancellationToken);

    /// <inheritdoc/>
    public ValueTask KeepAsync(string request, KeptAnswer answer, CancellationToken cancellationToken) =>
        HeldAsync(async (db, held) =>
        {
            await answers.KeepAsync(db, claim, request, answer);
            await dreams.GetOnAsync(db, held);
        }, cancellationToken);

    /// <exception cref="DreamLostException">Another process holds the dream, or it has ended.</exception>
    private async ValueTask HeldAsync(Func<DbSession, DreamRow, ValueTask> write, CancellationToken cancellationToken)
    {
        var isHeld = await database.WriteAsync(async db =>
        {
            if (await dreams.HoldAsync(db, claim.WorkspaceId, claim.Id) is not { HasEnded: false } held || held.Fence != claim.Fence) return false;
            await write(db, held);
            return true;
        }, cancellationToken);
        if (!isHeld) throw new DreamLostException();
    }
}

/// <summary>The process that worked on a dream holds it no longer.</summary>
public sealed class DreamLostException() : Exception("the dream is held by another process, or has ended");
