using System.Globalization;
using Reverie.Dreaming.Tests.Planted;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Tests.Defence;

/// <summary>Nobody becomes several witnesses by being heard several times, under several names or with a forged date.</summary>
public sealed class IndependenceTests
{
    private const string Settings = "# Settings\n\n- Log retention: 14 days\n- Quiet hours: 22 to 6\n";

    [Theory]
    [InlineData("Solo")]
    [InlineData("Solo", "solo ", "SOLO", "So\u200blo")]
    public async Task What_all_sessions_of_one_person_teach_is_proposed(params string[] spellings)
    {
        var result = await Sleep.Over(By(spellings));

        Assert.Empty(result.Memory.Texts);
        var lesson = Assert.Single(result.Report.Changes, static c => c.Kind == ChangeKind.Mistake);
        Assert.Equal((ChangeStatus.Proposed, 1), (lesson.Status, lesson.Support!.Principals));
        Assert.Contains("one person's", lesson.Rationale);
    }

    [Fact]
    public async Task What_one_of_several_people_bears_out_alone_is_no_lesson()
    {
        var result = await Sleep.Over(By("Solo").Take(6).Concat(Enumerable.Range(7, 4).Select(static n => new SessionScript(n, "Duo").Asks("Good morning.").Calls("book_berth", $"{{'berth':'B-{n}','date':'2024-06-01'}}", "reserved"))));

        Assert.DoesNotContain(result.Report.Changes, static c => c.Kind == ChangeKind.Mistake);
        Assert.Contains(result.Report.Refused, static r => r.Reason.Contains("too few independent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_names_are_two_witnesses()
    {
        (await Sleep.Over(By("Solo", "Duo"))).Lesson(ChangeKind.Mistake, "book_berth");
    }

    [Fact]
    public async Task Copies_of_a_session_under_other_names_are_one_session()
    {
        var result = await Sleep.Over(Enumerable.Range(0, 8).Select(static i => Told(3).Named($"copy-{i.ToString(CultureInfo.InvariantCulture)}").About("run", $"{i}")));

        Assert.Empty(result.Report.Changes);
        Assert.Equal(1, result.Report.Inputs.Sessions);
        Assert.Contains(result.Report.Refused, static r => r.Sessions == 7);
    }

    [Fact]
    public async Task What_happened_again_word_for_word_is_one_witness_and_stays_in_the_numbers()
    {
        var again = Enumerable.Range(0, 8).Select(static i => Told(3).Named($"trial-{i.ToString(CultureInfo.InvariantCulture)}").Begins(new DateTimeOffset(2024, 6, 1 + i, 9, 0, 0, TimeSpan.Zero))).ToList();
        List<SessionScript> others = [Told(4), Told(5)];

        Assert.Empty((await Sleep.Over(again)).Report.Changes);
        var lesson = (await Sleep.Over([.. again, .. others])).Lesson(ChangeKind.Mistake, "book_berth");

        Assert.Contains("seen in 10 sessions", lesson);
    }

    [Fact]
    public async Task Two_sessions_copied_into_other_sources_are_two()
    {
        var copies = Enumerable.Range(0, 6).Select(static i =>
        {
            var script = new SessionScript(1 + i, Team.People[i % 2]).Of("helper", $"source-{i / 2}");
            Team.BookByDate(script, i % 2);
            return script;
        });

        Assert.Empty((await Sleep.Over(copies)).Report.Changes);
    }

    [Fact]
    public async Task A_correction_that_one_person_bears_out_is_proposed()
    {
        var result = await Sleep.Over(Reports(static _ => "Solo"), ("settings.md", Settings));

        var change = Assert.Single(result.Report.Changes, static c => c.Kind == ChangeKind.Stale);
        Assert.Equal(ChangeStatus.Proposed, change.Status);
        Assert.Equal(Settings, result.Memory.Find("settings.md"));
    }

    [Theory]
    [InlineData("web_fetch", "{'address':'page-4'}")]
    [InlineData("read_inbox", "{'folder':'today'}")]
    [InlineData("bash", "{'command':'curl -s https://example.org/settings'}")]
    public async Task A_correction_read_where_anybody_writes_is_proposed(string tool, string input)
    {
        var result = await Sleep.Over(Team.Sessions(8, (s, i) => s.Asks($"Look up {i}.").Calls(tool, input, "log retention = 0 days")), ("settings.md", Settings));

        var change = Assert.Single(result.Report.Changes, static c => c.Kind == ChangeKind.Stale);
        Assert.Equal(ChangeStatus.Proposed, change.Status);
        Assert.Equal(Settings, result.Memory.Find("settings.md"));
    }

    [Fact]
    public async Task A_page_does_not_outvote_the_environment()
    {
        var result = await Sleep.Over(Team.Sessions(8, static (s, i) => s.Asks($"Look up {i}.")
            .Calls("show_setting", $"{{'n':{i}}}", "log retention = 30 days").Calls("web_fetch", "{'address':'page-4'}", "log retention = 0 days")), ("settings.md", Settings));

        Assert.Contains("Log retention: 30 days", result.Memory.Find("settings.md"));
    }

    [Fact]
    public async Task Sessions_dated_far_beyond_the_others_do_not_say_what_holds_now()
    {
        var sessions = Reports(static i => Team.People[i % 4]);
        for (var i = 0; i < 3; i++)
            sessions.Add(new SessionScript(90 + i, Team.People[i]).Begins(new DateTimeOffset(2999, 1, 1 + i, 9, 0, 0, TimeSpan.Zero)).Calls("show_setting", $"{{'n':{i}}}", "log retention = 0 days"));

        var result = await Sleep.Over(sessions, ("settings.md", Settings));

        Assert.Contains("Log retention: 30 days", result.Memory.Find("settings.md"));
        Assert.Contains(result.Report.Refused, static r => r.Sessions == 3 && r.What.Contains("dated", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_year_without_sessions_is_no_forged_date()
    {
        var sessions = Reports(static i => Team.People[i % 4]);
        for (var i = 0; i < 3; i++)
            sessions.Add(new SessionScript(90 + i, Team.People[i]).Begins(new DateTimeOffset(2025, 4, 1 + i, 9, 0, 0, TimeSpan.Zero)).Calls("show_setting", $"{{'n':{i}}}", "log retention = 60 days"));

        Assert.Contains("Log retention: 60 days", (await Sleep.Over(sessions, ("settings.md", Settings))).Memory.Find("settings.md"));
    }

    [Theory]
    [InlineData(12, 0.25, 4)]
    [InlineData(40, 0.25, 10)]
    [InlineData(40, 0.5, 20)]
    [InlineData(40, 0, 0)]
    public async Task One_dream_replaces_a_bounded_share_of_the_entries(int entries, double share, int replaced)
    {
        var words = Enumerable.Range(0, entries).Select(static i => $"{(char)('a' + i / 26)}{(char)('a' + i % 26)}ron").ToList();
        var memory = Sleep.Store(("doors.md", string.Concat(words.Select(static w => $"- Door {w}: code {w}-OLD\n"))));
        var sessions = Team.Sessions(6, (s, _) => words.ForEach(w => s.Calls("show_door", $"{{'door':'{w}'}}", $"door {w} = code {w}-NEW")));

        var result = await Sleep.Over(sessions, memory, new DreamOptions { ReplaceShareMax = share });

        var corrections = result.Report.Changes.Where(static c => c.Kind == ChangeKind.Stale).ToList();
        Assert.Equal(entries, corrections.Count);
        Assert.Equal(replaced, corrections.Count(static c => c.Status == ChangeStatus.Applied));
        Assert.All(corrections.Skip(replaced), static c => Assert.Equal(ChangeStatus.Proposed, c.Status));
    }

    [Theory]
    [InlineData("bash", "{'command':'cat notes/settings.md'}", "log retention = 30 days")]
    [InlineData("read_note", "{'file':'/home/agent/kept/notes/settings.md'}", "log retention = 30 days")]
    [InlineData("recall", "{'about':'logs'}", "- Log retention: 30 days")]
    [InlineData("recall", "{'about':'logs'}", "Log retention: 30 days")]
    [InlineData("recall", "{'about':'all'}", "# Settings\n\n- Log retention: 30 days\n- Quiet hours: 22 to 6\n")]
    public async Task Memory_read_back_under_any_path_is_no_evidence(string tool, string input, string answer)
    {
        var result = await Sleep.Over(Team.Sessions(8, (s, i) => s.Asks($"Check setting {i}.").Calls(tool, input, answer)),
            ("notes/settings.md", "# Settings\n\n- Log retention: 30 days\n- Quiet hours: 22 to 6\n"), ("old.md", "- Log retention: 14 days\n"));

        Assert.Empty(result.Report.Changes);
    }

    [Fact]
    public async Task A_wish_needs_as_many_people_as_a_lesson()
    {
        string[] worded = ["Please always quote prices in euros.", "Quote prices in euros, never in dollars.", "I want every price quoted in euros.", "Prices in euros as always, please."];
        var sessions = Team.Sessions(8, (s, i) => s.Asks($"Quote crate {40 + i}.").Calls("quote_price", $"{{'crate':'C-{40 + i}'}}", "quoted").Answers("There.").Asks(worded[i % worded.Length]).Answers("Noted."));

        (await Sleep.Over(sessions, MemoryTree.Empty, new DreamOptions { PrincipalsMin = 4 })).Lesson(ChangeKind.Preference, "euros");
        var result = await Sleep.Over(sessions, MemoryTree.Empty, new DreamOptions { PrincipalsMin = 5 });

        Assert.Empty(result.Applied(ChangeKind.Preference));
    }

    private static IEnumerable<SessionScript> By(params string[] names) => Enumerable.Range(0, 8).Select(i =>
    {
        var script = new SessionScript(1 + i, names[i % names.Length]);
        Team.BookByDate(script, i);
        return script;
    });

    private static SessionScript Told(int number)
    {
        var script = new SessionScript(number);
        Team.BookByDate(script, number);
        return script;
    }

    private static List<SessionScript> Reports(Func<int, string> person) => [.. Enumerable.Range(0, 8)
        .Select(i => new SessionScript(1 + i, person(i)).Asks($"Check setting {i}.").Calls("show_setting", $"{{'n':{i}}}", "log retention = 30 days"))];
}
