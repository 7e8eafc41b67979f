using System.Text.Json.Serialization;

namespace Reverie.Protocol.Agents;

/// <summary>How one built-in tool is set up. Everything inherited is resolved.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(BashToolConfig), BashToolConfig.ToolName)]
[JsonDerivedType(typeof(EditToolConfig), EditToolConfig.ToolName)]
[JsonDerivedType(typeof(ReadToolConfig), ReadToolConfig.ToolName)]
[JsonDerivedType(typeof(WriteToolConfig), WriteToolConfig.ToolName)]
[JsonDerivedType(typeof(GlobToolConfig), GlobToolConfig.ToolName)]
[JsonDerivedType(typeof(GrepToolConfig), GrepToolConfig.ToolName)]
[JsonDerivedType(typeof(WebFetchToolConfig), WebFetchToolConfig.ToolName)]
[JsonDerivedType(typeof(WebSearchToolConfig), WebSearchToolConfig.ToolName)]
public abstract record BuiltInToolConfig
{
    /// <summary>Every built-in tool.</summary>
    public static IReadOnlyList<string> ToolNames { get; } =
        [BashToolConfig.ToolName, EditToolConfig.ToolName, ReadToolConfig.ToolName, WriteToolConfig.ToolName, GlobToolConfig.ToolName, GrepToolConfig.ToolName, WebFetchToolConfig.ToolName, WebSearchToolConfig.ToolName];

    /// <summary>The tool; on the wire <c>type</c> says the same.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the model sees it.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Whether calls wait for a person.</summary>
    public required PermissionPolicy PermissionPolicy { get; init; }
}

/// <summary>Runs commands.</summary>
public sealed record BashToolConfig : BuiltInToolConfig
{
    internal const string ToolName = "bash";

    /// <inheritdoc />
    public override string Name => ToolName;
}

/// <summary>Replaces text in a file.</summary>
public sealed record EditToolConfig : BuiltInToolConfig
{
    internal const string ToolName = "edit";

    /// <inheritdoc />
    public override string Name => ToolName;
}

/// <summary>Reads a file.</summary>
public sealed record ReadToolConfig : BuiltInToolConfig
{
    internal const string ToolName = "read";

    /// <inheritdoc />
    public override string Name => ToolName;
}

/// <summary>Writes a file.</summary>
public sealed record WriteToolConfig : BuiltInToolConfig
{
    internal const string ToolName = "write";

    /// <inheritdoc />
    public override string Name => ToolName;
}

/// <summary>Finds files by name.</summary>
public sealed record GlobToolConfig : BuiltInToolConfig
{
    internal const string ToolName = "glob";

    /// <inheritdoc />
    public override string Name => ToolName;
}

/// <summary>Finds lines in files.</summary>
public sealed record GrepToolConfig : BuiltInToolConfig
{
    internal const string ToolName = "grep";

    /// <inheritdoc />
    public override string Name => ToolName;
}

/// <summary>Reads a page of the web.</summary>
public sealed record WebFetchToolConfig : BuiltInToolConfig
{
    internal const string ToolName = "web_fetch";

    /// <inheritdoc />
    public override string Name => ToolName;

    /// <summary>The only hosts it may read, with their subdomains; null (no key) for any. Never together with <see cref="BlockedDomains"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? AllowedDomains { get; init; }

    /// <summary>Hosts it may not read, with their subdomains; null (no key) for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? BlockedDomains { get; init; }

    /// <summary>Tokens of text taken from one page; null without a limit of its own.</summary>
    public int? MaxContentTokens { get; init; }

    /// <summary>Which addresses seen before may be read; null for all.</summary>
    public UrlSources? UrlSources { get; init; }
}

/// <summary>Searches the web.</summary>
public sealed record WebSearchToolConfig : BuiltInToolConfig
{
    internal const string ToolName = "web_search";

    /// <inheritdoc />
    public override string Name => ToolName;

    /// <summary>The only hosts, each perhaps with a path, whose pages may be found; null (no key) for any. Never together with <see cref="BlockedDomains"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? AllowedDomains { get; init; }

    /// <summary>Hosts, each perhaps with a path, whose pages may not be found; null (no key) for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? BlockedDomains { get; init; }

    /// <summary>From where it searches; null for anywhere.</summary>
    public UserLocation? UserLocation { get; init; }
}

/// <summary>Where a person roughly is.</summary>
public sealed record UserLocation
{
    /// <summary>Always <c>approximate</c>.</summary>
    public string Type { get; } = "approximate";

    /// <summary>Null when not given.</summary>
    public string? City { get; init; }

    /// <summary>Two upper-case letters (ISO 3166-1); null when not given.</summary>
    public string? Country { get; init; }

    /// <summary>Null when not given.</summary>
    public string? Region { get; init; }

    /// <summary>IANA name; null when not given.</summary>
    public string? Timezone { get; init; }
}

/// <summary>From which texts <c>web_fetch</c> may take the addresses it reads. Null fields allow everything.</summary>
public sealed record UrlSources
{
    /// <summary>Results of custom tools.</summary>
    public UrlSourceFilter? ClientToolResults { get; init; }

    /// <summary>Results of <c>web_search</c> and <c>web_fetch</c>.</summary>
    public UrlSourceFilter? ServerToolResults { get; init; }

    /// <summary>Messages of the user; all or none.</summary>
    public UrlSourceFilter? UserInput { get; init; }
}

/// <summary>Which tools' results count.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(All), "all")]
[JsonDerivedType(typeof(None), "none")]
[JsonDerivedType(typeof(Only), "only")]
[JsonDerivedType(typeof(Except), "except")]
public abstract record UrlSourceFilter
{
    /// <summary>Every tool.</summary>
    public sealed record All : UrlSourceFilter;

    /// <summary>No tool.</summary>
    public sealed record None : UrlSourceFilter;

    /// <summary>These tools.</summary>
    public sealed record Only(IReadOnlyList<ToolReference> Tools) : UrlSourceFilter;

    /// <summary>Every tool but these.</summary>
    public sealed record Except(IReadOnlyList<ToolReference> Tools) : UrlSourceFilter;
}

/// <summary>A tool by its name.</summary>
/// <param name="Name">Compared exactly.</param>
public sealed record ToolReference(string Name)
{
    /// <summary>Always <c>tool_reference</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "tool_reference";
}
