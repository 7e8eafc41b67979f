using Reverie.Dreaming;
using Reverie.Dreams.Models;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Sessions;

namespace Reverie.Dreams;

/// <summary>Drives one dream to its end and signs its report.</summary>
/// <param name="time">The clock.</param>
/// <param name="model">Asked within its budget; null for the built-in dreamer alone.</param>
public sealed class DreamRunner(TimeProvider time, MeteredModel? model = null)
{
    /// <summary>The built-in dreamer: no network, no tokens.</summary>
    public const string LocalModel = "reverie/local";

    /// <summary>
    /// Dreams over <paramref name="sessions"/> and <paramref name="memory"/>. Two runs over the same input differ in
    /// <c>dream_id</c> and <c>duration_ms</c> only.
    /// </summary>
    public async Task<DreamResult> RunAsync(IAsyncEnumerable<SessionTranscript> sessions, MemoryTree memory, DreamOptions options,
        IProgress<DreamProgress>? progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var result = await new Dreamer(options, model).DreamAsync(sessions, memory, progress, cancellationToken);
        return result with
        {
            Report = result.Report with
            {
                DreamId = NewId(),
                Model = model?.Info.Id ?? LocalModel,
                CostUsd = model?.Cost,
                DurationMs = (long)time.GetElapsedTime(started).TotalMilliseconds,
            },
        };
    }

    /// <summary>What a dream over the same input would take: the same dream with a model that is only rehearsed; null for the built-in dreamer alone.</summary>
    public static async Task<DreamForecast> ForecastAsync(RehearsedModel? rehearsed, IAsyncEnumerable<SessionTranscript> sessions, MemoryTree memory, DreamOptions options,
        TimeProvider time, IProgress<DreamProgress>? progress, CancellationToken cancellationToken)
    {
        var report = (await new DreamRunner(time, rehearsed).RunAsync(sessions, memory, options, progress, cancellationToken)).Report;
        return new DreamForecast
        {
            Model = report.Model,
            Inputs = report.Inputs,
            Requests = rehearsed?.Requests ?? 0,
            Usage = report.Usage,
            CostUsd = rehearsed is null ? 0 : report.CostUsd,
            DurationMs = report.DurationMs + (long)(rehearsed?.Duration.TotalMilliseconds ?? 0),
            ReachesBudget = rehearsed?.HasReachedBudget ?? false,
        };
    }

    /// <summary>Time-ordered, so that a directory of reports sorts by age.</summary>
    private string NewId() => $"drm_{Guid.CreateVersion7(time.GetUtcNow()):N}";
}
