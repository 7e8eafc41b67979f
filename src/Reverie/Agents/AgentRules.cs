using System.Text.Json;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;

namespace Reverie.Agents;

/// <summary>What an agent becomes by a request, and whether it may. Pure.</summary>
public static class AgentRules
{
    /// <summary>A custom tool of this prefix is never taken.</summary>
    private const string ReservedPrefix = "ant__";

    private const string McpPrefix = "mcp__";

    /// <summary>The fields a request names, replaced; the rest stays. Neither checked nor resolved.</summary>
    public static T Apply<T>(T before, AgentEdit edit) where T : AgentConfig => (T)((AgentConfig)before with
    {
        Name = edit.Name.Or(before.Name),
        Description = edit.Description.Or(before.Description),
        Model = edit.Model.IsSent ? Merge(edit.Model.Value, before.Model) : before.Model,
        System = edit.System.Or(before.System),
        Tools = edit.Tools.Or(before.Tools),
        McpServers = edit.McpServers.Or(before.McpServers),
        Skills = edit.Skills.Or(before.Skills),
    });

    /// <summary>
    /// An agent with a session's overrides: like <see cref="Apply"/>, but an effort that the override leaves out is the
    /// model's default, whatever the agent has.
    /// </summary>
    /// <returns>The agent, its model resolved, and what is wrong with it.</returns>
    public static (Agent Agent, IReadOnlyList<AgentProblem> Problems) Override(Agent agent, AgentEdit overrides, IModelCatalog models)
    {
        var model = overrides.Model.IsSent ? overrides with { Model = overrides.Model.Value with { Effort = overrides.Model.Value.Effort.Or(null) } } : overrides;
        var check = models.Check(Apply(agent, model).Model, overrides.System.Or(agent.System));
        var after = Apply(agent, model) with { Model = check.Model };
        return (after, [.. check.Problems, .. ProblemsOf(after)]);
    }

    /// <summary>A session's agent with other tools or MCP servers, and what is wrong with it.</summary>
    public static (SessionAgent Agent, IReadOnlyList<AgentProblem> Problems) Update(SessionAgent agent, Sent<IReadOnlyList<AgentTool>> tools, Sent<IReadOnlyList<McpServer>> mcpServers)
    {
        var after = Apply(agent, new AgentEdit { Tools = tools, McpServers = mcpServers });
        return (after, ProblemsOf(after));
    }

    /// <summary>True when both say the same, whatever the order of keys in their schemas.</summary>
    public static bool AreSame(Agent one, Agent other) =>
        JsonElement.DeepEquals(JsonSerializer.SerializeToElement(one, WireJson.Wire.Agent), JsonSerializer.SerializeToElement(other, WireJson.Wire.Agent));

    /// <summary>What breaks a rule that holds between the parts of an agent; empty when nothing does.</summary>
    public static IReadOnlyList<AgentProblem> ProblemsOf(AgentConfig agent) =>
        [.. CountProblems(agent), .. ToolsetProblems(agent), .. CustomToolProblems(agent), .. ServerProblems(agent), .. SourceProblems(agent), .. SkillProblems(agent)];

    private static ModelConfig Merge(ModelEdit edit, ModelConfig before) => new()
    {
        Id = edit.Id,
        Effort = edit.Effort.IsSent ? edit.Effort.Value is { } level ? new Effort(level) : null : edit.Id == before.Id ? before.Effort : null,
        InferenceGeo = edit.InferenceGeo,
        Speed = edit.Speed,
    };

    private static IEnumerable<AgentProblem> CountProblems(AgentConfig agent)
    {
        var count = agent.Tools.Sum(static tool => tool switch
        {
            AgentToolset toolset => Math.Max(1, toolset.Configs.Count),
            McpToolset toolset => Math.Max(1, toolset.Configs.Count),
            _ => 1,
        });
        if (count > AgentLimits.ToolsMax) yield return new AgentProblem("tools", $"has {count} tools, entries of toolsets counted; the limit is {AgentLimits.ToolsMax}");
    }

    private static IEnumerable<AgentProblem> ToolsetProblems(AgentConfig agent)
    {
        if (agent.Tools.OfType<AgentToolset>().Count() > 1) yield return new AgentProblem("tools", "has more than one agent_toolset_20260401; put its configs into one");
        foreach (var (toolset, i) in agent.Tools.Select(static (tool, i) => (tool, i)))
        {
            IEnumerable<string> names = toolset switch
            {
                AgentToolset builtIn => builtIn.Configs.Select(static c => c.Name),
                McpToolset mcp => mcp.Configs.Select(static c => c.Name),
                _ => [],
            };
            if (FirstTwice(names) is { } twice) yield return new AgentProblem($"tools[{i}].configs", $"names {twice} more than once");
        }
    }

    private static IEnumerable<AgentProblem> CustomToolProblems(AgentConfig agent)
    {
        var tools = agent.Tools.OfType<CustomTool>().ToList();
        if (FirstTwice(tools.Select(static t => t.Name)) is { } twice) yield return new AgentProblem("tools", $"has more than one custom tool called {twice}");
        foreach (var tool in tools)
        {
            if (BuiltInToolConfig.ToolNames.Contains(tool.Name)) yield return new AgentProblem("tools", $"has a custom tool called {tool.Name}, which is a built-in tool's name; choose another");
            else if (tool.Name.StartsWith(ReservedPrefix, StringComparison.Ordinal) || tool.Name.StartsWith(McpPrefix, StringComparison.Ordinal))
                yield return new AgentProblem("tools", $"has a custom tool called {tool.Name}; names that begin with {ReservedPrefix} or {McpPrefix} are reserved");
        }
    }

    private static IEnumerable<AgentProblem> ServerProblems(AgentConfig agent)
    {
        if (agent.McpServers.Count > AgentLimits.McpServersMax) yield return new AgentProblem("mcp_servers", $"has {agent.McpServers.Count} entries; the limit is {AgentLimits.McpServersMax}");
        if (FirstTwice(agent.McpServers.Select(static s => s.Name)) is { } twice) yield return new AgentProblem("mcp_servers", $"has more than one server called \"{twice}\"");
        var used = agent.Tools.OfType<McpToolset>().Select(static t => t.McpServerName).ToList();
        if (FirstTwice(used) is { } again) yield return new AgentProblem("tools", $"has more than one mcp_toolset for the server \"{again}\"; put their configs into one");
        foreach (var name in used.Distinct(StringComparer.Ordinal).Where(n => agent.McpServers.All(s => s.Name != n)))
            yield return new AgentProblem("tools", $"has an mcp_toolset for \"{name}\", which is not in mcp_servers");
        foreach (var server in agent.McpServers.Where(s => !used.Contains(s.Name)))
            yield return new AgentProblem("mcp_servers", $"has \"{server.Name}\", which no mcp_toolset names; add one to tools or leave the server out");
    }

    private static IEnumerable<AgentProblem> SourceProblems(AgentConfig agent)
    {
        var custom = agent.Tools.OfType<CustomTool>().Select(static t => t.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var sources in agent.Tools.OfType<AgentToolset>().SelectMany(static t => t.Configs).OfType<WebFetchToolConfig>().Select(static c => c.UrlSources).OfType<UrlSources>())
        {
            if (sources is { ClientToolResults: UrlSourceFilter.None, ServerToolResults: UrlSourceFilter.None, UserInput: UrlSourceFilter.None })
                yield return new AgentProblem("tools", "has url_sources that are all none, which lets web_fetch read nothing; disable web_fetch instead");
            foreach (var name in NamesOf(sources.ClientToolResults).Where(n => !custom.Contains(n)))
                yield return new AgentProblem("tools", $"has url_sources.client_tool_results with \"{name}\", which is no custom tool of this agent");
            foreach (var name in NamesOf(sources.ServerToolResults).Where(static n => n is not ("web_search" or "web_fetch")))
                yield return new AgentProblem("tools", $"has url_sources.server_tool_results with \"{name}\"; only web_search and web_fetch may be named");
        }
    }

    private static IEnumerable<AgentProblem> SkillProblems(AgentConfig agent)
    {
        if (agent.Skills.Count > 0 && !agent.Tools.OfType<AgentToolset>().Any(static t => t.SettingsOf("read").Enabled))
            yield return new AgentProblem("tools", "must have an agent_toolset_20260401 with read enabled, because the agent has skills");
    }

    private static IEnumerable<string> NamesOf(UrlSourceFilter? filter) => filter switch
    {
        UrlSourceFilter.Only only => only.Tools.Select(static t => t.Name),
        UrlSourceFilter.Except except => except.Tools.Select(static t => t.Name),
        _ => [],
    };

    private static string? FirstTwice(IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return names.FirstOrDefault(name => !seen.Add(name));
    }
}
