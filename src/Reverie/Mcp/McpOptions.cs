namespace Reverie.Mcp;

/// <summary>Which MCP servers may be reached.</summary>
public sealed record McpOptions
{
    /// <summary>Hosts that are reached wherever they are, such as on this machine; <c>*</c> for every host. Others only at public addresses.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];
}
