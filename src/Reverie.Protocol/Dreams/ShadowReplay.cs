namespace Reverie.Protocol.Dreams;

/// <summary>A change played over the recorded sessions before it lands: where what it speaks of occurred.</summary>
/// <param name="WouldApply">Sessions that did not do what the change advises: those in which it would have applied.</param>
/// <param name="AlreadyDone">Sessions that did so by themselves.</param>
public sealed record ShadowReplay(ReplayCounts WouldApply, ReplayCounts AlreadyDone);

/// <summary>Sessions by how they were judged.</summary>
public sealed record ReplayCounts(int Failed, int Satisfied, int Ungraded)
{
    /// <summary>All of them.</summary>
    public int Total() => Failed + Satisfied + Ungraded;
}

/// <summary>How much stands behind a change.</summary>
/// <param name="Sessions">Sessions that bear it out, quoted or not.</param>
/// <param name="Principals">Distinct people behind them; where nobody is named, distinct tellings.</param>
public sealed record ChangeSupport(int Sessions, int Principals);
