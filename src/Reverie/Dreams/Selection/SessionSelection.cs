using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreams.Selection;

/// <summary>The sessions that a filter chooses among candidates: a pure function, the same for the same input in any order.</summary>
/// <param name="Matched">Candidates that meet every condition.</param>
/// <param name="Chosen">At most as many as are wanted; the newest first, or those drawn first.</param>
public sealed record SessionSelection(int Matched, IReadOnlyList<SessionCandidate> Chosen)
{
    /// <summary>Chooses.</summary>
    /// <param name="filter">The conditions.</param>
    /// <param name="candidates">Sessions of the workspace; those that cannot meet a condition may be missing.</param>
    /// <param name="now">What relative times count from.</param>
    public static SessionSelection Of(DreamSessionFilter filter, IEnumerable<SessionCandidate> candidates, DateTimeOffset now)
    {
        var excluded = filter.ExcludeSessionIds.ToHashSet(StringComparer.Ordinal);
        var matched = candidates.Where(c => !excluded.Contains(c.Id) && Meets(filter, c, now)).ToList();
        var ordered = filter.Sampling == SessionSampling.Weighted
            ? matched.Select(c => (Lot: Lot(filter, c), Session: c)).OrderByDescending(static c => c.Lot).ThenBy(static c => c.Session.Id, StringComparer.Ordinal).Select(static c => c.Session)
            : matched.OrderByDescending(static c => c.CreatedAt).ThenByDescending(static c => c.Id, StringComparer.Ordinal);
        return new SessionSelection(matched.Count, [.. ordered.Take(filter.Limit)]);
    }

    /// <summary>How likely it is drawn, against 1 for a session nobody judged.</summary>
    public static double Weight(DreamSessionFilter filter, SessionCandidate candidate) => candidate.IsGraded ? filter.GradedWeight : 1;

    /// <summary>Whether what can be told without reading the session lets it through.</summary>
    internal static bool MeetsUnread(DreamSessionFilter filter, SessionCandidate candidate, DateTimeOffset now) =>
        filter.CreatedAt?.Holds(candidate.CreatedAt, now) != false
        && filter.EndedAt?.Holds(candidate.EndedAt, now) != false
        && filter.Metadata.All(m => candidate.Metadata.TryGetValue(m.Key, out var value) && value == m.Value)
        && (filter.OutcomeResults.Count == 0 || filter.OutcomeResults.Contains(candidate.Result, StringComparer.Ordinal))
        && (filter.ScoreMin is not { } least || candidate.Outcome?.Score >= least)
        && (filter.NotDreamtByStore is null || candidate.IsNew);

    /// <summary>Whether sessions must be read to be chosen.</summary>
    public static bool NeedsSigns(DreamSessionFilter filter) => filter.ErrorsMin is not null || filter.ErrorsMax is not null || filter.ExcludeSuspect;

    /// <summary>Why it was chosen, for people.</summary>
    public static string Reason(DreamSessionFilter filter, SessionCandidate candidate)
    {
        var judged = !candidate.IsGraded ? "not judged"
            : candidate.Outcome?.Score is { } score ? $"judged {candidate.Result} with a score of {score.ToString("0.##", CultureInfo.InvariantCulture)}"
            : $"judged {candidate.Result}";
        return filter.Sampling == SessionSampling.Weighted ? $"{judged}: drawn with weight {Weight(filter, candidate).ToString("0.###", CultureInfo.InvariantCulture)}" : $"{judged}; among the newest";
    }

    private static bool Meets(DreamSessionFilter filter, SessionCandidate candidate, DateTimeOffset now) => MeetsUnread(filter, candidate, now)
        && (!NeedsSigns(filter) || (candidate.Signs is { } signs
            && signs.Errors >= (filter.ErrorsMin ?? 0) && signs.Errors <= (filter.ErrorsMax ?? int.MaxValue)
            && (!filter.ExcludeSuspect || signs.SuspectLines == 0)));

    /// <summary>Weighted sampling without putting back (Efraimidis and Spirakis): the highest lots win, and more weight never lowers one.</summary>
    private static double Lot(DreamSessionFilter filter, SessionCandidate candidate)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{filter.Seed}\n{candidate.Id}"));
        // 53 bits, and a half so that it is never 0.
        var drawn = ((BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) + 0.5) / (1UL << 53);
        return Math.Log(drawn) / Weight(filter, candidate);
    }
}
