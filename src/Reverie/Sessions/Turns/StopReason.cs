namespace Reverie.Sessions.Turns;

/// <summary>Why a turn ended (public contract, "stop_reason variants").</summary>
public enum StopReason
{
    /// <summary>Finished, or interrupted.</summary>
    EndTurn,

    /// <summary>Waits for clients.</summary>
    RequiresAction,

    /// <summary>Errors used up the retries.</summary>
    RetriesExhausted,

    /// <summary>The cap on cost was reached.</summary>
    BudgetReached,

    /// <summary>The model refused.</summary>
    Refusal,
}

/// <summary>Stop reasons on the wire.</summary>
public static class StopReasons
{
    public static string Write(StopReason reason) => reason switch
    {
        StopReason.EndTurn => "end_turn",
        StopReason.RequiresAction => "requires_action",
        StopReason.RetriesExhausted => "retries_exhausted",
        StopReason.BudgetReached => "budget_reached",
        StopReason.Refusal => "refusal",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Reasons of logs written by others count as the end of a turn.</summary>
    public static StopReason Read(string name) => name switch
    {
        "requires_action" => StopReason.RequiresAction,
        "retries_exhausted" => StopReason.RetriesExhausted,
        "budget_reached" => StopReason.BudgetReached,
        "refusal" => StopReason.Refusal,
        _ => StopReason.EndTurn,
    };
}
