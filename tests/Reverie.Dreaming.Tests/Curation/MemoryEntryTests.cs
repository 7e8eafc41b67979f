using Reverie.Dreaming.Curation;

namespace Reverie.Dreaming.Tests.Curation;

/// <summary>Where a memory is cut, and what of an entry gives way to another value.</summary>
public sealed class MemoryEntryTests
{
    [Theory]
    [InlineData("At most 10 boats in bay 101", "10", "20", "At most 20 boats in bay 101")]
    [InlineData("2024-10-10: at most 10 boats", "10", "20", "2024-10-10: at most 20 boats")]
    [InlineData("10 boats at 10.5 knots, never 1,10", "10", "20", "20 boats at 10.5 knots, never 1,10")]
    [InlineData("Slot B-10 holds 10; 10 is full", "10", "20", "Slot B-10 holds 20; 10 is full")]
    [InlineData("A 10-minute wait", "10", "20", "A 20-minute wait")]
    [InlineData("north,10", "10", "20", "north,20")]
    [InlineData("old.example, not api.old.example", "old.example", "new.example", "new.example, not api.old.example")]
    [InlineData("https://old.example/v1 or old.example", "old.example", "$0.example", "https://$0.example/v1 or $0.example")]
    public void A_value_gives_way_where_it_stands_alone(string statement, string surface, string value, string expected) =>
        Assert.Equal(expected, Entry(statement).With(surface, value));

    [Fact]
    public void A_value_is_found_as_it_is_written() => Assert.Equal("Five  working-days", Entry("Reply within Five  working-days").SurfaceOf(["five", "working", "days"]));

    [Theory]
    [InlineData("- Quay\n  - deep\n\nA word on pilots.\n\n  - aboard by noon\n", "aboard by noon", "")]
    [InlineData("- Quay\n  - deep\n\n| a | b |\n  - aboard by noon\n", "aboard by noon", "")]
    [InlineData("# Port\n- Quay\n  - deep\n", "deep", "Quay")]
    [InlineData("# Port\n- Quay\n- Mole\n", "Mole", "Port")]
    public void An_entry_is_named_by_the_bullet_it_stands_under(string text, string entry, string heading) =>
        Assert.Equal(heading, Assert.Single(MemoryEntries.Of("a.md", text), e => e.Text == entry).Heading);

    private static MemoryEntry Entry(string statement) => Assert.Single(MemoryEntries.Of("a.txt", statement));
}
