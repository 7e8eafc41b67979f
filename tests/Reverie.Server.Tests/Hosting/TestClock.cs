namespace Reverie.Server.Tests.Hosting;

/// <summary>Time that stands still until it is advanced. Its timestamps tick at an odd rate, so that confusing them with ticks shows.</summary>
public sealed class TestClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private long _elapsedTicks;

    public override long TimestampFrequency => 3_333_333;

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(Interlocked.Read(ref _elapsedTicks));

    public override long GetTimestamp() => (long)((Int128)Interlocked.Read(ref _elapsedTicks) * TimestampFrequency / TimeSpan.TicksPerSecond);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _elapsedTicks, by.Ticks);
}
