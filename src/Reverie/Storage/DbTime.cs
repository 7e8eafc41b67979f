namespace Reverie.Storage;

/// <summary>Times in both databases: microseconds since 1970, UTC.</summary>
public static class DbTime
{
    public static long ToMicros(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicros(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    /// <summary>Now, cut to what the database keeps, so that what is answered is what is stored.</summary>
    public static DateTimeOffset UtcNow(TimeProvider clock) => FromMicros(ToMicros(clock.GetUtcNow()));
}
