using System.Diagnostics;
using System.Globalization;
using Reverie.Cli.Terminal;
using Reverie.Dreaming;
using Reverie.Sessions;
using Spectre.Console;

namespace Reverie.Cli.Dreams;

/// <summary>Says how far a dream is, on the standard error: a bar for a person, a line now and then for a log.</summary>
internal static class DreamProgressView
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(2);

    public static Task<T> WatchAsync<T>(CliContext context, IReadOnlyList<string> files, TranscriptReadTally tally,
        Func<IProgress<DreamProgress>, Task<T>> dream) =>
        context.Streams.ErrorIsTerminal ? WithBarAsync(context, files, tally, dream) : dream(new Lines(context));

    private static async Task<T> WithBarAsync<T>(CliContext context, IReadOnlyList<string> files, TranscriptReadTally tally,
        Func<IProgress<DreamProgress>, Task<T>> dream)
    {
        var bar = Screen.Error(context.Streams).Console.Progress().AutoClear(true).HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());
        T? result = default;
        await bar.StartAsync(async display =>
        {
            var task = display.AddTask(Words(default));
            var fileBytes = files.Sum(static file => File.Exists(file) ? new FileInfo(file).Length : 0);
            if (fileBytes > 0) task.MaxValue = fileBytes;
            else task.IsIndeterminate = true;
            result = await dream(new Bar(task, tally));
        });
        return result!;
    }

    private static string Words(DreamProgress progress) => progress.Stage switch
    {
        DreamStage.Review => string.Create(CultureInfo.InvariantCulture, $"review      {progress.Sessions:n0} sessions, {progress.Events:n0} events"),
        DreamStage.Synthesise => string.Create(CultureInfo.InvariantCulture, $"synthesise  {progress.Sessions:n0} sessions, {progress.Events:n0} events"),
        DreamStage.Consult => "consult     the model",
        DreamStage.Curate => "curate      the memory",
        DreamStage.Gate => "gate        the changes",
        _ => throw new UnreachableException(),
    };

    private sealed class Bar(ProgressTask task, TranscriptReadTally tally) : IProgress<DreamProgress>
    {
        public void Report(DreamProgress value)
        {
            task.Description = Words(value);
            task.Value = tally.FileBytes;
        }
    }

    private sealed class Lines(CliContext context) : IProgress<DreamProgress>
    {
        private readonly Lock _gate = new();
        private DreamStage _stage;
        private long _last = context.Time.GetTimestamp();

        public void Report(DreamProgress value)
        {
            lock (_gate)
            {
                if (value.Stage == _stage && context.Time.GetElapsedTime(_last) < LineInterval) return;
                _stage = value.Stage;
                _last = context.Time.GetTimestamp();
                context.Streams.Error.WriteLine(Words(value));
            }
        }
    }
}
