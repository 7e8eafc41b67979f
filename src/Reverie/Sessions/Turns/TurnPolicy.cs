namespace Reverie.Sessions.Turns;

/// <summary>What a thread does next: a function of its state, without a clock, a database or a model.</summary>
public static class TurnPolicy
{
    /// <summary>Rounds of tool calls in one turn; past this the turn is given up.</summary>
    public const int ToolRoundsMax = 500;

    /// <summary>Compactions without an answer of the model in between.</summary>
    public const int CompactionsMax = 3;

    /// <summary>The part of the model's window that may be full before the conversation is summed up.</summary>
    public const double WindowShareMax = 0.8;

    /// <param name="state">The thread.</param>
    /// <param name="facts">What holds at this moment and does not stand in the log.</param>
    public static TurnStep Decide(ThreadState state, TurnFacts facts)
    {
        if (state.IsTerminated) return new TurnStep.Sleep();
        return state.IsRunning ? DecideRunning(state, facts) : DecideIdle(state, facts);
    }

    private static TurnStep DecideIdle(ThreadState state, TurnFacts facts)
    {
        if (state.Calls.Any(static c => c.IsRunnable || c.IsRefused || c.Kind == CallKind.Delegation)) return new TurnStep.Wake();
        var asking = state.Calls.Where(static c => c.NeedsClient).ToList();
        if (asking.Count > 0) return asking.Count == state.AskedCount ? new TurnStep.Sleep() : new TurnStep.AskClient(asking);
        if (state.Inputs.Count > 0 || state.Mail.Count > 0 || state.HasTask) return new TurnStep.Wake();
        return state.IsModelNext && state.LastStop switch
        {
            StopReason.RequiresAction => true,
            StopReason.BudgetReached => !facts.IsBudgetSpent,
            _ => false,
        }
            ? new TurnStep.Wake()
            : new TurnStep.Sleep();
    }

    private static TurnStep DecideRunning(ThreadState state, TurnFacts facts)
    {
        if (state.IsRescheduling) return new TurnStep.Wake();
        if (facts.IsTakenOver && state.OpenRequestId is { } request) return new TurnStep.LoseRequest(request);
        var runnable = state.Calls.Where(static c => c.IsRunnable).ToList();
        if (runnable.Count > 0 && facts.IsTakenOver) return new TurnStep.LoseCalls(runnable);
        var refused = state.Calls.Where(static c => c.IsRefused).ToList();
        if (refused.Count > 0) return new TurnStep.RefuseCalls(refused);
        var delegated = state.Calls.Where(static c => c.Kind == CallKind.Delegation).ToList();
        if (delegated.Count > 0) return new TurnStep.AssignWork(delegated);
        if (runnable.Count > 0) return new TurnStep.RunCalls(runnable);
        if (state.Calls.Count > 0) return new TurnStep.AskClient(state.Calls);
        if (state.Refusal is not null && !state.IsModelNext && state.Inputs.Count == 0 && state.Mail.Count == 0) return new TurnStep.End(StopReason.Refusal);
        if (state.Inputs.Count > 0 || state.Mail.Count > 0) return new TurnStep.TakeUp(state.Inputs, state.Mail);
        if (!state.IsModelNext) return new TurnStep.End(StopReason.EndTurn);
        if (state.Failures > BackOff.FailuresMax)
            return new TurnStep.GiveUp("unknown_error", $"{state.Failures} model requests in a row did not come to an end. Send a message to try again.");
        if (facts.IsBudgetSpent) return new TurnStep.End(StopReason.BudgetReached);
        if (state.ToolRounds >= ToolRoundsMax)
            return new TurnStep.GiveUp("tool_use_limit_reached_error", $"The agent called tools {ToolRoundsMax} times in one turn, which is the limit. Send a message to go on.");
        if (facts.AreToolsUnknown) return new TurnStep.FindTools();
        if (!state.IsTooLong && !(state.WindowTokens >= facts.WindowTokensMax * WindowShareMax)) return new TurnStep.AskModel();
        if (state.FailedSummaries > CompactionsMax)
            return new TurnStep.GiveUp("compaction_limit_reached_error", "The model did not sum the conversation up: it said nothing, or even the newest part does not fit its window.");
        return state.Compactions < CompactionsMax
            ? new TurnStep.Compact()
            : new TurnStep.GiveUp("compaction_limit_reached_error", $"The conversation did not fit the model's window after {CompactionsMax} summaries. Send shorter messages or choose a model with a larger window.");
    }
}

/// <summary>What holds at the moment of a decision and does not stand in the log of the thread.</summary>
/// <param name="IsTakenOver">The turn was begun by a process that is gone.</param>
/// <param name="IsBudgetSpent">The session's cap on cost is reached.</param>
/// <param name="WindowTokensMax">Tokens the model can read; null when not known.</param>
/// <param name="AreToolsUnknown">The agent's MCP servers were not asked yet which tools they have.</param>
public readonly record struct TurnFacts(bool IsTakenOver, bool IsBudgetSpent, long? WindowTokensMax, bool AreToolsUnknown = false);
