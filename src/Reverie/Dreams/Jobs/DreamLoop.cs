using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reverie.Dreams.Review;
using Reverie.Protocol.Dreams;
using Reverie.Storage;

namespace Reverie.Dreams.Jobs;

/// <summary>
/// Runs the dreams that wait, several at once, so that a slow model holds up its own dream only, and rejects proposals
/// that nobody answered in time. Looks when woken and at
/// least every few seconds, because another process may have left one behind.
/// </summary>
public sealed partial class DreamLoop(Database database, DreamRepository dreams, DreamJob job, ProposalExpiry expiry, DreamUse use, TimeProvider clock, ILogger<DreamLoop> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(5);

    /// <summary>A dream that ended this many processes without getting on is not tried again.</summary>
    private const int ClaimsMax = 5;

    private readonly List<Task> _running = [];

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await LookAsync(stoppingToken);
        await Task.WhenAll(_running);
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var asked = database.WakeUps.Next(DreamRepository.Asked);
                _running.RemoveAll(static d => d.IsCompleted);
                while (_running.Count < use.RunningMax && await database.WriteAsync(dreams.ClaimAsync, stoppingToken) is { } claim) _running.Add(RunAsync(claim, stoppingToken));
                await expiry.SweepAsync(stoppingToken);
                await WakeUps.WaitAsync(Task.WhenAny([asked, .. _running]), LookEvery, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The loop outlives every failure; the next look begins anew.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogLookFailed(error);
                await Task.Delay(LookEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Throws nothing: what goes wrong is logged, and the dream is claimed again when its lease has run out.</summary>
    private async Task RunAsync(DreamRow claim, CancellationToken stoppingToken)
    {
        try
        {
            if (claim.IdleClaims <= ClaimsMax) await WorkAsync(claim, stoppingToken);
            else await job.FailAsync(claim, new DreamError("internal_error", $"{ClaimsMax} processes ended while they worked on this dream; ask for it again with fewer sessions"));
        }
#pragma warning disable CA1031 // A dream that fails must not take the others with it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogDreamFailed(error, claim.Id.Value);
        }
    }

    private async Task WorkAsync(DreamRow claim, CancellationToken stoppingToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var renewing = RenewAsync(claim, stop);
        try
        {
            await job.RunAsync(claim, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await database.WriteAsync(db => dreams.ReleaseAsync(db, claim), CancellationToken.None);
        }
#pragma warning disable CA1031 // A dream that fails must not take the others with it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogDreamFailed(error, claim.Id.Value);
            await job.FailAsync(claim, new DreamError("internal_error", "the dream failed; the operator finds the reason in the server's log under its id"));
        }
        finally
        {
            await stop.CancelAsync();
            await renewing;
        }
    }

    /// <summary>Keeps the claim while the dream is at work, and stops the work when the claim is lost: at once where this process ends the dream.</summary>
    private async Task RenewAsync(DreamRow claim, CancellationTokenSource stop)
    {
        try
        {
            while (true)
            {
                var ended = database.WakeUps.Next(claim.Id);
                if (!await database.WriteAsync(db => dreams.RenewAsync(db, claim), stop.Token)) break;
                await WakeUps.WaitAsync(ended, RenewEvery, clock, stop.Token);
            }
            await stop.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The work has ended, or was told to.
        }
#pragma warning disable CA1031 // Without its claim the work must end; the next look says more.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogLookFailed(error);
            await stop.CancelAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for dreams and overdue proposals failed; the next look is in a few seconds")]
    private partial void LogLookFailed(Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Dream {DreamId} failed")]
    private partial void LogDreamFailed(Exception error, string dreamId);
}
