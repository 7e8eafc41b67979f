using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Reverie.Dreaming.Curation;
using Reverie.Dreaming.Tests.Planted;

namespace Reverie.Dreaming.Tests.Laws;

/// <summary>Memories are cut into entries, edited entry by entry, and put together again exactly.</summary>
public sealed partial class EntryLaws
{
    private static readonly Gen<string> Lines = Gen.Elements(
        "# Heading", "## Sub heading", "Setext", "=====", "-----", "", "", "   ", "- bullet", "* star bullet", "+ plus", "1. first", "12) twelfth", "  continued", "\tcontinued by tab", "plain paragraph",
        "more of it", "| a | b |", "| --- | --- |", "|---|", "```", "```csharp", "~~~", "---", "title: front", "key = value", "- é 😀 \u200b", "trailing  ", "> quoted", "- bullet", "•  odd bullet", "\uFEFF- marked");

    private static readonly Gen<(string Path, string Text)> Memories =
        from lines in Gen.ListOf(Lines)
        from front in Gen.Choose(0, 5)
        from crlf in Gen.Choose(0, 2)
        from end in Gen.Choose(0, 2)
        from bom in Gen.Choose(0, 5)
        from path in Gen.Elements("a.md", "b.txt", "notes/c.markdown", "d")
        let breaks = crlf == 0 ? "\r\n" : "\n"
        let all = front == 0 ? lines.Prepend("title: x").Prepend("---") : lines
        select (path, (bom == 0 ? "\uFEFF" : "") + string.Join(breaks, all) + (end == 0 ? "" : breaks));

    [Fact]
    public void Entries_stand_in_order_and_never_overlap()
    {
        Law.Of(500, Memories, static memory =>
        {
            var at = 0;
            foreach (var entry in MemoryEntries.Of(memory.Path, memory.Text))
            {
                Assert.InRange(entry.Start, at, memory.Text.Length);
                Assert.Equal(entry.Marker + entry.Text, memory.Text.Substring(entry.Start, entry.Length));
                Assert.False(string.IsNullOrWhiteSpace(entry.Text));
                at = entry.Start + entry.Length;
            }
        });
    }

    [Theory]
    [InlineData("---\ntitle: x\ntags: [a, b]\nsaid:\n  - y\n# why\n\nkey: z\n---\n", "---\ntitle: x")]
    [InlineData("\uFEFF---\r\ntitle: x\r\n...\r\n", "---\r\ntitle: x\r\n")]
    public void Fields_in_front_of_a_memory_are_no_entries_once_they_are_closed(string closed, string open)
    {
        Assert.Equal("- fact", Assert.Single(MemoryEntries.Of("a.md", closed + "- fact")) is var only ? only.Marker + only.Text : "");
        Assert.Contains(MemoryEntries.Of("a.md", open + "\n- fact"), static e => e.Text == "fact");
    }

    [Fact]
    public void Between_entries_there_is_nothing_but_structure()
    {
        Law.Of(500, Memories, static memory =>
        {
            // What the fields in front hold is said by another law.
            var rest = memory.Text.ToCharArray();
            if (memory.Text.TrimStart('\uFEFF').StartsWith("---", StringComparison.Ordinal)) return;
            foreach (var entry in MemoryEntries.Of(memory.Path, memory.Text)) Array.Fill(rest, '\n', entry.Start, entry.Length);
            var lines = new string(rest).Split('\n').Select(static l => l.TrimEnd('\r')).ToList();
            for (var i = 0; i < lines.Count; i++)
                Assert.True(Structure().IsMatch(lines[i]) || lines.Skip(i).TakeWhile(static l => l.Trim().Length > 0).Any(static l => Underline().IsMatch(l)), lines[i]);
        });
    }

    [Theory]
    [InlineData("The pilot boat leaves at dawn\n\n---\n\nRopes are sold by weight\n")]
    [InlineData("- The pilot boat leaves at dawn\n---\n- Ropes are sold by weight\n")]
    public void A_rule_across_the_page_is_no_heading(string text)
    {
        Assert.Contains(MemoryEntries.Of("a.md", text), static e => e.Text == "The pilot boat leaves at dawn");
    }

    [Fact]
    public void A_line_under_a_paragraph_makes_it_a_heading() =>
        Assert.Equal("Boats", Assert.Single(MemoryEntries.Of("a.md", "Boats\n-----\n\n- The pilot boat leaves at dawn\n")).Heading);

    [Fact]
    public void Replacing_an_entry_leaves_every_other_byte()
    {
        Law.Of(300, Memories, static memory =>
        {
            foreach (var entry in MemoryEntries.Of(memory.Path, memory.Text))
            {
                var draft = new Draft(Sleep.Store(memory));
                if (draft.Relocate(entry) != entry) continue;
                Assert.NotNull(EntryEdits.Replace(draft, entry, "said anew"));
                Assert.Equal(memory.Text[..entry.Start] + entry.Marker + "said anew" + memory.Text[(entry.Start + entry.Length)..], draft.Find(memory.Path));
            }
        });
    }

    [Fact]
    public void Removing_an_entry_leaves_every_other_entry()
    {
        Law.Of(300, Memories, static memory =>
        {
            var entries = MemoryEntries.Of(memory.Path, memory.Text);
            foreach (var entry in entries)
            {
                var draft = new Draft(Sleep.Store(memory));
                if (draft.Relocate(entry) != entry || EntryEdits.Remove(draft, entry) is null) continue;
                var left = draft.Find(memory.Path);
                if (left is null) Assert.Single(entries);
                else foreach (var other in entries.Where(e => e != entry)) Assert.Contains(other.Marker + other.Text, left);
            }
        });
    }

    [Fact]
    public void Undoing_the_last_change_restores_the_store_exactly()
    {
        var edits = Gen.ListOf(Gen.Zip(Gen.Choose(0, 2), Gen.Zip(Gen.Elements("a.md", "b.txt", "c.md"), Memories)));
        Law.Of(200, edits, static drawn =>
        {
            var draft = new Draft(Sleep.Store(("a.md", "- one\r\n- two"), ("b.txt", "")));
            foreach (var (what, (path, memory)) in drawn)
            {
                var before = draft.Texts.ToList();
                if (what == 0 && draft.Find(path) is null) continue;
                var change = what == 0 ? draft.Delete(path) : draft.Write(path, memory.Text);
                draft.Undo(change);
                Assert.Equal(before, draft.Texts.ToList());
                if (what == 2) draft.Write(path, memory.Text);
            }
        });
    }

    /// <summary>Headings, blank lines, rules across the page and of tables, and the text above an underline.</summary>
    [GeneratedRegex(@"^\uFEFF?\s*(?:#{1,6}\s.*|[=-]{3,}|\|[\s:|-]+\|?)?$")]
    private static partial Regex Structure();

    [GeneratedRegex(@"^\s*(?:={3,}|-{3,})\s*$")]
    private static partial Regex Underline();
}
