using System.Globalization;
using Reverie.Dreaming.Tests.Planted;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Tests.Lessons;

/// <summary>Ways of working that succeed.</summary>
public sealed class WorkflowTests
{
    private static List<SessionScript> Dispatches(int count = 36) => Team.Sessions(count, static (s, i) =>
    {
        var good = i % 3 != 2;
        var crate = string.Create(CultureInfo.InvariantCulture, $"{{'crate':'crate-{100 + i}'}}");
        s.Asks($"Dispatch crate {100 + i}.").Calls("open_order", crate, "opened");
        if (good) s.Calls("weigh_crate", crate, "weighed");
        s.Calls("print_label", crate, "printed");
        // Friendly, more frequent where things went well, and beside the point.
        if (good ? i % 4 != 0 : i % 9 == 2) s.Calls("greet_crew", crate, "hello");
        s.Calls("load_crate", crate, "loaded").Judged(good);
    });

    [Fact]
    public async Task Steps_of_satisfied_sessions_are_told_in_order_with_the_one_that_decides()
    {
        var result = await Sleep.Over(Dispatches());

        var lesson = result.Lesson(ChangeKind.Workflow, "open_order", "weigh_crate", "print_label", "load_crate");
        var places = new[] { "open_order", "weigh_crate", "print_label", "load_crate" }.Select(t => lesson.IndexOf(t, StringComparison.Ordinal)).ToList();
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public async Task A_step_that_merely_goes_with_success_is_left_out()
    {
        var result = await Sleep.Over(Dispatches());

        Assert.DoesNotContain("greet_crew", result.Lesson(ChangeKind.Workflow, "weigh_crate"));
    }

    [Fact]
    public async Task A_long_way_of_working_needs_no_more_sessions_than_a_short_one()
    {
        string[] kept = ["open_order", "pick_goods", "check_goods", "weigh_crate", "seal_crate", "print_label", "load_crate"];
        string[] swapped = ["open_order", "pick_goods", "check_goods", "seal_crate", "weigh_crate", "print_label", "load_crate"];

        var result = await Sleep.Over(Team.Sessions(12, (s, i) =>
        {
            s.Asks($"Dispatch crate {100 + i}.");
            foreach (var step in i % 4 == 3 ? swapped : kept) s.Calls(step, $"{{'crate':'crate-{100 + i}'}}", "done");
            s.Judged(i % 4 != 3);
        }));

        result.Lesson(ChangeKind.Workflow, "`weigh_crate` has to come before `seal_crate`");
    }

    [Fact]
    public async Task What_decides_about_another_routine_is_told_with_that_one_only()
    {
        var result = await Sleep.Over(Team.Sessions(36, static (s, i) =>
        {
            var good = i % 3 != 2;
            var crate = $"{{'crate':'crate-{100 + i}'}}";
            s.Asks($"Dispatch crate {100 + i}.").Calls("open_order", crate, "opened");
            if (good) s.Calls("weigh_crate", crate, "weighed");
            s.Calls("print_label", crate, "printed");
            if (i % 2 == 0) s.Calls("check_law", crate, "read").Calls("publish_list", crate, "out").Calls("read_list", crate, "there");
            s.Calls("load_crate", crate, "loaded").Judged(good);
        }));

        Assert.Single(result.Applied(ChangeKind.Workflow));
    }

    [Fact]
    public async Task Without_verdicts_there_is_no_way_of_working()
    {
        var result = await Sleep.Over(Team.Sessions(30, static (s, i) => s
            .Asks($"Dispatch crate {i}.").Calls("open_order", $"{{'crate':'crate-{i}'}}", "opened")
            .Calls("print_label", $"{{'crate':'crate-{i}'}}", "printed").Calls("load_crate", $"{{'crate':'crate-{i}'}}", "loaded").Answers("All done, a full success.")));

        Assert.Empty(result.Applied(ChangeKind.Workflow));
    }
}
