using System.Text.RegularExpressions;
using Reverie.Memory.Search;

namespace Reverie.Server.Tests.Extensions;

public sealed class PatternTests
{
    [Theory]
    [InlineData("(")]
    [InlineData("a{2,1}")]
    [InlineData("[z-a]")]
    [InlineData("(a)\\1")]
    [InlineData("(?=a)")]
    [InlineData("(?>a)")]
    [InlineData("((a{1000}){1000}){1000}")]
    public void What_cannot_be_a_pattern_is_said_so(string pattern)
    {
        Assert.Null(LinePattern.TryParse(pattern, false, out var problem));
        Assert.NotNull(problem);
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)+$")]
    [InlineData("(.*a){12}")]
    [InlineData("(x?){300}x{300}")]
    public void A_pattern_that_ruins_others_takes_linear_time(string pattern)
    {
        var line = LinePattern.TryParse(pattern, true, out _)!;

        Assert.False(line.IsMatch(new string('a', 5_000) + "!" + new string('b', 95_000)) && pattern[0] == 'x');
    }

    [Fact]
    public void Characters_that_a_pattern_without_case_takes_for_the_same_have_the_same_code()
    {
        var all = string.Concat(Enumerable.Range(1, 0xFFFF).Where(static c => !char.IsSurrogate((char)c)).Select(static c => (char)c));
        foreach (var c in all.Where(static c => char.ToLowerInvariant(c) != c || char.ToUpperInvariant(c) != c))
        {
            foreach (var match in Regex.EnumerateMatches(all, Regex.Escape(c.ToString()), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant))
                Assert.Equal(Trigrams.Fold(c), Trigrams.Fold(all[match.Index]));
        }
    }

    [Theory]
    [InlineData("abcd", "abcd")]
    [InlineData("abc|xyz", "abc/xyz")]
    [InlineData("abcd?", "abc")]
    [InlineData("abcd*ef", "abc")]
    [InlineData("abcd+efg", "abcd,efg")]
    [InlineData("foo\\.bar", "foo.bar")]
    [InlineData("(abc)def", "def")]
    [InlineData("[abc]def{2}ghi", "ghi")]
    [InlineData("ab", null)]
    [InlineData("abc|x", null)]
    [InlineData("(?i)abc", null)]
    [InlineData(".*", null)]
    public void What_a_match_must_hold_is_read_from_the_pattern(string pattern, string? expected) =>
        Assert.Equal(expected, RequiredTexts.Of(pattern) is { } required ? string.Join('/', required.Select(static a => string.Join(',', a))) : null);
}
