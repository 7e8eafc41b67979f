using System.Text.RegularExpressions;
using Reverie.Agents;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Json;
using Reverie.Server.Http;

namespace Reverie.Server.Agents;

/// <summary>Reads the <c>tools</c> of a request, every default resolved. What is wrong is noted in the body.</summary>
internal static partial class ToolFields
{
    public static Sent<IReadOnlyList<AgentTool>> Read(JsonPart root)
    {
        if (!root.IsSent("tools")) return default;
        var tools = new List<AgentTool>();
        foreach (var part in root.Objects("tools", AgentLimits.ToolsMax))
        {
            AgentTool? tool = part.OneOf("type", true, "agent_toolset_20260401", "mcp_toolset", "custom") switch
            {
                "agent_toolset_20260401" => Toolset(part),
                "mcp_toolset" => Mcp(part),
                "custom" => Custom(part),
                _ => null,
            };
            if (tool is not null) tools.Add(tool);
        }
        return new Sent<IReadOnlyList<AgentTool>>(true, tools);
    }

    private static AgentToolset Toolset(JsonPart part)
    {
        part.Knows("type", "default_config", "configs");
        var byDefault = Default(part, PermissionPolicy.AlwaysAllow);
        var configs = new List<BuiltInToolConfig>();
        foreach (var config in part.Objects("configs", AgentLimits.ToolsMax))
        {
            var name = config.OneOf("name", true, [.. BuiltInToolConfig.ToolNames]);
            if (name is null) continue;
            if (config.Text("type", false, 0, int.MaxValue) is { } type && type != name) config.Problem("type", $"must be {name}, as name says, or be left out");
            configs.Add(BuiltIn(config, name, Settings(config, byDefault)));
        }
        return new AgentToolset { DefaultConfig = byDefault, Configs = configs };
    }

    private static BuiltInToolConfig BuiltIn(JsonPart config, string name, ToolSettings settings)
    {
        var (enabled, policy) = settings;
        switch (name)
        {
            case "web_fetch":
                config.Knows("name", "type", "enabled", "permission_policy", "allowed_domains", "blocked_domains", "max_content_tokens", "url_sources");
                var (fetched, notFetched) = WebFields.Domains(config, takesPath: false);
                return new WebFetchToolConfig { Enabled = enabled, PermissionPolicy = policy, AllowedDomains = fetched, BlockedDomains = notFetched, MaxContentTokens = config.Number("max_content_tokens", 1, int.MaxValue), UrlSources = WebFields.Sources(config) };
            case "web_search":
                config.Knows("name", "type", "enabled", "permission_policy", "allowed_domains", "blocked_domains", "user_location");
                var (found, notFound) = WebFields.Domains(config, takesPath: true);
                return new WebSearchToolConfig { Enabled = enabled, PermissionPolicy = policy, AllowedDomains = found, BlockedDomains = notFound, UserLocation = WebFields.Location(config) };
            default:
                config.Knows("name", "type", "enabled", "permission_policy");
                return name switch
                {
                    "bash" => new BashToolConfig { Enabled = enabled, PermissionPolicy = policy },
                    "edit" => new EditToolConfig { Enabled = enabled, PermissionPolicy = policy },
                    "read" => new ReadToolConfig { Enabled = enabled, PermissionPolicy = policy },
                    "write" => new WriteToolConfig { Enabled = enabled, PermissionPolicy = policy },
                    "glob" => new GlobToolConfig { Enabled = enabled, PermissionPolicy = policy },
                    "grep" => new GrepToolConfig { Enabled = enabled, PermissionPolicy = policy },
                    _ => throw new System.Diagnostics.UnreachableException(),
                };
        }
    }

    private static McpToolset Mcp(JsonPart part)
    {
        part.Knows("type", "mcp_server_name", "default_config", "configs");
        var server = part.Text("mcp_server_name", true, 1, AgentLimits.McpServerNameCharsMax) ?? "";
        var byDefault = Default(part, PermissionPolicy.AlwaysAsk);
        var configs = new List<McpToolConfig>();
        foreach (var config in part.Objects("configs", AgentLimits.ToolsMax))
        {
            config.Knows("name", "enabled", "permission_policy");
            var (enabled, policy) = Settings(config, byDefault);
            if (config.Text("name", true, 1, AgentLimits.ToolNameCharsMax) is { } name) configs.Add(new McpToolConfig(name, enabled, policy));
        }
        return new McpToolset { McpServerName = server, DefaultConfig = byDefault, Configs = configs };
    }

    private static CustomTool? Custom(JsonPart part)
    {
        part.Knows("type", "name", "description", "input_schema");
        var name = part.Text("name", true, 1, AgentLimits.ToolNameCharsMax);
        if (name is not null && !CustomName().IsMatch(name)) part.Problem("name", "must be made of letters, digits, underscores and hyphens");
        var description = part.Text("description", true, 1, int.MaxValue);
        if (!part.Has("input_schema")) part.Problem("input_schema", "is required");
        if (part.Object("input_schema") is not { } schema || name is null || description is null) return null;
        if (InputSchema.Problem(schema.Value) is { } problem)
        {
            part.Problem("input_schema", problem);
            return null;
        }
        // The body goes when the request is answered; what is saved stays.
        return new CustomTool { Name = name, Description = description, InputSchema = schema.Value.Clone() };
    }

    private static ToolSettings Default(JsonPart part, PermissionPolicy policy)
    {
        var settings = new ToolSettings(true, policy);
        return part.Object("default_config") is { } config ? Settings(config.Knows("enabled", "permission_policy"), settings) : settings;
    }

    private static ToolSettings Settings(JsonPart config, ToolSettings inherited) => new(config.Flag("enabled") ?? inherited.Enabled, Policy(config) ?? inherited.PermissionPolicy);

    private static PermissionPolicy? Policy(JsonPart config) =>
        config.Object("permission_policy") is { } policy && policy.Knows("type").OneOf("type", true, [.. WireNames<PermissionPolicyType>.All]) is { } name
            ? new PermissionPolicy(WireNames<PermissionPolicyType>.Parse(name)) : null;

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+\z")]
    private static partial Regex CustomName();
}
