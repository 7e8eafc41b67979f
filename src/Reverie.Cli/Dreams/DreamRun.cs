using Reverie.Cli.Sessions;
using Reverie.Dreaming;
using Reverie.Dreams;
using Reverie.Protocol.Sessions;
using Reverie.Sessions;

namespace Reverie.Cli.Dreams;

/// <summary>One dream over files, watched by a person.</summary>
internal sealed class DreamRun
{
    private readonly TranscriptReadTally _tally;

    private DreamRun(DreamResult result, TranscriptReadTally tally)
    {
        Result = result;
        _tally = tally;
    }

    public DreamResult Result { get; }

    /// <summary>Bytes of session text read, after decompression.</summary>
    public long TextBytes => _tally.TextBytes;

    public static async Task<DreamRun> RunAsync(CliContext context, DreamRequest request, MemoryTree memory, CancellationToken cancellationToken)
    {
        var tally = new TranscriptReadTally();
        var options = new TranscriptReadOptions { Format = request.SessionFormat, SkipBad = request.SkipBad, Parallelism = request.Options.Parallelism };
        IAsyncEnumerable<SessionTranscript> sessions = TranscriptFiles.ReadAsync(request.SessionFiles, options, tally, cancellationToken);
        var result = await DreamProgressView.WatchAsync(context, request.SessionFiles, tally,
            progress => new DreamRunner(context.Time).RunAsync(sessions, memory, request.Options, progress, cancellationToken));
        return new(result, tally);
    }

    /// <summary>Says what was not read.</summary>
    public void WarnOfSkipped(CliContext context) => TallyView.WriteLeftOut(context, _tally);
}
