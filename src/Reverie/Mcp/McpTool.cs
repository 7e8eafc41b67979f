namespace Reverie.Mcp;

/// <summary>A tool of an MCP server, as the server describes it: words of a stranger.</summary>
/// <param name="ServerName">The server as the agent names it.</param>
/// <param name="Name">The tool as the server names it.</param>
/// <param name="Description">What it does; empty when the server does not say.</param>
/// <param name="InputSchema">JSON Schema of the input.</param>
public sealed record McpTool(string ServerName, string Name, string Description, string InputSchema);

/// <summary>The tools an agent has from its MCP servers at the moment.</summary>
/// <param name="Tools">In the order of the agent's servers.</param>
/// <param name="Failures">Servers that could not be asked.</param>
public sealed record McpTools(IReadOnlyList<McpTool> Tools, IReadOnlyList<McpServerException> Failures)
{
    public static McpTools None { get; } = new([], []);
}

/// <summary>An MCP server cannot be reached, refuses, or does not speak as it should. The message says why, and names no secret.</summary>
public sealed class McpServerException(string serverName, bool isAuthentication, string message) : Exception(message)
{
    /// <summary>The server as the agent names it.</summary>
    public string ServerName { get; } = serverName;

    /// <summary>It wants to know who calls.</summary>
    public bool IsAuthentication { get; } = isAuthentication;
}
