using System.Text.Json;
using System.Text.RegularExpressions;
using Reverie.Protocol.Sessions;

namespace Reverie.Evaluations;

/// <summary>What an evaluation keeps of a recorded session that somebody judged.</summary>
/// <param name="TaskId">The task the metadata name; null when they name none.</param>
/// <param name="ExternalId">Its id where it came from.</param>
public sealed partial record RecordedSession(Arm Arm, string Key, string? TaskId, string ExternalId, bool Satisfied, Measures Measures)
{
    /// <summary>Null for a session that nobody judged.</summary>
    public static RecordedSession? Of(Arm arm, SessionTranscript session)
    {
        if ((session.Outcome?.Satisfied ?? Judged(session)) is not { } satisfied) return null;
        var times = session.Events.Select(static e => e.ProcessedAt).OfType<DateTimeOffset>().ToList();
        return new RecordedSession(arm, session.Key,
            session.Metadata.GetValueOrDefault("task_id") ?? session.Metadata.GetValueOrDefault("task"), session.ExternalId, satisfied, new Measures
            {
                ToolCalls = session.Events.Count(static e => e.IsToolUse),
                Seconds = times.Count > 1 ? (times.Max() - times.Min()).TotalSeconds : null,
            });
    }

    /// <summary>
    /// The trials these sessions are. Sessions are of one task when the metadata say so, when they have one external id, or when their ids differ
    /// in a number at the end only: whichever of the three pairs most of them.
    /// </summary>
    public static IReadOnlyList<Trial> Trials(IReadOnlyList<RecordedSession> sessions)
    {
        Func<RecordedSession, string>[] namings = [static s => s.TaskId ?? s.Key, static s => s.ExternalId, static s => Stem(s.ExternalId)];
        var naming = namings.MaxBy(name => Paired(sessions, name))!;
        return [.. sessions.GroupBy(s => (s.Arm, Task: naming(s))).SelectMany(static g => g.OrderBy(static s => s.Key, StringComparer.Ordinal).Select((s, i) => new Trial
        {
            Task = g.Key.Task,
            Arm = g.Key.Arm,
            Number = i + 1,
            Session = s.Key,
            Success = s.Satisfied,
            Measures = s.Measures,
        }))];
    }

    private static bool? Judged(SessionTranscript session) => session.Events
        .Where(static e => e.Type == "span.outcome_evaluation_end" && e.Raw.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.String)
        .Select(static e => e.Raw.GetProperty("result").GetString() switch { "satisfied" => true, "failed" or "max_iterations_reached" => false, _ => (bool?)null })
        .LastOrDefault(static judged => judged is not null);

    /// <summary>How many sessions have one of the same name on the other side.</summary>
    private static int Paired(IReadOnlyList<RecordedSession> sessions, Func<RecordedSession, string> name) => sessions
        .GroupBy(name, StringComparer.Ordinal).Where(static g => g.Any(static s => s.Arm == Arm.Before) && g.Any(static s => s.Arm == Arm.After)).Sum(static g => g.Count());

    private static string Stem(string externalId) => NumberAtEnd().Replace(externalId, "");

    [GeneratedRegex(@"(?<=.)[-_./#:](?:trial|run|attempt|try|seed|t|r)?[-_.]?\d+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NumberAtEnd();
}
