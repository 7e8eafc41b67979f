using Reverie.Cli.Sessions;
using Reverie.Cli.Terminal;
using Reverie.Evaluations;
using Reverie.Files;
using Reverie.Sessions;

namespace Reverie.Cli.Evaluations;

/// <summary>An evaluation of sessions that ran elsewhere and were judged there.</summary>
internal static class RecordedEvaluation
{
    public static async Task<int> RunAsync(CliContext context, IReadOnlyList<string> before, IReadOnlyList<string> after, TranscriptReadOptions options, string? reportPath, bool isJson, CancellationToken cancellationToken)
    {
        if (reportPath is not null && before.Concat(after).FirstOrDefault(file => FilePlaces.AreSame(file, reportPath)) is { } input)
            throw new BadInputException($"--report {reportPath}: is the session file {input}, which is only read; name another file");
        var sessions = new List<RecordedSession>();
        var unjudged = await ReadAsync(context, Arm.Before, before, options, sessions, cancellationToken) + await ReadAsync(context, Arm.After, after, options, sessions, cancellationToken);
        if (sessions.Count == 0) throw new BadInputException($"none of the {TallyView.Sessions(unjudged)} was judged, so nothing can be compared; a session is judged by its outcome, see docs/reference/formats.md");
        var report = new EvaluationReport
        {
            StartedAt = context.Time.GetUtcNow(),
            Before = new EvaluatedArm(string.Join(", ", before)),
            After = new EvaluatedArm(string.Join(", ", after)),
            Unjudged = unjudged,
            Trials = RecordedSession.Trials(sessions),
        };
        if (reportPath is not null) EvaluationFile.Save(reportPath, report);
        EvaluationView.Show(context, report, isJson);
        return ExitCode.Ok;
    }

    /// <returns>How many were not judged.</returns>
    private static async Task<int> ReadAsync(CliContext context, Arm arm, IReadOnlyList<string> files, TranscriptReadOptions options, List<RecordedSession> sessions, CancellationToken cancellationToken)
    {
        var tally = new TranscriptReadTally();
        var unjudged = 0;
        await foreach (var session in TranscriptFiles.ReadAsync(files, options, tally, cancellationToken))
        {
            using (session)
            {
                if (RecordedSession.Of(arm, session) is { } judged) sessions.Add(judged);
                else unjudged++;
            }
        }
        TallyView.WriteLeftOut(context, tally);
        return unjudged;
    }
}
