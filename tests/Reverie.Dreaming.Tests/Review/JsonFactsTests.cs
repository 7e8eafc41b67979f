using Reverie.Dreaming.Review;

namespace Reverie.Dreaming.Tests.Review;

public sealed class JsonFactsTests
{
    [Fact]
    public void Top_level_states_are_kept_as_they_are_written()
    {
        const string Text = """{"id": "R1", "status":"pending", "paid": true, "flights": [{"cabin": "economy"}], "owner": {"level": "gold"}, "insurance" : "no"}""";

        Assert.Equal(["\"status\":\"pending\"", "\"paid\": true", "\"insurance\" : \"no\""], JsonFacts.In(Text));
        Assert.All(JsonFacts.In(Text), fragment => Assert.Contains(fragment, Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Field_and_value_can_be_read_back()
    {
        var fact = Assert.Single(JsonFacts.In("""{"order status" : "not yet sent"}"""));

        Assert.Equal("order status", JsonFacts.FieldOf(fact));
        Assert.Equal("not yet sent", JsonFacts.ValueOf(fact));
    }

    [Theory]
    [InlineData("")]
    [InlineData("done")]
    [InlineData("[{\"status\": \"pending\"}]")]
    [InlineData("{")]
    [InlineData("{\"status\": \"pend")]
    [InlineData("{\"status\"")]
    [InlineData("{\"a\\\"b\": \"x\\ny\"}")]
    [InlineData("{\"mail\": \"ann@example.com\", \"sum\": 12, \"id\": \"A-17\", \"note\": null, \"tru\": trap}")]
    public void What_is_no_state_gives_nothing(string text) => Assert.Empty(JsonFacts.In(text));

    [Fact]
    public void Numbers_of_the_thing_asked_for_are_figures()
    {
        var figures = new List<Figure>();

        var facts = JsonFacts.In("""{"wind": 8.4, "state": "open", "below": -2e1, "many": [1, 2], "inner": {"deep": 3}, "two words": 4, "id": "7", "last":5}""", figures);

        Assert.Equal(["\"state\": \"open\""], facts);
        Assert.Equal([new Figure("wind", 8.4), new Figure("below", -20), new Figure("last", 5)], figures);
    }
}
