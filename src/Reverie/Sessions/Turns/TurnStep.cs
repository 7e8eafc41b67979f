namespace Reverie.Sessions.Turns;

/// <summary>What a thread does next, as <see cref="TurnPolicy"/> decides from its state alone.</summary>
public abstract record TurnStep
{
    private TurnStep() { }

    /// <summary>Nothing until somebody sends something.</summary>
    public sealed record Sleep : TurnStep;

    /// <summary>Begin or go on with a turn: say that the thread runs.</summary>
    public sealed record Wake : TurnStep;

    /// <summary>Take up what waits, in its order.</summary>
    public sealed record TakeUp(IReadOnlyList<WaitingInput> Inputs, IReadOnlyList<ThreadMessage> Mail) : TurnStep;

    /// <summary>Note that a model request was under way in a process that died.</summary>
    public sealed record LoseRequest(string RequestId) : TurnStep;

    /// <summary>Tell the agent that calls were under way in a process that died. They are not run again.</summary>
    public sealed record LoseCalls(IReadOnlyList<OpenCall> Calls) : TurnStep;

    /// <summary>Tell the agent that calls may not run.</summary>
    public sealed record RefuseCalls(IReadOnlyList<OpenCall> Calls) : TurnStep;

    /// <summary>Set other agents to work, or say which there are.</summary>
    public sealed record AssignWork(IReadOnlyList<OpenCall> Calls) : TurnStep;

    /// <summary>Run calls, all at once.</summary>
    public sealed record RunCalls(IReadOnlyList<OpenCall> Calls) : TurnStep;

    /// <summary>Ask the agent's MCP servers which tools they have.</summary>
    public sealed record FindTools : TurnStep;

    /// <summary>Ask the model.</summary>
    public sealed record AskModel : TurnStep;

    /// <summary>Have the model sum up the conversation, which then stands for it.</summary>
    public sealed record Compact : TurnStep;

    /// <summary>Wait for clients to answer these calls.</summary>
    public sealed record AskClient(IReadOnlyList<OpenCall> Calls) : TurnStep;

    /// <summary>The turn is over.</summary>
    public sealed record End(StopReason Reason) : TurnStep;

    /// <summary>The turn is over because a limit was passed; the error says which.</summary>
    public sealed record GiveUp(string ErrorType, string Message) : TurnStep;
}
