using Reverie.Dreaming.Review;
using Reverie.Dreaming.Synthesis;

namespace Reverie.Dreaming.Tests.Synthesis;

/// <summary>Failures known by the dress in which an environment hands them out.</summary>
public sealed class FailureMarksTests
{
    [Theory]
    [InlineData("""{"ok":false,"problem":{"text":"$"}}""", """{"ok":true,"data":{"text":"$"}}""")]
    [InlineData("state: refused\nwhy: $", "state: done\nreply: $")]
    [InlineData("Request declined [PMS-412]: $", "Request granted [PMS-200]: $")]
    [InlineData("TYPE=E ID=ZMM NO=042 TEXT=\"$\"", "TYPE=S ID=ZMM NO=007 TEXT=\"$\"")]
    [InlineData("result,detail\nREJ-02,$", "result,detail\nOK,$, as asked")]
    [InlineData("Outcome: not done\nDetail: $", "Outcome: done\nDetail: $")]
    [InlineData("| outcome | detail |\n|---|---|\n| NO GO | $ |", "| outcome | detail |\n|---|---|\n| ok | $ |")]
    public void An_answer_in_the_dress_of_flagged_failures_is_one(string failure, string success)
    {
        var failed = Ask("light", failure.Replace("$", "the lamp is out"), fails: false);
        var worked = Ask("light", success.Replace("$", "the lamp is on"), fails: false);

        var marks = Learn((tool, i) => (i % 2 == 0, (i % 2 == 0 ? failure : success).Replace("$", $"{tool} says {i}")), failed, worked);

        Assert.True(marks.Marks(failed));
        Assert.False(marks.Marks(worked));
    }

    [Fact]
    public void A_field_that_tells_how_calls_ended_is_believed_though_most_failures_were_not_flagged()
    {
        var failed = Ask("light", """{"status":"DECLINED","reason":"the lamp is out"}""", fails: false);

        var marks = Learn(static (tool, i) => (i == 0, $$"""{"status":"{{(i < 3 ? "DECLINED" : "COMPLETE")}}","note":"{{tool}} says so"}"""), 12, failed);

        Assert.True(marks.Marks(failed));
    }

    [Fact]
    public void Where_a_field_tells_that_a_call_went_well_no_other_dress_speaks_against_it()
    {
        var worked = Ask("light", """{"status":"COMPLETE","notes":[]}""", fails: false);

        // Nearly only failures come with notes.
        var marks = Learn(static (tool, i) => (i < 4, i < 4 ? """{"status":"DECLINED","notes":["no"]}""" : $$"""{"status":"COMPLETE","at":"{{tool}}"}"""), 12, worked);

        Assert.False(marks.Marks(worked));
    }

    [Fact]
    public void What_one_tool_says_when_it_fails_marks_no_failure_of_others()
    {
        var counted = Ask("count", "balance: 12 euros", fails: false);

        Assert.False(Learn(static (tool, i) => (tool == "weigh", $"balance: {tool} {i}"), counted).Marks(counted));
    }

    private static FailureMarks Learn(Func<string, int, (bool Fails, string Answer)> answer, params Step[] more) => Learn(answer, 6, more);

    private static FailureMarks Learn(Func<string, int, (bool Fails, string Answer)> answer, int calls, params Step[] more)
    {
        var steps = new List<Step>(more);
        foreach (var tool in (string[])["weigh", "count", "label", "store"])
        {
            for (var i = 0; i < calls; i++)
            {
                var (fails, said) = answer(tool, i);
                steps.Add(Ask(tool, said, fails));
            }
        }
        return new FailureMarks(steps);
    }

    private static Step Ask(string tool, string answer, bool fails) => new SessionDraft("s").Call(tool, new { x = 1 }, answer, fails).Review().Steps[0];
}
