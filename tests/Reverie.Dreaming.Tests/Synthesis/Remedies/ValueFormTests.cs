using Reverie.Dreaming.Review;
using Reverie.Dreaming.Synthesis.Remedies;

namespace Reverie.Dreaming.Tests.Synthesis.Remedies;

/// <summary>What the values that worked have in common, in words.</summary>
public sealed class ValueFormTests
{
    [Theory]
    [InlineData("2027-07-15 2026-01-23", "03/2028 04/2026", "10 characters, pattern 9999-99-99, with “-”")]
    [InlineData("R-17 R-19", "17 19", "pattern A-99, starting with “R-”, with “-”")]
    [InlineData("120kg 130kg", "120 130", "ending in “kg”")]
    [InlineData("PT30M PT1H", "30 60", "pattern AA99A, starting with “PT”")]
    [InlineData("dispatch dispute", "send argue", "one of dispatch, dispute")]
    public void Only_whole_numbers_and_words_are_shared(string right, string wrong, string expected) =>
        Assert.Equal(expected, ValueForm.Describe([.. Values(right), .. Values(right)], Values(wrong), pieces: true));

    private static List<FormedValue> Values(string texts) => [.. texts.Split(' ').Select(static t => new FormedValue(t, ValueKind.Text))];
}
