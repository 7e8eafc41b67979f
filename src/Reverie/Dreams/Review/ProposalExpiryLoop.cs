using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Reverie.Dreams.Review;

/// <summary>Sweeps every few seconds, whatever dreams are at work.</summary>
public sealed partial class ProposalExpiryLoop(ProposalExpiry expiry, TimeProvider clock, ILogger<ProposalExpiryLoop> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await expiry.SweepAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The loop outlives every failure; the next look begins anew.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogSweepFailed(error);
            }
            await Task.Delay(LookEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for overdue proposals failed; the next look is in a few seconds")]
    private partial void LogSweepFailed(Exception error);
}
