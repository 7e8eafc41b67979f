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
