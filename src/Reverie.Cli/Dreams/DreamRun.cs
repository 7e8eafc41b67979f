using Reverie.Cli.Sessions;
using Reverie.Dreaming;
using Reverie.Dreams;
using Reverie.Dreams.Models;
using Reverie.Protocol.Dreams;
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
        var sessions = TranscriptFiles.ReadAsync(request.SessionFiles, ReadOptions(request), tally, cancellationToken);
        var result = await DreamProgressView.WatchAsync(context, request.SessionFiles, tally,
            progress => new DreamRunner(context.Time, DreamModels.Of(request.Models, request.Model, request.Caps, new AnswersInMemory(), context.Time)).RunAsync(sessions, memory, request.Options, progress, cancellationToken));
        return new(result, tally);
    }

    /// <summary>What the dream would take. Writes nothing.</summary>
    public static async Task<DreamForecast> ForecastAsync(CliContext context, DreamRequest request, MemoryTree memory, CancellationToken cancellationToken)
    {
        var tally = new TranscriptReadTally();
        var sessions = TranscriptFiles.ReadAsync(request.SessionFiles, ReadOptions(request), tally, cancellationToken);
        var rehearsed = DreamModels.Rehearse(request.Models, request.Model, request.Caps, ModelHabits.Usual);
        var forecast = await DreamProgressView.WatchAsync(context, request.SessionFiles, tally,
            progress => DreamRunner.ForecastAsync(rehearsed, sessions, memory, request.Options, context.Time, progress, cancellationToken));
        TallyView.WriteLeftOut(context, tally);
        return forecast;
    }

    /// <summary>Says what was not read.</summary>
    public void WarnOfSkipped(CliContext context) => TallyView.WriteLeftOut(context, _tally);

    private static TranscriptReadOptions ReadOptions(DreamRequest request) =>
        new() { Format = request.SessionFormat, SkipBad = request.SkipBad, Parallelism = request.Options.Parallelism };
}
