using System.Globalization;
using System.Text;
using Reverie.Dreaming.Tests.Planted;
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
    public async Task A_lesson_is_not_written_below_a_memory()
    {
        var result = await Sleep.Over(Team.Harbour(), ("playbooks", "- A note with an unlucky name\n"));

        Assert.Equal("- A note with an unlucky name\n", result.Memory.Find("playbooks"));
        Assert.DoesNotContain(result.Memory.Texts.Keys, static p => p.StartsWith("playbooks/", StringComparison.Ordinal));
    }
}
