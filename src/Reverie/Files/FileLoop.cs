using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reverie.Storage;

namespace Reverie.Files;

/// <summary>Lets expired files go and deletes bytes that nothing needs.</summary>
public sealed partial class FileLoop(Database database, FileRepository files, FileBlobs blobs, TimeProvider clock, ILogger<FileLoop> log) : BackgroundService
{
    /// <summary>How often it looks for what expired, was given up or was deleted by another process.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(10);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var released = database.WakeUps.Next(FileBlobs.Released);
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The loop outlives every failure: what is left is found by the next look.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogFailure(error);
            }
            await released.WaitAsync(LookEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One look, to its end.</summary>
    internal async Task SweepAsync(CancellationToken stoppingToken)
    {
        while (await database.WriteAsync(files.ExpireAsync, stoppingToken)) stoppingToken.ThrowIfCancellationRequested();
        await blobs.CollectAsync(stoppingToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Files that are no longer needed could not be deleted; the next look tries again")]
    private partial void LogFailure(Exception error);
}
