using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reverie.Dreams.Jobs;
using Reverie.Storage;

namespace Reverie.Dreams.Schedules;

/// <summary>Looks for schedules that are due and for runs to move forward: when woken, and at least every few seconds, because time passes and other processes may have left some.</summary>
public sealed partial class DreamScheduleLoop(Database database, DreamScheduling scheduling, DreamScheduleSettings settings, TimeProvider clock, ILogger<DreamScheduleLoop> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var woken = Task.WhenAny(database.WakeUps.Next(DreamScheduleRepository.Asked), database.WakeUps.Next(DreamRepository.Ended));
                if (settings.SetsOff) await scheduling.SetOffDueAsync(LogStepFailed, stoppingToken);
                await scheduling.MoveRunsAsync(LogStepFailed, stoppingToken);
                await WakeUps.WaitAsync(woken, LookEvery, clock, stoppingToken);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for dream schedules failed; the next look is in a few seconds")]
    private partial void LogLookFailed(Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "A step of {Id} failed; it is tried again in a few seconds")]
    private partial void LogStepFailed(Exception error, string id);
}

/// <summary>What the loop of this process does.</summary>
/// <param name="SetsOff">Takes moments that are due. False to do only what was asked for.</param>
public sealed record DreamScheduleSettings(bool SetsOff);
