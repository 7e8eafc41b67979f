using Reverie.Storage;

namespace Reverie.Server.Tests.Storage;

/// <summary>Who waits for a topic is woken, and topics cost nothing.</summary>
public sealed class WakeUpTests
{
    [Fact]
    public void Who_waits_for_a_topic_is_woken_once()
    {
        var wakeUps = new WakeUps();
        var before = wakeUps.Next("a");

        wakeUps.Wake(["a"]);

        Assert.True(before.IsCompletedSuccessfully);
        Assert.False(wakeUps.Next("a").IsCompleted);
    }

    [Fact]
    public void Topics_that_are_never_woken_are_not_kept()
    {
        var wakeUps = new WakeUps();

        var kept = Enumerable.Range(0, 100_000).Select(i => wakeUps.Next($"{i}")).Distinct().Count();

        Assert.InRange(kept, 2, 16_384);
    }
}
