using System.Text.Json;
using Reverie.Cli.Evaluations;

namespace Reverie.Cli.Tests.Evaluations;

public sealed class TrialSessionTests
{
    [Fact]
    public void The_last_outcome_of_a_session_counts_with_its_attempts()
    {
        var session = JsonElement.Parse("""{"outcome_evaluations":[{"result":"failed","iteration":0},{"result":"satisfied","iteration":2}]}""");

        Assert.Equal(("satisfied", 3), TrialSession.Outcome(session));
        Assert.Null(TrialSession.Outcome(JsonElement.Parse("""{"outcome_evaluations":[]}""")));
    }
}
