using System.Text.Json;
using Reverie.Agents;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Server.Http;

namespace Reverie.Server.Agents;

/// <summary>Reads the <c>multiagent</c> block of a request. What is wrong is noted in the body.</summary>
internal static class MultiagentFields
{
    public static Sent<MultiagentEdit?> Read(JsonPart root)
    {
        if (root.Object("multiagent") is not { } block) return new Sent<MultiagentEdit?>(true, null);
        switch (block.OneOf("type", true, "coordinator", "multiagent_20261001"))
        {
            case "coordinator":
                block.Knows("type", "agents");
                if (!block.Has("agents")) block.Problem("agents", "is required");
                return new CoordinatorEdit(Roster(block, "agents", takesAdvisor: true));
            case "multiagent_20261001":
                block.Knows("type", "subagents", "workflows", "advisor");
                return new Multiagent20261001Edit(Delegates(block, "subagents"), Delegates(block, "workflows"), ReadAdvisor(block));
            default:
                return default;
        }
    }

    private static Sent<DelegatesEdit?> Delegates(JsonPart block, string field)
    {
        if (!block.IsSent(field)) return default;
        if (block.Object(field) is not { } part) return new Sent<DelegatesEdit?>(true, null);
        if (part.OneOf("type", true, [.. WireNames<Switch>.All]) != "enabled")
        {
            part.Knows("type");
            return new NoDelegatesEdit();
        }
        part.Knows("type", "inline_agents", "predefined_agents");
        var listed = part.IsSent("predefined_agents") ? new Sent<IReadOnlyList<RosterEdit>?>(true, part.Has("predefined_agents") ? Roster(part, "predefined_agents", takesAdvisor: false) : null) : default;
        return new EnabledDelegatesEdit(ReadInline(part), listed);
    }

    private static Sent<InlineAgents?> ReadInline(JsonPart part)
    {
        if (!part.IsSent("inline_agents")) return default;
        if (part.Object("inline_agents") is not { } inline) return new Sent<InlineAgents?>(true, null);
        return inline.Knows("type").OneOf("type", true, [.. WireNames<Switch>.All]) is { } name ? new Sent<InlineAgents?>(true, new InlineAgents(WireNames<Switch>.Parse(name))) : default;
    }

    private static Sent<Advisor?> ReadAdvisor(JsonPart block)
    {
        if (!block.IsSent("advisor")) return default;
        if (block.Object("advisor") is not { } part) return new Sent<Advisor?>(true, null);
        if (part.OneOf("type", true, [.. WireNames<Switch>.All]) != "enabled")
        {
            part.Knows("type");
            return new NoAdvisor();
        }
        return part.Knows("type", "model").Text("model", true, 1, AgentLimits.ModelNameCharsMax) is { } model ? new Sent<Advisor?>(true, new EnabledAdvisor(model)) : default;
    }

    private static List<RosterEdit> Roster(JsonPart part, string field, bool takesAdvisor)
    {
        var roster = new List<RosterEdit>();
        foreach (var (value, name) in part.Items(field, AgentLimits.RosterMax))
        {
            var entry = value.ValueKind == JsonValueKind.String
                ? part.TextOf(value, name, 1, int.MaxValue) is { } id ? Named(part, id, name, null) : null
                : part.ObjectOf(value, name) is { } item ? Entry(item, takesAdvisor) : null;
            if (entry is not null) roster.Add(entry);
        }
        return roster;
    }

    private static RosterEdit? Entry(JsonPart item, bool takesAdvisor)
    {
        switch (takesAdvisor ? item.OneOf("type", true, "agent", "self", "advisor") : item.OneOf("type", true, "agent", "self"))
        {
            case "agent":
                item.Knows("type", "id", "version");
                var version = item.Number("version", 1, int.MaxValue);
                return item.Text("id", true, 1, int.MaxValue) is { } id ? Named(item, id, item.NameOf("id"), version) : null;
            case "self":
                item.Knows("type");
                return new SelfEntry();
            case "advisor":
                return item.Knows("type", "model").Text("model", true, 1, AgentLimits.ModelNameCharsMax) is { } model ? new AdvisorEntry(model) : null;
            default:
                return null;
        }
    }

    private static AgentEntry? Named(JsonPart part, string id, string name, int? version)
    {
        if (Id<Agent>.TryParse(id, out var agent)) return new AgentEntry(agent, version);
        part.ProblemAt(name, $"must be the id of an agent, not {ApiException.Quoted(id)}");
        return null;
    }
}
