namespace Reverie.Sessions.Turns;

/// <summary>A tool call of the agent that has no result yet.</summary>
/// <param name="Id">The id of its event; the model knows the call by it too.</param>
/// <param name="Kind">Who answers it.</param>
/// <param name="Name">The tool.</param>
/// <param name="Input">A JSON object.</param>
/// <param name="Permission">What was decided when it was made.</param>
public sealed record OpenCall(string Id, CallKind Kind, string Name, string Input, CallVerdict Permission)
{
    /// <summary>The MCP server whose tool it is, as the agent names it; null for every other tool.</summary>
    public string? McpServer { get; init; }

    /// <summary>What a person said to a call that asks; null while nobody has said anything.</summary>
    public Confirmation? Confirmation { get; init; }

    /// <summary>Waits for something only a client can send.</summary>
    public bool NeedsClient => Kind == CallKind.Custom || (Permission == CallVerdict.Ask && Confirmation is null);

    /// <summary>May run now.</summary>
    public bool IsRunnable => IsOurs && (Permission == CallVerdict.Allow || (Permission == CallVerdict.Ask && Confirmation is { IsAllowed: true }));

    /// <summary>Must not run; the agent is told so.</summary>
    public bool IsRefused => IsOurs && (Permission == CallVerdict.Deny || Confirmation is { IsAllowed: false });

    private bool IsOurs => Kind is CallKind.BuiltIn or CallKind.Mcp;
}

/// <summary>Who answers a tool call.</summary>
public enum CallKind
{
    /// <summary>The server, in the session's sandbox.</summary>
    BuiltIn,

    /// <summary>An MCP server, which this server asks.</summary>
    Mcp,

    /// <summary>A client.</summary>
    Custom,

    /// <summary>The session itself, by setting another agent to work.</summary>
    Delegation,
}

/// <summary>Whether a call may run (public contract, "Permission evaluation").</summary>
public enum CallVerdict
{
    /// <summary>Runs without asking.</summary>
    Allow,

    /// <summary>Waits for a person.</summary>
    Ask,

    /// <summary>Does not run: the tool is not enabled, or the judge said so.</summary>
    Deny,
}

/// <summary>A person's answer to a call that asks.</summary>
/// <param name="IsAllowed">Whether it may run.</param>
/// <param name="Message">Why not, for the agent; null when nothing was said.</param>
public sealed record Confirmation(bool IsAllowed, string? Message);
