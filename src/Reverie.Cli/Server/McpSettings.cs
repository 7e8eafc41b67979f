using Reverie.Cli.Terminal;
using Reverie.Mcp;

namespace Reverie.Cli.Server;

/// <summary>Which MCP servers agents may use, from the environment.</summary>
internal static class McpSettings
{
    private const string Name = "REVERIE_MCP_HOSTS";

    /// <exception cref="BadInputException">The setting names no host.</exception>
    public static McpOptions Read()
    {
        var hosts = (Environment.GetEnvironmentVariable(Name) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (Array.Find(hosts, static h => h != "*" && Uri.CheckHostName(h) == UriHostNameType.Unknown) is { } wrong)
            throw new BadInputException($"{Name} must name hosts separated by commas, such as localhost,tools.internal, or be *; \"{wrong}\" is no host name");
        return new McpOptions { Hosts = hosts };
    }
}
