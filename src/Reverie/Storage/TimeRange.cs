namespace Reverie.Storage;

/// <summary>Times between two bounds, both included, in microseconds since 1970.</summary>
public readonly record struct TimeRange(long FromMicros, long ToMicros)
{
    /// <summary>Any time.</summary>
    public static TimeRange All { get; } = new(long.MinValue, long.MaxValue);
}
