using Reverie.Cli.Terminal;
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

    /// <summary>What could not be read is never silent, whatever the output format.</summary>
    public void WarnOfSkipped(CliContext context)
    {
        var error = context.Streams.Error;
        if (_tally.Duplicates > 0) error.WriteLine($"{_tally.Duplicates} sessions came twice and were read once");
        if (_tally.Skipped == 0) return;
        error.WriteLine($"{_tally.Skipped} could not be read and were skipped:");
        foreach (var reason in _tally.Reasons) error.WriteLine($"  {PlainText.Line(reason)}");
        if (_tally.Skipped > _tally.Reasons.Count) error.WriteLine($"  … {_tally.Skipped - _tally.Reasons.Count} more");
    }
}
