using System.ComponentModel.DataAnnotations;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;

namespace Reverie.Server.Dreams.Selection;

// The bodies of requests, as the reference shows them. The endpoints read them field by field, so that a refusal names each.

/// <summary>Which sessions a dream reads. A session has to meet every condition that is set; those at work, empty ones and those that show a dream are never chosen.</summary>
internal sealed record SessionFilterShape
{
    [AllowedValues("session_filter")] public string? Type { get; init; }

    /// <summary>Ids of saved agents, or names, at most 50.</summary>
    public IReadOnlyList<string>? Agents { get; init; }

    /// <summary>When it began.</summary>
    public SessionTimesShape? CreatedAt { get; init; }

    /// <summary>The time of its last event.</summary>
    public SessionTimesShape? EndedAt { get; init; }

    /// <summary>Labels it has, at most 16.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Where it came from, <c>reverie</c> for those that ran here; at most 50.</summary>
    public IReadOnlyList<string>? Sources { get; init; }

    /// <summary>How it was judged last: satisfied, failed, max_iterations_reached, interrupted, or none.</summary>
    public IReadOnlyList<string>? OutcomeResults { get; init; }

    /// <summary>0 to 1.</summary>
    public double? ScoreMin { get; init; }

    /// <summary>Tool calls that its source says failed, at least.</summary>
    public int? ErrorsMin { get; init; }

    /// <summary>Tool calls that its source says failed, at most.</summary>
    public int? ErrorsMax { get; init; }

    /// <summary>Leaves out sessions in which a review finds lines of foreign text that may try to instruct agents.</summary>
    public bool? ExcludeSuspect { get; init; }

    /// <summary>Leaves out sessions that did not run here.</summary>
    public bool? ExcludeImported { get; init; }

    /// <summary>At most 10,000.</summary>
    public IReadOnlyList<string>? ExcludeSessionIds { get; init; }

    /// <summary>This store was mounted in it.</summary>
    public Id<MemoryStore>? MemoryStoreId { get; init; }

    /// <summary>No completed dream that read or wrote this store has read it, or it has gone on for a turn since.</summary>
    public Id<MemoryStore>? NotDreamtByStore { get; init; }

    /// <summary>Archived ones too.</summary>
    public bool? IncludeArchived { get; init; }

    /// <summary>1 to 10,000; 1,000 unless set.</summary>
    public int? Limit { get; init; }

    /// <summary>Which are chosen where more match; the newest unless set.</summary>
    [AllowedValues("newest", "weighted")] public string? Sampling { get; init; }

    /// <summary>For weighted: the same seed and sessions give the same choice. 0 unless set.</summary>
    public int? Seed { get; init; }

    /// <summary>For weighted: how much likelier a session that was judged is drawn, 0.001 to 1,000; 3 unless set.</summary>
    public double? GradedWeight { get; init; }
}

/// <summary>Fixed bounds, or the days before the present.</summary>
internal sealed record SessionTimesShape
{
    public DateTimeOffset? Gte { get; init; }

    public DateTimeOffset? Lt { get; init; }

    /// <summary>1 to 36,500; not together with bounds.</summary>
    public int? LastDays { get; init; }
}
