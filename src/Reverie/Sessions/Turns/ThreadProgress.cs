using System.Text.Json;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions.Turns;

/// <summary>How far a thread is.</summary>
/// <param name="Cost">What its model requests have used; null until its first turn ended.</param>
/// <param name="Active">Time at work until <paramref name="RunningSince"/>.</param>
/// <param name="RunningSince">When its present turn began; null when none is open.</param>
public sealed record ThreadProgress(SessionStatus Status, SessionCost? Cost, TimeSpan Active, DateTimeOffset? RunningSince)
{
    /// <summary>A thread that has not begun.</summary>
    public static ThreadProgress None { get; } = new(SessionStatus.Idle, null, TimeSpan.Zero, null);

    public static ThreadProgress Of(ThreadState thread) => new(
        thread switch { { IsTerminated: true } => SessionStatus.Terminated, { IsRescheduling: true } => SessionStatus.Rescheduling, { IsRunning: true } => SessionStatus.Running, _ => SessionStatus.Idle },
        thread.HasIdled ? new SessionCost(thread.Usage, thread.ModelCost) : null, thread.Active, thread.RunningSince);

    /// <summary>It has worked, or does now.</summary>
    public bool HasBegun => Cost is not null || RunningSince is not null;

    /// <summary>How long it has been at work.</summary>
    public TimeSpan ActiveFor(TimeProvider clock) => Active + (RunningSince is { } since ? clock.GetUtcNow() - since : TimeSpan.Zero);

    public string Write() => JsonSerializer.Serialize(this, CostContext.Default.ThreadProgress);

    /// <summary>What <see cref="Write"/> wrote.</summary>
    public static ThreadProgress Read(string json) => JsonSerializer.Deserialize(json, CostContext.Default.ThreadProgress)!;
}
