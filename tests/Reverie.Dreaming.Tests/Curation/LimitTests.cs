using System.Globalization;
using System.Text;
using Reverie.Dreaming.Tests.Planted;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Memory;

namespace Reverie.Dreaming.Tests.Curation;

/// <summary>The limits of the public contract hold whatever was learnt.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task A_full_store_gets_no_further_memory()
    {
        var memory = MemoryTree.Of(Enumerable.Range(0, MemoryLimits.MemoriesMax).Select(static i =>
            KeyValuePair.Create($"n/{i.ToString("0000", CultureInfo.InvariantCulture)}.md", $"- Bollard {i} stands {i * 7} paces from the lamp\n")));

        var result = await Sleep.Over(Team.Harbour(), memory, new DreamOptions());

        Assert.Equal(memory.Texts, result.Memory.Texts);
        Assert.NotEmpty(result.Report.Refused);
    }

    [Fact]
    public async Task A_full_memory_gets_no_further_section()
    {
        var full = "# When a call fails\n\n" + string.Concat(Enumerable.Range(0, 1_900).Select(i => $"- stone {i} {new string((char)('a' + (i % 26)), 30)} wall\n"));
        full += new string('x', MemoryLimits.ContentBytesMax - Encoding.UTF8.GetByteCount(full) - 1) + "\n";

        var result = await Sleep.Over(Team.Harbour(), ("playbooks/errors.md", full));

        Assert.Equal(full, result.Memory.Find("playbooks/errors.md"));
    }

    [Fact]
    public async Task An_agents_long_name_makes_no_path_that_file_systems_refuse()
    {
        var sessions = Team.Harbour().Concat(Team.Sessions(8, static (s, i) => s
            .Of(new string('ö', 300)).Fails("weigh_bread", $"{{'loaf':'{10 + i}.5'}}", "grams must be a whole number").Calls("weigh_bread", $"{{'loaf':'{10 + i}'}}", "weighed"), from: 30));

        var result = await Sleep.Over(sessions);

        result.Lesson(ChangeKind.Mistake, "weigh_bread");
        Assert.All(result.Memory.Texts.Keys, static path => Assert.Null(MemoryFileName.Problem(path)));
    }

    [Fact]
    public async Task A_lesson_is_not_written_below_a_memory()
    {
        var result = await Sleep.Over(Team.Harbour(), ("playbooks", "- A note with an unlucky name\n"));

        Assert.Equal("- A note with an unlucky name\n", result.Memory.Find("playbooks"));
        Assert.DoesNotContain(result.Memory.Texts.Keys, static p => p.StartsWith("playbooks/", StringComparison.Ordinal));
    }
}
