using Reverie.Storage;

namespace Reverie.Sessions.Turns;

/// <summary>How long a session has had work under way. Not changed once made.</summary>
/// <param name="Micros">Microseconds until <paramref name="Since"/>.</param>
/// <param name="Since">When the present turn began; null when none is open.</param>
/// <param name="Clock">Tells what time it is.</param>
internal readonly record struct ActiveTime(long Micros, DateTimeOffset? Since, TimeProvider Clock)
{
    public TimeSpan Total => TimeSpan.FromMicroseconds(Micros) + (Since is { } since ? Clock.GetUtcNow() - since : TimeSpan.Zero);

    public ActiveTime Running() => this with { Since = Since ?? DbTime.UtcNow(Clock) };

    public ActiveTime Idle() => new((long)Total.TotalMicroseconds, null, Clock);

    /// <summary>As the state says, whether or not a turn is open.</summary>
    public ActiveTime As(SessionState state) => state.IsRunning ? Running() : this with { Since = null };
}
