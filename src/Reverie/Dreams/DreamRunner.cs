using Reverie.Dreaming;
using Reverie.Protocol.Sessions;

namespace Reverie.Dreams;

/// <summary>Drives one dream to its end and signs its report.</summary>
public sealed class DreamRunner(TimeProvider time)
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
        var result = await new Dreamer(options).DreamAsync(sessions, memory, progress, cancellationToken);
        return result with
        {
            Report = result.Report with
            {
                DreamId = NewId(),
                Model = LocalModel,
                DurationMs = (long)time.GetElapsedTime(started).TotalMilliseconds,
            },
        };
    }

    /// <summary>Time-ordered, so that a directory of reports sorts by age.</summary>
    private string NewId() => $"drm_{Guid.CreateVersion7(time.GetUtcNow()):N}";
}
