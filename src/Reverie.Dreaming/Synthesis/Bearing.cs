using Reverie.Dreaming.Review;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Synthesis;

/// <summary>What the sessions have to say for and about a claim: who bears it out, and where it would have been of use.</summary>
/// <param name="Toolbox">Says who a session speaks for.</param>
/// <param name="Witnesses">The sessions that bear it out.</param>
/// <param name="Situations">The sessions in which what it speaks of occurred; empty where that cannot be told.</param>
internal sealed record Bearing(Toolbox Toolbox, IEnumerable<SessionReview> Witnesses, IEnumerable<Situation> Situations)
{
    /// <summary>Each witness once, by key.</summary>
    public IReadOnlyList<ChangeSource> Sources() =>
        [.. Witnesses.DistinctBy(static s => s.Key, StringComparer.Ordinal).OrderBy(static s => s.Key, StringComparer.Ordinal).Select(s => new ChangeSource(s.Key, Toolbox.PrincipalOf(s)))];

    /// <summary>True when more than <paramref name="share"/> of the toolbox's sessions, and of its principals, bear it out.</summary>
    public bool Outweighs(double share)
    {
        var witnesses = Witnesses.Distinct().ToList();
        return witnesses.Count > share * Toolbox.Sessions.Count && Toolbox.Principals(witnesses) > share * Toolbox.Principals(Toolbox.Sessions);
    }

    /// <summary>The claim played over the record; null where its situation cannot be told.</summary>
    public ShadowReplay? Replay()
    {
        // A session that did it once has shown that it can be done there.
        var sessions = Situations.GroupBy(static s => s.Session).Select(static g => new Situation(g.Key, g.Any(static s => s.IsDone))).ToList();
        return sessions.Count == 0 ? null : new ShadowReplay(Count(sessions, isDone: false), Count(sessions, isDone: true));
    }

    private static ReplayCounts Count(List<Situation> sessions, bool isDone)
    {
        var chosen = sessions.FindAll(s => s.IsDone == isDone);
        return new ReplayCounts(chosen.Count(static s => s.Session.Satisfied == false), chosen.Count(static s => s.Session.Satisfied == true), chosen.Count(static s => s.Session.Satisfied is null));
    }
}

/// <summary>A session in which what a claim speaks of occurred.</summary>
/// <param name="Session">The session.</param>
/// <param name="IsDone">True when the session did what the claim advises.</param>
internal readonly record struct Situation(SessionReview Session, bool IsDone);
