using System.Text.Json.Serialization;
using Reverie.Protocol.Json;

namespace Reverie.Protocol.Dreams;

/// <summary>
/// Which sessions a dream reads (beyond the public contract). A session has to meet every condition that is set. Sessions at
/// work, empty ones and those that show a dream are never chosen.
/// </summary>
public sealed record DreamSessionFilter
{
    /// <summary>Always <c>session_filter</c>.</summary>
    public string Type { get; } = "session_filter";

    /// <summary>Ids of saved agents, or names; empty for any.</summary>
    public required IReadOnlyList<string> Agents { get; init; }

    /// <summary>When it began; null for any time.</summary>
    public required SessionTimes? CreatedAt { get; init; }

    /// <summary>The time of its last event; null for any.</summary>
    public required SessionTimes? EndedAt { get; init; }

    /// <summary>Labels it has; empty for any.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>Where it came from, <c>reverie</c> for those that ran here; empty for anywhere.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>How it was judged last: <c>satisfied</c>, <c>failed</c>, <c>max_iterations_reached</c>, <c>interrupted</c>, or <c>none</c> where nobody judged it; empty for any.</summary>
    public required IReadOnlyList<string> OutcomeResults { get; init; }

    /// <summary>The score it has at least, 0 to 1; a session without a score has none. Null for any.</summary>
    public required double? ScoreMin { get; init; }

    /// <summary>Tool calls that its source says failed, at least; null for any number.</summary>
    public required int? ErrorsMin { get; init; }

    /// <summary>Tool calls that its source says failed, at most; null for any number.</summary>
    public required int? ErrorsMax { get; init; }

    /// <summary>Leaves out sessions in which a review finds lines of foreign text that may try to instruct agents.</summary>
    public required bool ExcludeSuspect { get; init; }

    /// <summary>Leaves out sessions that did not run here.</summary>
    public required bool ExcludeImported { get; init; }

    /// <summary>These never.</summary>
    public required IReadOnlyList<string> ExcludeSessionIds { get; init; }

    /// <summary>This store was mounted in it; null for any.</summary>
    public required string? MemoryStoreId { get; init; }

    /// <summary>No completed dream that read or wrote this store has read it, or it has gone on for a turn since; null for any.</summary>
    public required string? NotDreamtByStore { get; init; }

    /// <summary>Archived ones too.</summary>
    public required bool IncludeArchived { get; init; }

    /// <summary>How many are chosen, 1 to 10,000.</summary>
    public required int Limit { get; init; }

    /// <summary>Which are chosen where more match.</summary>
    public required SessionSampling Sampling { get; init; }

    /// <summary>For <c>weighted</c>: the same seed and sessions give the same choice.</summary>
    public required long Seed { get; init; }

    /// <summary>For <c>weighted</c>: how much likelier a session that was judged is drawn than one that was not.</summary>
    public required double GradedWeight { get; init; }
}

/// <summary>A span of time, or the days before the present.</summary>
public sealed record SessionTimes
{
    /// <summary>Not before; null for no bound.</summary>
    public required DateTimeOffset? Gte { get; init; }

    /// <summary>Before; null for no bound.</summary>
    public required DateTimeOffset? Lt { get; init; }

    /// <summary>In this many days before the filter is applied; null where the bounds are fixed.</summary>
    public required int? LastDays { get; init; }

    /// <summary>Whether <paramref name="time"/> lies in it when the filter is applied at <paramref name="now"/>.</summary>
    public bool Holds(DateTimeOffset time, DateTimeOffset now) =>
        (Gte is not { } from || time >= from) && (Lt is not { } to || time < to) && (LastDays is not { } days || time >= now.AddDays(-days));
}

/// <summary>Which sessions are chosen where more match than are wanted.</summary>
[JsonConverter(typeof(WireNames<SessionSampling>))]
public enum SessionSampling
{
    /// <summary>Those that began last.</summary>
    Newest,

    /// <summary>Drawn by lot; sessions that were judged have better chances.</summary>
    Weighted,
}

/// <summary>What a session filter finds now.</summary>
public sealed record SessionFilterPreview
{
    /// <summary>Always <c>session_filter_preview</c>.</summary>
    public string Type { get; } = "session_filter_preview";

    /// <summary>Sessions that meet every condition.</summary>
    public required int Matched { get; init; }

    /// <summary>Of these, how many a dream would read.</summary>
    public required int Chosen { get; init; }

    /// <summary>True when there were more sessions than are looked at, so that only the newest were.</summary>
    public required bool Truncated { get; init; }

    /// <summary>The first of the chosen ones: the newest, or those drawn first.</summary>
    public required IReadOnlyList<FilteredSession> Data { get; init; }
}

/// <summary>A session that a filter chose.</summary>
public sealed record FilteredSession
{
    /// <summary>The session.</summary>
    public required string SessionId { get; init; }

    /// <summary>The name of its agent.</summary>
    public required string Agent { get; init; }

    /// <summary>Where it came from.</summary>
    public required string Source { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of its last event.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Events of its log.</summary>
    public required long EventCount { get; init; }

    /// <summary>How it was judged last; <c>none</c> where nobody judged it.</summary>
    public required string Result { get; init; }

    /// <summary>0 to 1; null for none.</summary>
    public required double? Score { get; init; }

    /// <summary>Tool calls that its source says failed; null where the filter does not ask.</summary>
    public required int? Errors { get; init; }

    /// <summary>Lines of foreign text that may try to instruct agents; null where the filter does not ask.</summary>
    public required int? SuspectLines { get; init; }

    /// <summary>Its chances where sessions are drawn by lot.</summary>
    public required double Weight { get; init; }

    /// <summary>Why it was chosen, for people.</summary>
    public required string Reason { get; init; }
}

/// <summary>The sessions of a dream as they were chosen when it was asked for.</summary>
public sealed record DreamSessions
{
    /// <summary>Always <c>dream_sessions</c>.</summary>
    public string Type { get; } = "dream_sessions";

    /// <summary>The filter that chose them; null where their ids were given.</summary>
    public required DreamSessionFilter? Filter { get; init; }

    /// <summary>Sessions that met the filter; null where ids were given.</summary>
    public required long? Matched { get; init; }

    /// <summary>Ids, sorted.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>Opaque: pass it as <c>page</c> for what follows; null at the end.</summary>
    public required string? NextPage { get; init; }
}
