using Reverie.Protocol.Dreams;
using Reverie.Protocol.Sessions;

namespace Reverie.Dreaming;

/// <summary>
/// The dreamer: reads transcripts and a memory store, and says what should change in the store, with evidence.
/// Pure: no I/O of its own, no clock, no network. The same sessions (in any order) and memories give the same bytes.
/// </summary>
public sealed class Dreamer(DreamOptions options)
{
    /// <summary>REVIEW → SYNTHESISE → CURATE → GATE. Each transcript is disposed once it was reviewed.</summary>
    public async Task<DreamResult> DreamAsync(IAsyncEnumerable<SessionTranscript> sessions, MemoryTree memory,
        IProgress<DreamProgress>? progress, CancellationToken cancellationToken)
    {
        var count = 0;
        long events = 0;
        await foreach (var session in sessions.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            count++;
            events += session.Events.Count;
            session.Dispose();
            progress?.Report(new DreamProgress(DreamStage.Review, count, events));
        }
        _ = options;
        return new DreamResult(new DreamReport
        {
            DreamId = "",
            Model = "reverie/local",
            Inputs = new DreamInputs(memory.Texts.Count, count, events),
            Usage = DreamUsage.None,
            DurationMs = 0,
            Changes = [],
            Refused = [new Refusal("nothing yet", "the dreamer is not written", count)],
        }, memory);
    }
}
