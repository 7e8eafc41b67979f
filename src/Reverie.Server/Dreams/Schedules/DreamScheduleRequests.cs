using System.ComponentModel.DataAnnotations;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Server.Dreams.Selection;
using Reverie.Server.Http;

namespace Reverie.Server.Dreams.Schedules;

// The bodies of requests, as the reference shows them. The endpoints read them field by field, so that a refusal names each.

/// <summary>A dream schedule to come.</summary>
internal sealed record NewDreamSchedule
{
    [StringLength(DreamScheduleFields.NameCharsMax, MinimumLength = 1)] public required string Name { get; init; }

    /// <summary>The store its dreams read.</summary>
    public required Id<MemoryStore> MemoryStoreId { get; init; }

    /// <summary>The sessions its dreams read, chosen anew for each run; the newest 1,000 unless set.</summary>
    public SessionFilterShape? Sessions { get; init; }

    /// <summary>When it runs: of the type cron, session_end (quiet_seconds 300, min_new_sessions 5, min_new_events 0 unless set), store_growth (one threshold or both) or manual.</summary>
    public required DreamTrigger Trigger { get; init; }

    /// <summary>The name of a model; <c>reverie/local</c> is built in.</summary>
    [Either(typeof(string), typeof(DreamModelChoice))] public required object Model { get; init; }

    /// <summary>Tokens of all kinds each dream may use, at least 1; no bound unless set.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>US dollars each dream may cost, at most six decimals; no bound unless set.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Share of the sessions that one attacker may control, 0 to 0.5 with at most six decimals: what no more bear out is proposed; 0 unless set.</summary>
    public decimal? AttackerShare { get; init; }

    [StringLength(DreamScheduleFields.InstructionsCharsMax, MinimumLength = 1)] public string? Instructions { get; init; }

    /// <summary>With <c>review</c> every change is left proposed; <c>auto</c> unless set.</summary>
    [AllowedValues("auto", "review")] public string? Mode { get; init; }

    /// <summary>Where its dreams write; to the store itself unless set.</summary>
    public OutputBehavior? OutputBehavior { get; init; }

    /// <summary>Dreams in a row that change nothing until an alarm is raised, 1 to 100; 3 unless set.</summary>
    public int? NoOpAlarmAfter { get; init; }
}

/// <summary>What is to change of a dream schedule; what is absent stays.</summary>
internal sealed record DreamScheduleUpdate
{
    [StringLength(DreamScheduleFields.NameCharsMax, MinimumLength = 1)] public string? Name { get; init; }

    /// <summary>Cannot be changed; may be sent as it is.</summary>
    public Id<MemoryStore>? MemoryStoreId { get; init; }

    /// <summary>In full.</summary>
    public SessionFilterShape? Sessions { get; init; }

    /// <summary>In full.</summary>
    public DreamTrigger? Trigger { get; init; }

    [Either(typeof(string), typeof(DreamModelChoice))] public object? Model { get; init; }

    /// <summary>Null clears it.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>Null clears it.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Null clears it.</summary>
    public decimal? AttackerShare { get; init; }

    /// <summary>Null clears it.</summary>
    [StringLength(DreamScheduleFields.InstructionsCharsMax, MinimumLength = 1)] public string? Instructions { get; init; }

    [AllowedValues("auto", "review")] public string? Mode { get; init; }

    public OutputBehavior? OutputBehavior { get; init; }

    /// <summary>1 to 100.</summary>
    public int? NoOpAlarmAfter { get; init; }
}
