using FsCheck;
using FsCheck.Fluent;
using Reverie.Sessions.Hands;

namespace Reverie.Tests.Sessions.Hands;

/// <summary>What holds of every two changes of one text.</summary>
public sealed class LineMergeLaws
{
    private static readonly Gen<string> Texts = Gen.Select(Gen.Zip(Gen.ListOf(Gen.Elements("a", "b", "c", "", "\r", "ü")), Gen.Elements("", "\n")), static drawn => string.Join('\n', drawn.Item1) + drawn.Item2);

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(12);

    [Fact]
    public void What_only_one_side_changed_is_what_that_side_says() => Prop.ForAll(Texts.ToArbitrary(), Texts.ToArbitrary(), static (before, after) =>
    {
        Assert.Equal(after, LineMerge.Merge(before, after, before));
        Assert.Equal(after, LineMerge.Merge(before, before, after));
    }).Check(Many);

    [Fact]
    public void What_both_changed_alike_is_that() => Prop.ForAll(Texts.ToArbitrary(), Texts.ToArbitrary(), static (before, after) => Assert.Equal(after, LineMerge.Merge(before, after, after))).Check(Many);

    [Fact]
    public void It_does_not_matter_whose_change_is_whose() => Prop.ForAll(Texts.ToArbitrary(), Texts.ToArbitrary(), Texts.ToArbitrary(),
        static (before, mine, theirs) => Assert.Equal(LineMerge.Merge(before, mine, theirs), LineMerge.Merge(before, theirs, mine))).Check(Many);

    /// <summary>For each line of a text, all different: 0 leaves it, 1 and 3 change and remove it on one side, 2 and 4 on the other.</summary>
    [Fact]
    public void Changes_apart_from_each_other_are_both_there() => Prop.ForAll(Gen.ListOf(Gen.Choose(0, 4)).ToArbitrary(), static drawn =>
    {
        // A line that nobody touches lies between any two.
        var moves = drawn.SelectMany(static m => new[] { m, 0 }).ToList();
        Assert.Equal(Text(moves, 1, 2, 3, 4), LineMerge.Merge(Text(moves), Text(moves, 1, 3), Text(moves, 2, 4)));
    }).Check(Many);

    [Theory]
    [InlineData("1\n2\n3\n", "1\nx\n3\n", "1\ny\n3\n")]
    [InlineData("1\n2\n3\n", "1\nx\n3\n", "1\n2\ny\n")]
    [InlineData("1\n2\n3\n", "1\n3\n", "1\ny\n3\n")]
    [InlineData("1\n", "1\nx\n", "1\ny\n")]
    [InlineData("", "x", "y")]
    public void Changes_of_the_same_or_neighbouring_lines_are_left_to_be_looked_at(string before, string mine, string theirs) => Assert.Null(LineMerge.Merge(before, mine, theirs));

    private static string Text(List<int> moves, params int[] done) => string.Concat(moves.Select((move, i) => !done.Contains(move) || move == 0 ? $"line {i}\n" : move <= 2 ? $"changed {i}\n" : ""));
}
