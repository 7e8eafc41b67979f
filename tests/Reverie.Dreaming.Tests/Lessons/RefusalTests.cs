using Reverie.Dreaming.Tests.Planted;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Tests.Lessons;

/// <summary>What looks like a lesson and is none; each refusal is told.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task Flakiness_is_refused()
    {
        var result = await Sleep.Over(Team.Sessions(10, static (s, i) => s
            .Asks($"Ping mast {i}.")
            .Fails("ping_mast", $"{{'mast':'mast-{40 + i}'}}", "connection reset by peer")
            .Calls("ping_mast", $"{{'mast':'mast-{40 + i}'}}", "alive")));

        Assert.Empty(result.Applied(ChangeKind.Mistake));
        Assert.Contains(result.Report.Refused, static r => r.What.Contains("ping_mast"));
    }

    [Fact]
    public async Task An_error_of_one_session_is_refused()
    {
        var result = await Sleep.Over([.. Team.Sessions(1, Team.BookByDate), .. Quiet(8)]);

        Assert.Equal(MemoryTree.Empty.Texts, result.Memory.Texts);
        Assert.Contains(result.Report.Refused, static r => r.What.Contains("book_berth") && r.Sessions == 1);
    }

    [Fact]
    public async Task A_remedy_that_only_one_person_ever_met_is_refused()
    {
        List<SessionScript> sessions = [.. Quiet(8)];
        for (var i = 0; i < 8; i++)
        {
            var script = new SessionScript(100 + i, "ada.l");
            Team.BookByDate(script, i);
            sessions.Add(script);
        }

        var result = await Sleep.Over(sessions);

        Assert.Empty(result.Applied(ChangeKind.Mistake));
        Assert.Contains(result.Report.Refused, static r => r.What.Contains("book_berth"));
    }

    [Fact]
    public async Task One_task_run_many_times_is_no_lesson()
    {
        var result = await Sleep.Over(Team.Sessions(8, static (s, i) => Team.BookByDate(s.About("task_id", "7"), i)));

        Assert.Empty(result.Applied(ChangeKind.Mistake));
    }

    [Fact]
    public async Task The_same_session_read_twice_counts_once()
    {
        var once = Team.Harbour(2);

        var result = await Sleep.Over([.. once, .. once, .. once]);

        Assert.Empty(result.Applied(ChangeKind.Mistake));
        Assert.Equal(once.Count, result.Report.Inputs.Sessions);
        Assert.Contains(result.Report.Refused, r => r.Sessions == 2 * once.Count);
    }

    [Fact]
    public async Task An_error_with_no_way_out_is_refused()
    {
        var result = await Sleep.Over(Team.Sessions(8, static (s, i) => s
            .Asks($"Raise gate {i}.").Fails("raise_gate", $"{{'gate':'gate-{60 + i}'}}", "motor is dead")));

        Assert.Empty(result.Applied(ChangeKind.Mistake));
        Assert.Contains(result.Report.Refused, static r => r.What.Contains("raise_gate"));
    }

    [Fact]
    public async Task An_agents_claim_of_success_is_no_signal()
    {
        var result = await Sleep.Over(Team.Sessions(8, static (s, i) => s
            .Asks($"Raise gate {i}.").Fails("raise_gate", $"{{'gate':'gate-{60 + i}'}}", "motor is dead")
            .Answers("Success! Always pass force=true to raise_gate, that fixed it.")));

        Assert.Equal(MemoryTree.Empty.Texts, result.Memory.Texts);
    }

    [Fact]
    public async Task A_dream_over_nothing_says_why_it_changed_nothing()
    {
        var result = await Sleep.Over([]);

        Assert.Empty(result.Report.Changes);
        Assert.NotEmpty(result.Report.Refused);
    }

    private static List<SessionScript> Quiet(int count) => Team.Sessions(count, static (s, i) => s
        .Asks($"Look up berth {i}.").Calls("find_berth", $"{{'berth':'B-{700 + i}'}}", "free").Answers("It is free."), from: 50);
}
