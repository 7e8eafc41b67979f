using System.Text.Json.Serialization;

namespace Reverie.Protocol.Models;

/// <summary>A model agents can name (public contract, "Models").</summary>
public sealed record Model
{
    /// <summary>What agents name it by.</summary>
    public required string Id { get; init; }

    /// <summary>Always <c>model</c>.</summary>
    public string Type { get; } = "model";

    /// <summary>For people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>When it came out; the epoch's begin when not known.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary><c>active</c>, <c>deprecated</c> or <c>retired</c>.</summary>
    public required string Lifecycle { get; init; }

    /// <summary><c>haiku</c>, <c>sonnet</c>, <c>opus</c>, <c>fable</c> or <c>mythos</c>; null for others.</summary>
    public required string? Line { get; init; }

    /// <summary>Tokens a prompt may have; null when not known.</summary>
    public required int? MaxInputTokens { get; init; }

    /// <summary>Tokens a response may have; null when not known.</summary>
    public required int? MaxTokens { get; init; }

    /// <summary>When it was deprecated; null when it is not, or the time is not known.</summary>
    public DateTimeOffset? DeprecatedAt { get; init; }

    /// <summary>When it will be retired; null when not known.</summary>
    public DateTimeOffset? RetiresAt { get; init; }

    /// <summary>Always null: requests do not fall back to other models.</summary>
    public IReadOnlyList<string>? AllowedFallbackModels { get; init; }

    /// <summary>What it can do here.</summary>
    public required ModelCapabilities Capabilities { get; init; }
}

/// <summary>Whether something is supported.</summary>
/// <param name="IsSupported">Whether it is.</param>
public sealed record Supported([property: JsonPropertyName("supported")] bool IsSupported);

/// <summary>What a model can do on this server.</summary>
public sealed record ModelCapabilities
{
    /// <summary>Requests in batches.</summary>
    public required Supported Batch { get; init; }

    /// <summary>Citing what it was given.</summary>
    public required Supported Citations { get; init; }

    /// <summary>Running code at the provider.</summary>
    public required Supported CodeExecution { get; init; }

    /// <summary>Seeing pictures.</summary>
    public required Supported ImageInput { get; init; }

    /// <summary>Reading PDF.</summary>
    public required Supported PdfInput { get; init; }

    /// <summary>Answers of a given schema.</summary>
    public required Supported StructuredOutputs { get; init; }

    /// <summary>Levels of effort.</summary>
    public required EffortCapability Effort { get; init; }

    /// <summary>Kinds of thinking.</summary>
    public required ThinkingCapability Thinking { get; init; }

    /// <summary>Editing of the context at the provider.</summary>
    public required ContextManagementCapability ContextManagement { get; init; }

    /// <summary>Always null: the server compacts conversations itself.</summary>
    public Supported? Compaction { get; init; }

    /// <summary>Tools that run at the provider.</summary>
    public required ServerToolsCapability ServerTools { get; init; }
}

/// <summary>Which levels of effort a model takes.</summary>
public sealed record EffortCapability(bool Supported, Supported Low, Supported Medium, Supported High, Supported? Xhigh, Supported Max);

/// <summary>Which kinds of thinking agents use with a model.</summary>
public sealed record ThinkingCapability(bool Supported, ThinkingTypes Types);

/// <summary>The kinds of thinking.</summary>
public sealed record ThinkingTypes(Supported Adaptive, Supported Enabled, Supported Disabled, Supported BetweenTools);

/// <summary>Editing of the context at the provider; its strategies are null, being none.</summary>
public sealed record ContextManagementCapability(
    bool Supported,
    [property: JsonPropertyName("clear_thinking_20251015")] Supported? ClearThinking = null,
    [property: JsonPropertyName("clear_tool_uses_20250919")] Supported? ClearToolUses = null,
    [property: JsonPropertyName("compact_20260112")] Supported? Compact = null);

/// <summary>Tools that run at the provider.</summary>
public sealed record ServerToolsCapability(bool Supported, Supported WebSearch, Supported CodeExecution);

/// <summary>One page of models.</summary>
/// <param name="Data">Newest first.</param>
/// <param name="HasMore">Whether more follow in the direction asked for.</param>
/// <param name="FirstId">Pass it as <c>before_id</c> for what comes before; null when the page is empty.</param>
/// <param name="LastId">Pass it as <c>after_id</c> for what follows; null when the page is empty.</param>
public sealed record ModelPage(IReadOnlyList<Model> Data, bool HasMore, string? FirstId, string? LastId);
