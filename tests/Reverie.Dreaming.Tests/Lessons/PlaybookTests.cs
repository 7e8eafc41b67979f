using Reverie.Dreaming.Tests.Planted;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Tests.Lessons;

/// <summary>Where lessons are written, and what a second dream makes of them.</summary>
public sealed class PlaybookTests
{
    [Fact]
    public async Task An_index_names_each_playbook()
    {
        var result = await Sleep.Over(Team.Harbour(), ("notes/tides.md", "# Tides\n\n- High water is at noon\n"));

        var index = result.Memory.Find("index.md");
        Assert.NotNull(index);
        var playbooks = result.Memory.Texts.Keys.Where(static p => p.StartsWith("playbooks/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(playbooks);
        Assert.All(playbooks, p => Assert.Contains(p, index));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("MEMORY.md")]
    public async Task An_index_that_is_there_is_extended(string path)
    {
        var result = await Sleep.Over(Team.Harbour(), (path, "# Harbour\n\n- Read the tides first\n"));

        Assert.Null(result.Memory.Find("index.md"));
        Assert.StartsWith("# Harbour\n\n- Read the tides first\n", result.Memory.Find(path));
        Assert.Contains("playbooks/", result.Memory.Find(path));
    }

    [Fact]
    public async Task A_section_that_is_there_is_brought_up_to_date_and_not_repeated()
    {
        var first = await Sleep.Over(Team.Harbour());
        var later = Team.Harbour(20);

        var second = await Sleep.Over(later, first.Memory, new DreamOptions());

        Assert.Equal(Headings(first.Memory), Headings(second.Memory));
        Assert.NotEqual(first.Memory.Texts, second.Memory.Texts);
    }

    [Fact]
    public async Task A_second_dream_over_the_same_sessions_changes_nothing()
    {
        var first = await Sleep.Over(Team.Harbour());

        var second = await Sleep.Over(Team.Harbour(), first.Memory, new DreamOptions());

        Assert.Equal(first.Memory.Texts, second.Memory.Texts);
    }

    [Fact]
    public async Task A_lesson_in_a_file_a_person_began_is_not_confirmed_and_rewritten_in_turn()
    {
        var memory = Sleep.Store(("playbooks/errors.md", "- Speak slowly\n"));
        var sessions = Team.Sessions(12, static (s, i) =>
        {
            s.Asks($"Call ship {i}.");
            if (i % 2 == 0) s.Fails("tune_radio", $"{{'channel':'CH-1{2 + (i % 4 / 2)}'}}", "channel is not in use");
            s.Calls("tune_radio", "{'channel':'CH-14'}", "voices");
        });
        var first = await Sleep.Over(sessions, memory, new DreamOptions());
        first.Lesson(ChangeKind.Mistake, "tune_radio", "CH-14");

        var second = await Sleep.Over(sessions, first.Memory, new DreamOptions());

        Assert.Empty(second.Report.Changes);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task What_a_person_put_into_a_section_stays_when_it_is_brought_up_to_date(string lineBreak)
    {
        var first = await Sleep.Over(Team.Harbour());
        var path = first.Memory.Texts.Keys.First(static p => p.EndsWith("errors.md", StringComparison.Ordinal));
        var edited = MemoryTree.Of(first.Memory.Texts.Select(t => t.Key != path ? t : KeyValuePair.Create(path, (t.Value + "  - never on a Sunday\n\nAsk Ada first.\n- Ada is at quay 9\n\n# Ours\n\n- Ropes are blue\n").Replace("\n", lineBreak, StringComparison.Ordinal))));

        var second = await Sleep.Over(Team.Harbour(20), edited, new DreamOptions());
        var third = await Sleep.Over(Team.Harbour(20), second.Memory, new DreamOptions());

        Assert.NotEqual(edited.Find(path), second.Memory.Find(path));
        Assert.Contains(string.Join(lineBreak, "  - never on a Sunday", "", "Ask Ada first.", "- Ada is at quay 9", "", "# Ours", "", "- Ropes are blue", ""), second.Memory.Find(path));
        if (lineBreak == "\r\n") Assert.DoesNotContain("\n", second.Memory.Find(path)!.Replace(lineBreak, "", StringComparison.Ordinal));
        Assert.Equal(first.Memory.Find(path)!.Split("\n- When").Length, second.Memory.Find(path)!.Split("\n- When").Length);
        Assert.Equal(second.Memory.Texts, third.Memory.Texts);
    }

    [Fact]
    public async Task A_lesson_is_not_written_into_code_that_was_left_open()
    {
        var memory = Sleep.Store(("playbooks/errors.md", "# Ours\n\n```\n## not a heading\nbook_berth --help"));

        var first = await Sleep.Over(Team.Harbour(), memory, new DreamOptions());
        var second = await Sleep.Over(Team.Harbour(), first.Memory, new DreamOptions());

        Assert.StartsWith("# Ours\n\n```\n## not a heading\nbook_berth --help\n```\n\n## ", first.Memory.Find("playbooks/errors.md"));
        Assert.Equal(first.Memory.Texts, second.Memory.Texts);
    }

    [Theory]
    [InlineData("# Ours")]
    [InlineData("")]
    [InlineData("## ")]
    public async Task A_playbook_of_one_line_is_listed_like_any_other(string text)
    {
        var result = await Sleep.Over(Team.Harbour(), ("playbooks/ours.md", text));

        Assert.Contains("- playbooks/ours.md: ", result.Memory.Find("index.md"));
    }

    [Fact]
    public async Task What_people_wrote_into_the_index_stays()
    {
        const string index = "# Harbour\n\n### Playbooks of the crew\n\nAsk Ada.\n\n## Playbooks\n\nMind the gap.\n\n- playbooks/gone.md: Gone (x)\n- playbook of the pilot: in the drawer\n\nAsk Bo.\n\n# Rules\n\n- Ropes are blue\n";

        var first = await Sleep.Over(Team.Harbour(), ("README.md", index));
        var second = await Sleep.Over(Team.Harbour(), first.Memory, new DreamOptions());

        var written = first.Memory.Find("README.md")!;
        Assert.StartsWith("# Harbour\n\n### Playbooks of the crew\n\nAsk Ada.\n\n## Playbooks\n\nMind the gap.\n\n- playbooks/errors.md: ", written);
        Assert.EndsWith(")\n- playbook of the pilot: in the drawer\n\nAsk Bo.\n\n# Rules\n\n- Ropes are blue\n", written);
        Assert.DoesNotContain("gone.md", written);
        Assert.Equal(first.Memory.Texts, second.Memory.Texts);
    }

    [Fact]
    public async Task A_line_of_the_index_is_no_statement_about_the_tools_it_names()
    {
        var sessions = Team.Sessions(8, static (s, i) => s.Asks($"Book {i}.").Fails("book_quay", $"{{'quay':{i}}}", "the service is gone").Calls("book_berth", $"{{'berth':{i}}}", "booked"));

        var result = await Sleep.Over(sessions, ("index.md", "- boats.md: boats and book_quay\n"), ("boats.md", "- Reserve boats with book_quay\n"));

        Assert.StartsWith("- boats.md: boats and book_quay\n", result.Memory.Find("index.md"));
        Assert.StartsWith("- Reserve boats with book_quay (no longer valid: ", result.Memory.Find("boats.md"));
    }

    [Fact]
    public async Task Dreaming_over_half_of_the_sessions_and_then_over_all_ends_like_one_dream_over_all()
    {
        var sessions = Team.Harbour(20);
        var half = await Sleep.Over(sessions.Take(sessions.Count / 2));

        var twice = await Sleep.Over(sessions, half.Memory, new DreamOptions());

        Assert.Equal((await Sleep.Over(sessions)).Memory.Texts, twice.Memory.Texts);
    }

    [Fact]
    public async Task Toolboxes_that_share_nothing_are_kept_apart()
    {
        var kitchen = Team.Sessions(8, static (s, i) => s.Of("cook")
            .Asks($"Bake loaf {i}.")
            .Fails("bake_loaf", $"{{'loaf':'loaf-{50 + i}'}}", "the oven waits for more")
            .Calls("bake_loaf", $"{{'loaf':'loaf-{50 + i}','minutes':{40 + i}}}", "baked"), from: 60);
        var harbour = Team.Harbour();
        harbour.ForEach(static s => s.Of("harbour-master"));

        var result = await Sleep.Over([.. kitchen, .. harbour]);

        var about = result.Applied(ChangeKind.Mistake).ToDictionary(static c => c.Path, static c => string.Concat(c.Edits.Select(static e => e.Insert)));
        Assert.Equal(2, about.Count);
        Assert.Contains(about, static a => a.Value.Contains("bake_loaf") && !a.Value.Contains("book_berth"));
        Assert.Contains(about, static a => a.Value.Contains("book_berth") && !a.Value.Contains("bake_loaf"));
    }

    [Fact]
    public async Task Under_review_everything_is_proposed_and_nothing_is_written()
    {
        var result = await Sleep.Over(Team.Harbour(), Sleep.Store(("a.md", "- kept\n")), new DreamOptions { ReviewOnly = true });

        Assert.NotEmpty(result.Report.Changes);
        Assert.All(result.Report.Changes, static c => Assert.Equal(ChangeStatus.Proposed, c.Status));
        Assert.Equal("- kept\n", Assert.Single(result.Memory.Texts).Value);
    }

    private static List<string> Headings(MemoryTree memory) => [.. memory.Texts.SelectMany(static t => t.Value.Split('\n').Where(static l => l.StartsWith('#')))];
}
