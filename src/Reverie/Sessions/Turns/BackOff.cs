namespace Reverie.Sessions.Turns;

/// <summary>How long to wait before a model is asked again.</summary>
public static class BackOff
{
    /// <summary>Model requests that may fail in a row before the turn is given up.</summary>
    public const int FailuresMax = 6;

    /// <summary>The longest wait; a provider that asks for more is not waited for.</summary>
    public static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    /// <summary>Doubles with each failure; what the provider asks for wins when it is longer.</summary>
    /// <param name="failures">In a row so far, at least one.</param>
    /// <param name="asked">What the provider asked for; null when it said nothing.</param>
    public static TimeSpan Wait(int failures, TimeSpan? asked)
    {
        var own = First * Math.Pow(2, failures - 1);
        var wait = asked is { } longer && longer > own ? longer : own;
        return wait < WaitMax ? wait : WaitMax;
    }
}
