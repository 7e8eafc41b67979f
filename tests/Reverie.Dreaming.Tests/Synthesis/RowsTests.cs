using Reverie.Dreaming.Synthesis;

namespace Reverie.Dreaming.Tests.Synthesis;

public sealed class RowsTests
{
    [Theory]
    [InlineData("| rule | says |\n|---|---|\n| loan length | 30 days |")]
    [InlineData("rule;value\nloan length;30 days")]
    [InlineData("rule\tvalue\nloan length\t30 days\n")]
    public void A_row_of_two_cells_is_a_name_and_its_value(string answer) => Assert.Contains(("loan length", "30 days"), Rows.Pairs(answer.Trim()));

    [Theory]
    [InlineData("| loanLength | fee | desk |\n| :-- | --: | --- |\n| 30 days | 2 euros | north |")]
    [InlineData("loanLength,fee,desk\n30 days,2 euros,north")]
    public void A_single_row_is_named_by_the_heads_of_its_columns(string answer) => Assert.Contains(("loan length", "30 days"), Rows.Pairs(answer));

    [Theory]
    [InlineData("loan length: 30 days")]
    [InlineData("Yes, it is open\nuntil nine, ten, or eleven")]
    [InlineData("")]
    public void Prose_holds_no_rows(string answer) => Assert.Empty(Rows.Pairs(answer));
}
