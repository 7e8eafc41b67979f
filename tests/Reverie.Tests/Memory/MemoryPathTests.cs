using Reverie.Protocol.Memory;

namespace Reverie.Tests.Memory;

/// <summary>Two spellings that look the same are one path: only normal form C is taken.</summary>
public sealed class MemoryPathTests
{
    [Theory]
    [InlineData("a\u0323\u0308x")] // No composite of all three; the one of the first two is written as one.
    [InlineData("e\u0301")]
    [InlineData("\u1ea5\u0323")] // The dot below belongs before the accents above.
    [InlineData("q\u0307\u0323")] // Nothing composes, but the marks are out of order.
    [InlineData("\u1112\u1161\u11ab")]
    [InlineData("\ud558\u11ab")]
    [InlineData("\u212b")] // The unit sign of ångström.
    [InlineData("\u0958")] // Composites that the form takes apart.
    [InlineData("\ufb1d")]
    [InlineData("\U0002f800")]
    [InlineData("\ud834\udd5e")]
    [InlineData("\u0b95\u0bc6\u0bbe")]
    public void A_path_in_another_form_is_refused(string segment) =>
        Assert.Equal("is not in Unicode normal form C", MemoryPath.Problem("notes/" + segment));

    [Theory]
    [InlineData("plain.md")]
    [InlineData("caf\u00e9.md")]
    [InlineData("stra\u00dfe/\u00c5ngstr\u00f6m")]
    [InlineData("q\u0323\u0307")]
    [InlineData("\u1ead")]
    [InlineData("\ud55c\uad6d\uc5b4")]
    [InlineData("\u0915\u093c")]
    [InlineData("\u0b95\u0bca")]
    [InlineData("\u0627\u0650")]
    [InlineData("\ud83c\udf89")]
    [InlineData("\u4e2d\u6587")]
    public void A_path_in_normal_form_is_taken(string segment) => Assert.Null(MemoryPath.Problem("notes/" + segment));
}
