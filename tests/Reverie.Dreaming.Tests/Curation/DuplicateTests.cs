using Reverie.Dreaming.Tests.Planted;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Tests.Curation;

/// <summary>Entries that say the same are made one; look-alikes stay.</summary>
public sealed class DuplicateTests
{
    private const string Other = "- The pilot boat leaves at dawn\n";

    [Theory]
    [InlineData("- Rain tank key is R-7", "- Rain tank key is R-7")]
    [InlineData("- Rain tank key is R-7", "- Rain tank key: R-7")]
    [InlineData("- Rain tank key is R-7", "- The key for the rain tank is R-7.")]
    [InlineData("- Rain tank key = R-7", "* the rain tank's key: **R-7**")]
    public async Task Two_entries_that_say_the_same_become_one(string one, string two)
    {
        var result = await Sleep.Over([], ("a.md", one + "\n" + Other), ("b.md", two + "\n- Ropes are sold by weight\n"));

        Assert.Single(Lines(result.Memory), static l => l.Contains("R-7"));
        Assert.NotEmpty(result.Applied(ChangeKind.Merge));
        Assert.Contains(Other, result.Memory.Find("a.md"));
        Assert.Contains("Ropes are sold by weight", result.Memory.Find("b.md"));
    }

    [Fact]
    public async Task Words_that_stand_in_many_entries_still_tell_one_thing_after_the_other_apart()
    {
        string[] rooms = ["oak den", "elm loft", "ash cellar", "fir attic", "yew hall", "bay porch", "may barn", "ivy shed", "fig stall", "rye garden"];
        var text = string.Concat(rooms.Select(static r => $"- The {r} on saturdays: closed\n- The {r} on sundays: closed\n"));

        var result = await Sleep.Over(Team.Harbour(), ("rooms.md", text));

        Assert.Equal(text, result.Memory.Find("rooms.md"));
    }

    [Fact]
    public async Task The_copy_with_more_detail_stays()
    {
        var result = await Sleep.Over([], ("a.md", "- Rain tank key is R-7\n" + Other), ("b.md", "- Rain tank key is R-7, in the blue drawer\n- Ropes are sold by weight\n"));

        Assert.Contains("blue drawer", Assert.Single(Lines(result.Memory), static l => l.Contains("R-7")));
    }

    [Theory]
    [InlineData("- Crate limit for herbs is 12", "- Crate limit for roses is 12")]
    [InlineData("- Crate limit is 12", "- Crate limit is 14")]
    [InlineData("- Gate 4 opens at six", "- Gate 5 opens at six")]
    [InlineData("- Divers may enter dock two", "- Divers may not enter dock two")]
    [InlineData("- From Malta to Cyprus by ferry 12", "- From Cyprus to Malta by ferry 21")]
    public async Task Look_alikes_stay(string one, string two)
    {
        var memory = Sleep.Store(("a.md", one + "\n" + Other), ("b.md", two + "\n- Ropes are sold by weight\n"));

        var result = await Sleep.Over([], memory, new DreamOptions());

        Assert.Equal(memory.Texts, result.Memory.Texts);
    }

    [Fact]
    public async Task A_memory_left_empty_is_deleted()
    {
        var result = await Sleep.Over([], Sleep.Store(("a.md", "- Rain tank key is R-7\n" + Other), ("b.md", "- Rain tank key is R-7\n"), ("c.md", Other.Replace("pilot", "mail")), ("d.md", "- Ropes are sold by weight\n")), new DreamOptions { DeleteShareMax = 1 });

        Assert.Single(Lines(result.Memory), static l => l.Contains("R-7"));
        Assert.DoesNotContain(result.Memory.Texts, static t => t.Value.Trim().Length == 0);
    }

    [Fact]
    public async Task A_name_without_a_telling_value_is_merged_like_any_other()
    {
        var result = await Sleep.Over([], ("a.md", "- Harbour gate bell: see there\n" + Other), ("b.md", "- Harbour gate bell: see there\n- Ropes are sold by weight\n"));

        Assert.Single(Lines(result.Memory), static l => l.Contains("bell"));
    }

    [Fact]
    public async Task Many_copies_are_still_copies()
    {
        var memory = MemoryTree.Of(Enumerable.Range(0, 12).Select(static i => KeyValuePair.Create($"n{i}.md", $"- Rain tank key is R-7\n- Post number {i} stands {i * 7} paces off\n")));

        var result = await Sleep.Over([], memory, new DreamOptions());

        Assert.Single(Lines(result.Memory), static l => l.Contains("R-7"));
    }

    [Fact]
    public async Task Merging_cites_both_memories()
    {
        var result = await Sleep.Over([], ("a.md", "- Rain tank key is R-7\n" + Other), ("b.md", "- Rain tank key is R-7\n- Ropes are sold by weight\n"));

        var merge = Assert.Single(result.Applied(ChangeKind.Merge));
        Assert.Equal(["a.md", "b.md"], merge.Evidence.Select(static e => e.Memory).Order());
    }

    [Fact]
    public async Task A_second_dream_finds_nothing_left_to_merge()
    {
        var first = await Sleep.Over([], ("a.md", "- Rain tank key is R-7\n- Dock cat is Otto\n" + Other), ("b.md", "- Rain tank key: R-7\n- Dock cat is Otto, a tabby\n- Ropes are sold by weight\n"));

        var second = await Sleep.Over([], first.Memory, new DreamOptions());

        Assert.Empty(second.Report.Changes);
    }

    private static List<string> Lines(MemoryTree memory) => [.. memory.Texts.SelectMany(static t => t.Value.Split('\n'))];
}
