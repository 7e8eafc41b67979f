using Reverie.Cli.Terminal;

namespace Reverie.Cli.Tests.Terminal;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("a\e[31mb", "a[31mb")]
    [InlineData("  two\r\n lines\t ", "two lines")]
    [InlineData("right\u202Eleft", "rightleft")]
    [InlineData("zero\u200Bwidth", "zerowidth")]
    [InlineData("ünïcödé 🜁", "ünïcödé 🜁")]
    public void A_line_holds_no_control_or_format_characters(string text, string expected) => Assert.Equal(expected, PlainText.Line(text));

    [Fact]
    public void A_cut_does_not_split_a_character()
    {
        Assert.Equal("abc…", PlainText.Line("abc🜁def", 5));
        Assert.Equal("abc🜁…", PlainText.Line("abc🜁def", 6));
    }

    [Fact]
    public void Indentation_of_a_quoted_line_is_kept() => Assert.Equal("    - x", PlainText.Verbatim("\t- x\r"));
}
