using System.Text.Json;
using Reverie.Inference;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions.Turns;

/// <summary>The tools by which the agent of a session sets others to work (public contract, "Delegation"), and whom it may.</summary>
public sealed class Delegation
{
    /// <summary>Threads besides the primary one that a session may have at a time; archived ones do not count.</summary>
    public const int ThreadsMax = 25;

    private const string ListAgents = "list_agents";
    private const string SendToAgent = "send_to_agent";

    private Delegation(IReadOnlyList<SessionSubagent> roster)
    {
        Roster = roster;
        var isUnique = roster.Select(static a => a.Name).Distinct(StringComparer.Ordinal).Count() == roster.Count;
        Names = [.. roster.Select(a => isUnique ? a.Name : a.Id.Value)];
    }

    /// <summary>Whom it may set to work; never empty.</summary>
    public IReadOnlyList<SessionSubagent> Roster { get; }

    /// <summary>What each of them is called here: its name, or its id where two have the same name.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>As the model is offered them.</summary>
    public IReadOnlyList<ModelTool> Tools =>
    [
        new(ListAgents, "Lists the agents you can set to work and the threads they work on now.", """{"type":"object","properties":{},"additionalProperties":false}"""),
        new(SendToAgent,
            "Sends a message to another agent and returns at once; its report comes back to you as a message. Without session_thread_id a new thread is begun for it, which knows nothing but your message; with it, the agent goes on with what it did there.",
            $$$"""{"type":"object","properties":{"agent":{"type":"string","enum":{{{JsonSerializer.Serialize([.. Names], Protocol.Json.WireJson.Wire.ListString)}}}},"message":{"type":"string"},"session_thread_id":{"type":"string"}},"required":["agent","message"],"additionalProperties":false}"""),
    ];

    /// <summary>What the system prompt says about them.</summary>
    public string Notes =>
        $"""
        # Other agents

        You can set other agents to work with {SendToAgent}. Each works on a thread of its own, at the same time as the others and in the same file
        system; it sees only what you write to it, so write all it needs. Set those to work together whose tasks do not depend on each other.
        When you have nothing to do until they report, end your turn: their reports come to you as messages.

        {string.Join('\n', Roster.Select((a, i) => $"- {Names[i]}{(a.Description is { Length: > 0 } does ? $": {does}" : "")}"))}
        """;

    /// <summary>Null for an agent that works alone.</summary>
    public static Delegation? Of(SessionAgent agent)
    {
        IReadOnlyList<SessionSubagent> roster = agent.Multiagent switch
        {
            SessionCoordinator coordinator => [.. coordinator.Agents.OfType<SessionSubagent>()],
            SessionMultiagent20261001 { Subagents: EnabledSessionDelegates delegates } => delegates.PredefinedAgents,
            _ => [],
        };
        return roster.Count == 0 ? null : new Delegation(roster);
    }

    /// <summary>What a call asks for, as far as it can be done.</summary>
    /// <param name="call">A call of one of <see cref="Tools"/>.</param>
    /// <param name="threads">The session's threads besides its primary one, those that are over included.</param>
    public DelegationOutcome Read(OpenCall call, IReadOnlyList<ThreadRow> threads)
    {
        if (call.Name == ListAgents) return new DelegationOutcome.Answer(Describe(threads), IsError: false);
        using var document = JsonDocument.Parse(call.Input);
        var input = document.RootElement;
        if (Text(input, "agent") is not { } name || Roster.Index().FirstOrDefault(a => Names[a.Index] == name || a.Item.Id.Value == name).Item is not { } agent)
            return Wrong($"agent must be one of {string.Join(", ", Names)}");
        if (Text(input, "message") is not { Length: > 0 } message) return Wrong("message must be a text");
        if (Text(input, "session_thread_id") is { Length: > 0 } id)
        {
            if (threads.FirstOrDefault(t => t.Id.Value == id) is not { } thread) return Wrong($"there is no thread {id}; leave session_thread_id out to begin a new one");
            return thread.Progress.Status == SessionStatus.Terminated ? Wrong($"the thread {id} is over; leave session_thread_id out to begin a new one") : new DelegationOutcome.FollowUp(thread, message);
        }
        return threads.Count(static t => t.Progress.Status != SessionStatus.Terminated) >= ThreadsMax
            ? Wrong($"there are {ThreadsMax} threads already, which is the limit; send to one of them with session_thread_id")
            : new DelegationOutcome.Begin(agent, message);
    }

    private static DelegationOutcome.Answer Wrong(string problem) => new($"{SendToAgent}: {problem}.", IsError: true);

    private string Describe(IReadOnlyList<ThreadRow> threads) => string.Join('\n',
    [
        "Agents:", .. Roster.Select((a, i) => $"- {Names[i]}{(a.Description is { Length: > 0 } does ? $": {does}" : "")}"),
        "Threads:", .. threads.Count == 0 ? ["none"] : threads.Select(static t => $"- {t.Id}: {t.Agent.Name}, {Protocol.Json.WireNames<SessionStatus>.Of(t.Progress.Status)}"),
    ]);

    private static string? Text(JsonElement input, string name) => input.ValueKind == JsonValueKind.Object && input.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>What a call of a delegation tool comes to.</summary>
public abstract record DelegationOutcome
{
    private DelegationOutcome() { }

    /// <summary>Words for the model, and nothing else happens.</summary>
    public sealed record Answer(string Text, bool IsError) : DelegationOutcome;

    /// <summary>A new thread begins with a message.</summary>
    public sealed record Begin(SessionSubagent Agent, string Message) : DelegationOutcome;

    /// <summary>A thread is sent a further message.</summary>
    public sealed record FollowUp(ThreadRow Thread, string Message) : DelegationOutcome;
}
