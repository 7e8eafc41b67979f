using System.Collections.Frozen;
using Reverie.Inference;
using Reverie.Mcp;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Json;

namespace Reverie.Sessions.Turns;

/// <summary>What a thread runs with: its model, its prompt and its tools. Made anew when the session's agent changes.</summary>
public sealed class ThreadSetup
{
    private readonly FrozenDictionary<string, ToolRule> _rules;

    private ThreadSetup(string threadId, AgentConfig agent, ModelLookup model, Delegation? delegation, string? notes, IReadOnlyList<ModelTool> tools, Dictionary<string, ToolRule> rules)
    {
        ThreadId = threadId;
        Agent = agent;
        Model = model;
        Delegation = delegation;
        Notes = notes;
        Tools = tools;
        _rules = rules.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The thread it is for.</summary>
    public string ThreadId { get; }

    public AgentConfig Agent { get; }

    /// <summary>As the registry knows the model now: it may have gone since the agent was saved.</summary>
    public ModelLookup Model { get; }

    /// <summary>Whom it may set to work; null for nobody.</summary>
    public Delegation? Delegation { get; }

    /// <summary>What the session adds to the agent's prompt; null for nothing.</summary>
    public string? Notes { get; }

    /// <summary>What the model is offered, in the order of the agent's list.</summary>
    public IReadOnlyList<ModelTool> Tools { get; }

    /// <param name="threadId">The thread it is for.</param>
    /// <param name="agent">Who works on the thread.</param>
    /// <param name="models">Where its model is looked up.</param>
    /// <param name="builtIns">The built-in tools there are.</param>
    /// <param name="mcp">What its MCP servers have.</param>
    /// <param name="delegation">Whom it may set to work; null for nobody.</param>
    /// <param name="notes">What the session adds to the prompt, such as what is mounted; null for nothing.</param>
    public static ThreadSetup Of(string threadId, AgentConfig agent, ModelRegistry models, IReadOnlyList<ModelTool> builtIns, IReadOnlyList<McpTool> mcp, Delegation? delegation, string? notes)
    {
        var tools = new List<ModelTool>();
        var rules = new Dictionary<string, ToolRule>(StringComparer.Ordinal);
        foreach (var tool in agent.Tools)
        {
            switch (tool)
            {
                case CustomTool custom:
                    tools.Add(new ModelTool(custom.Name, custom.Description, custom.InputSchema.GetRawText()));
                    rules[custom.Name] = new ToolRule(CallKind.Custom, null);
                    break;
                case AgentToolset set:
                    foreach (var builtIn in builtIns)
                    {
                        var settings = set.SettingsOf(builtIn.Name);
                        if (!settings.Enabled) continue;
                        tools.Add(builtIn);
                        rules[builtIn.Name] = new ToolRule(CallKind.BuiltIn, settings.PermissionPolicy.Type);
                    }
                    break;
                case McpToolset set:
                    foreach (var found in mcp.Where(t => t.ServerName == set.McpServerName))
                    {
                        var settings = set.SettingsOf(found.Name);
                        var name = McpToolName.Of(found.ServerName, found.Name);
                        if (!settings.Enabled || !rules.TryAdd(name, new ToolRule(CallKind.Mcp, settings.PermissionPolicy.Type) { Remote = found })) continue;
                        tools.Add(new ModelTool(name, found.Description, found.InputSchema));
                    }
                    break;
            }
        }
        foreach (var tool in delegation?.Tools ?? [])
        {
            tools.Add(tool);
            rules[tool.Name] = new ToolRule(CallKind.Delegation, null);
        }
        if (delegation is not null) notes = notes is null ? delegation.Notes : $"{notes}\n\n{delegation.Notes}";
        return new ThreadSetup(threadId, agent, models.Find(agent.Model.Id), delegation, notes, tools, rules);
    }

    /// <summary>What the agent's settings say of the tool that the model calls so.</summary>
    public ToolRule RuleOf(string name) => _rules.GetValueOrDefault(name, ToolRule.None);

    /// <summary>What one request costs at list price in US dollars; null when the model has no list price.</summary>
    public decimal? CostOf(ModelUsage usage) => usage == ModelUsage.None ? 0 : (Model as ModelFound)?.Info.CostOf(usage, WireNames<ModelSpeed>.Of(Agent.Model.Speed), Agent.Model.InferenceGeo);

    /// <summary>The request for the model to go on with this conversation.</summary>
    /// <param name="attempt">Which try it is, from 1.</param>
    public ModelRequest Request(IReadOnlyList<ModelMessage> conversation, int attempt) => new()
    {
        Model = Agent.Model.Id,
        Effort = Agent.Model.Effort is { } effort ? WireNames<EffortLevel>.Of(effort.Type) : null,
        Speed = WireNames<ModelSpeed>.Of(Agent.Model.Speed),
        InferenceGeo = Agent.Model.InferenceGeo,
        System = Agent.System,
        SystemNotes = Notes is null ? [] : [Notes],
        Attempt = attempt,
        Tools = Tools,
        Messages = conversation,
    };
}
