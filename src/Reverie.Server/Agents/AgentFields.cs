using Reverie.Agents;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Json;
using Reverie.Server.Http;

namespace Reverie.Server.Agents;

/// <summary>Reads what a request says of an agent. What is wrong is noted in the body.</summary>
internal static class AgentFields
{
    /// <summary>The fields of a request that makes or changes an agent.</summary>
    public static readonly string[] Names = ["name", "description", "model", "system", "tools", "mcp_servers", "skills", "multiagent", "metadata", "execution_identity"];

    /// <param name="root">The body.</param>
    /// <param name="isNew">Whether name and model are required.</param>
    public static AgentEdit Read(JsonPart root, bool isNew)
    {
        var name = root.Text("name", isNew, 1, AgentLimits.NameCharsMax);
        if (name is not null && name.Any(char.IsControl)) root.Problem("name", "must not contain control characters");
        if (!isNew && root.IsSent("name") && !root.Has("name")) root.Problem("name", "cannot be cleared");
        ReadIdentity(root);
        return ReadOverrides(root, isNew) with
        {
            Name = name is null ? default : new Sent<string>(true, name),
            Description = ReadClearable(root, "description", AgentLimits.DescriptionCharsMax),
            Multiagent = root.IsSent("multiagent") ? MultiagentFields.Read(root) : default,
        };
    }

    /// <summary>Model, system prompt, tools, MCP servers and skills: what a session may have otherwise than its agent.</summary>
    public static AgentEdit ReadOverrides(JsonPart root, bool isModelRequired)
    {
        var model = ReadModel(root, isModelRequired);
        return new AgentEdit
        {
            Model = model is null ? default : new Sent<ModelEdit>(true, model),
            System = ReadClearable(root, "system", AgentLimits.SystemCharsMax),
            Tools = ToolFields.Read(root),
            McpServers = ReadServers(root),
            Skills = SkillFields.Read(root),
        };
    }

    /// <summary>The <c>mcp_servers</c> of a request.</summary>
    public static Sent<IReadOnlyList<McpServer>> ReadServers(JsonPart root)
    {
        if (!root.IsSent("mcp_servers")) return default;
        var servers = new List<McpServer>();
        foreach (var part in root.Objects("mcp_servers", AgentLimits.McpServersMax))
        {
            part.Knows("type", "name", "url").OneOf("type", true, "url");
            var name = part.Text("name", true, 1, AgentLimits.McpServerNameCharsMax);
            var url = part.Text("url", true, 1, AgentLimits.UrlCharsMax);
            if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0))
                part.Problem("url", "must be an http or https address without credentials");
            if (name is not null && url is not null) servers.Add(new McpServer(name, url));
        }
        return new Sent<IReadOnlyList<McpServer>>(true, servers);
    }

    private static ModelEdit? ReadModel(JsonPart root, bool isRequired)
    {
        if (!root.Has("model"))
        {
            if (isRequired) root.Problem("model", "is required");
            else if (root.IsSent("model")) root.Problem("model", "cannot be cleared (agent_model_required)", "agent_model_required");
            return null;
        }
        if (root.Value.GetProperty("model").ValueKind == System.Text.Json.JsonValueKind.String)
            return root.Text("model", true, 1, AgentLimits.ModelNameCharsMax) is { } id ? new ModelEdit(id, default, null, ModelSpeed.Standard) : null;
        if (root.Object("model") is not { } model) return null;
        model.Knows("id", "effort", "inference_geo", "speed");
        var name = model.Text("id", true, 1, AgentLimits.ModelNameCharsMax);
        var effort = ReadEffort(model);
        var geo = model.OneOf("inference_geo", false, "us", "global");
        var speed = model.OneOf("speed", false, [.. WireNames<ModelSpeed>.All]);
        return name is null ? null : new ModelEdit(name, effort, geo, speed is null ? ModelSpeed.Standard : WireNames<ModelSpeed>.Parse(speed));
    }

    private static Sent<EffortLevel?> ReadEffort(JsonPart model)
    {
        if (!model.IsSent("effort")) return default;
        if (!model.Has("effort")) return new Sent<EffortLevel?>(true, null);
        var (part, field) = (model, "effort");
        if (model.Value.GetProperty("effort").ValueKind != System.Text.Json.JsonValueKind.String)
        {
            if (model.Object("effort") is not { } level) return default;
            (part, field) = (level.Knows("type"), "type");
        }
        return part.OneOf(field, true, [.. WireNames<EffortLevel>.All]) is { } name ? new Sent<EffortLevel?>(true, WireNames<EffortLevel>.Parse(name)) : default;
    }

    private static void ReadIdentity(JsonPart root)
    {
        if (root.Object("execution_identity") is not { } identity) return;
        if (identity.OneOf("type", true, "service_account", "aws_role") is "aws_role")
            identity.Problem("type", "must be service_account: this server runs every agent under its own identity and takes on no AWS role");
        else identity.Knows("type");
    }

    /// <summary>A text that null or an empty one clears.</summary>
    private static Sent<string?> ReadClearable(JsonPart root, string field, int charsMax) =>
        root.IsSent(field) ? new Sent<string?>(true, root.Text(field, false, 0, charsMax) is { Length: > 0 } text ? text : null) : default;
}
