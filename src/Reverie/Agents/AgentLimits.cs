namespace Reverie.Agents;

/// <summary>Limits of an agent (public contract, "Agents").</summary>
public static class AgentLimits
{
    public const int NameCharsMax = 256;
    public const int DescriptionCharsMax = 2_048;
    public const int SystemCharsMax = 100_000;

    /// <summary>Custom tools and entries of toolsets together; a toolset without entries counts as one.</summary>
    public const int ToolsMax = 256;

    public const int ToolNameCharsMax = 128;
    public const int McpServersMax = 20;
    public const int McpServerNameCharsMax = 255;
    public const int UrlCharsMax = 2_048;
    public const int ModelNameCharsMax = 256;

    /// <summary>Entries of a list of agents.</summary>
    public const int RosterMax = 20;

    /// <summary>Entries of a list of domains.</summary>
    public const int DomainsMax = 64;

    public const int DomainCharsMax = 255;

    /// <summary>Tools a URL source filter may name.</summary>
    public const int FilterToolsMax = 128;

    /// <summary>Levels of an input schema: it is kept inside other objects, and all of it must be readable again.</summary>
    public const int SchemaDepthMax = 32;
}
