using System.Globalization;
using FsCheck.Fluent;
using Reverie.Dreaming.Tests.Laws;
using Reverie.Dreaming.Tests.Planted;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Tests.Defence;

/// <summary>One dream takes away a bounded share of a store; the rest is for a person to decide.</summary>
public sealed class DeletionTests
{
    [Fact]
    public void Deletions_past_the_share_are_proposed()
    {
        var cases = Gen.Zip(Gen.Choose(2, 24), Gen.Elements(0, 0.1, 0.25, 0.5, 1.0));
        Law.Of(40, cases, drawn =>
        {
            var (copies, share) = drawn;
            var memory = MemoryTree.Of(Enumerable.Range(0, copies).Select(static i => KeyValuePair.Create($"n/{i.ToString("00", CultureInfo.InvariantCulture)}.md", "- Rain tank key is R-7\n"))
                .Append(KeyValuePair.Create("other.md", "- The pilot boat leaves at dawn\n")));

            var result = Sleep.Over([], memory, new DreamOptions { DeleteShareMax = share }).GetAwaiter().GetResult();

            var wanted = result.Report.Changes.Where(static c => c.Op == ChangeOp.Delete).ToList();
            Assert.Equal(copies - 1, wanted.Count);
            Assert.Equal(Math.Min(copies - 1, (int)(share * memory.Texts.Count)), wanted.Count(static c => c.Status == ChangeStatus.Applied));
            Assert.All(wanted, static c => Assert.True(c.Status is ChangeStatus.Applied or ChangeStatus.Proposed));
            Assert.Equal("- The pilot boat leaves at dawn\n", result.Memory.Find("other.md"));
        });
    }
}
