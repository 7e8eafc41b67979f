using System.Text;
using Reverie.Evaluations;
using Reverie.Protocol.Sessions;

namespace Reverie.Tests.Evaluations;

public sealed class RecordedSessionTests
{
    [Fact]
    public void The_metadata_name_the_task()
    {
        var trials = Trials((Arm.Before, "x/1", """, "metadata":{"task_id":"7"}, "outcome":{"result":"failed"}"""), (Arm.After, "y/2", """, "metadata":{"task":"7"}, "outcome":{"result":"satisfied"}"""));

        Assert.Equal([("7", Arm.Before, false), ("7", Arm.After, true)], trials.Select(static t => (t.Task, t.Arm, t.Success)));
    }

    [Fact]
    public void Equal_ids_are_one_task_where_the_metadata_name_none()
    {
        var trials = Trials((Arm.Before, "task-1", Satisfied), (Arm.Before, "task-2", Satisfied), (Arm.After, "task-1", Satisfied), (Arm.After, "task-2", Satisfied));

        Assert.Equal(["task-1", "task-2"], trials.Select(static t => t.Task).Distinct().Order());
    }

    [Fact]
    public void Ids_that_differ_in_a_number_at_the_end_are_trials_of_one_task()
    {
        var trials = Trials((Arm.Before, "refund/trial-0", Satisfied), (Arm.Before, "refund/trial-1", Satisfied), (Arm.After, "refund/trial-2", Satisfied));

        Assert.Equal([("refund", 1), ("refund", 2), ("refund", 1)], trials.Select(static t => (t.Task, t.Number)));
    }

    [Fact]
    public void The_last_judgement_of_the_log_counts_where_there_is_no_outcome()
    {
        const string log = """, "events":[{"type":"span.outcome_evaluation_end","result":"needs_revision"},{"type":"span.outcome_evaluation_end","result":"max_iterations_reached"}]""";

        Assert.False(Recorded(Arm.After, "a", log)!.Satisfied);
    }

    [Fact]
    public void A_session_that_nobody_judged_is_none() => Assert.Null(Recorded(Arm.Before, "a", ""));

    [Fact]
    public void What_the_log_tells_is_measured()
    {
        const string log = """
            , "outcome":{"result":"satisfied"}, "events":[{"type":"user.message","processed_at":"2026-01-01T00:00:00Z"},
            {"type":"agent.tool_use","id":"u","name":"bash","input":{},"processed_at":"2026-01-01T00:00:02.5Z"}]
            """;

        Assert.Equal(new Measures { ToolCalls = 1, Seconds = 2.5 }, Recorded(Arm.After, "a", log)!.Measures);
    }

    private const string Satisfied = """, "outcome":{"result":"satisfied"}""";

    private static IReadOnlyList<Trial> Trials(params (Arm Arm, string Id, string Log)[] sessions) => RecordedSession.Trials([.. sessions.Select(static s => Recorded(s.Arm, s.Id, s.Log)!)]);

    private static RecordedSession? Recorded(Arm arm, string id, string log)
    {
        var events = log.Contains("\"events\"", StringComparison.Ordinal) ? "" : ", \"events\":[]";
        using var session = SessionTranscript.Parse(Encoding.UTF8.GetBytes($$"""{"external_id":"{{id}}","source":"{{arm}}","agent":"a","created_at":"2026-01-01T00:00:00Z"{{log.ReplaceLineEndings(" ")}}{{events}}}"""));
        return RecordedSession.Of(arm, session);
    }
}
