using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reverie.Inference;

/// <summary>The operator's file of models: <c>{"models": [{"id": "openai/qwen3", "context_window_tokens": 32768}]}</c>.</summary>
internal static class ModelsFile
{
    private const long BytesMax = 4 * 1024 * 1024;

    /// <summary>Each entry laid over what is known about its id.</summary>
    /// <param name="path">The file.</param>
    /// <param name="known">What is known so far about an id; null for nothing.</param>
    /// <exception cref="ModelsFileException">The file cannot be read or is wrong.</exception>
    public static List<ModelInfo> Read(string path, Func<string, ModelInfo?> known)
    {
        try
        {
            if (new FileInfo(path).Length > BytesMax) throw new ModelsFileException(path, $"is larger than {BytesMax} bytes");
            var content = JsonSerializer.Deserialize(File.ReadAllBytes(path), ModelsFileContext.Default.ModelsFileContent) ?? throw new ModelsFileException(path, "must hold an object with the field models");
            return [.. content.Models.Select((entry, index) => Merged(path, index, entry, known))];
        }
        catch (JsonException error)
        {
            throw new ModelsFileException(path, $"{error.Path ?? "$"}, line {error.LineNumber + 1}: {error.Message.Split(" Path:")[0]}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelsFileException(path, $"cannot be read: {error.Message}");
        }
    }

    private static ModelInfo Merged(string path, int index, ModelEntry entry, Func<string, ModelInfo?> known)
    {
        var name = $"models[{index}]";
        if (entry.Id.Length is 0 or > ModelRegistry.IdCharsMax) throw Wrong("id", $"must have 1 to {ModelRegistry.IdCharsMax} characters");
        if (entry.Id is ModelWords.LocalModel) throw Wrong("id", $"{entry.Id} cannot be changed");
        if (entry.ContextWindowTokens is < 1) throw Wrong("context_window_tokens", "must be at least 1");
        if (entry.OutputTokensMax is < 1) throw Wrong("output_tokens_max", "must be at least 1");
        if (entry.FastPriceFactor is < 0) throw Wrong("fast_price_factor", "must not be negative");
        if (entry.Price is { IsNegative: true }) throw Wrong("price", "must not be negative");
        foreach (var effort in entry.Efforts ?? [])
            if (!ModelWords.Efforts.Contains(effort)) throw Wrong("efforts", $"may hold {string.Join(", ", ModelWords.Efforts)}, not \"{effort}\"");
        if (entry.Lifecycle is not (null or "active" or "deprecated" or "retired")) throw Wrong("lifecycle", "must be active, deprecated or retired");
        var found = known(entry.Id) ?? Assumed(entry);
        if (entry.Provider is { } kind && kind != Word(found.Provider)) found = found with { Provider = Kind(kind) ?? throw Wrong("provider", "must be anthropic or openai") };
        var efforts = entry.Efforts ?? found.Efforts;
        var byDefault = entry.DefaultEffort ?? found.DefaultEffort;
        if (entry.DefaultEffort is not null && !efforts.Contains(entry.DefaultEffort)) throw Wrong("default_effort", "must be one of efforts");
        return found with
        {
            Id = entry.Id,
            Aliases = entry.Aliases ?? found.Aliases,
            UpstreamId = entry.UpstreamId ?? found.UpstreamId,
            DisplayName = entry.DisplayName ?? found.DisplayName,
            ContextWindowTokens = entry.ContextWindowTokens ?? found.ContextWindowTokens,
            OutputTokensMax = entry.OutputTokensMax ?? found.OutputTokensMax,
            Price = entry.Price?.ToPrice() ?? found.Price,
            Efforts = efforts,
            DefaultEffort = byDefault is not null && efforts.Contains(byDefault) ? byDefault : null,
            HasFastSpeed = entry.FastSpeed ?? found.HasFastSpeed,
            FastPriceFactor = entry.FastPriceFactor ?? found.FastPriceFactor,
            HasAdaptiveThinking = entry.AdaptiveThinking ?? found.HasAdaptiveThinking,
            HasInferenceGeo = entry.InferenceGeo ?? found.HasInferenceGeo,
            HasImageInput = entry.ImageInput ?? found.HasImageInput,
            HasPdfInput = entry.PdfInput ?? found.HasPdfInput,
            HasStructuredOutput = entry.StructuredOutput ?? found.HasStructuredOutput,
            HasMidConversationSystem = entry.MidConversationSystem ?? found.HasMidConversationSystem,
            Lifecycle = entry.Lifecycle ?? found.Lifecycle,
            CreatedAt = entry.CreatedAt ?? found.CreatedAt,
        };

        ModelsFileException Wrong(string field, string problem) => new(path, $"{name}.{field} {problem}");

        ModelInfo Assumed(ModelEntry entry)
        {
            if (entry.Id.StartsWith(ModelWords.OpenAiPrefix, StringComparison.Ordinal) && entry.Id.Length > ModelWords.OpenAiPrefix.Length) return ModelCatalogue.OpenAi(entry.Id);
            if (entry.Id.StartsWith(ModelWords.ClaudePrefix, StringComparison.Ordinal)) return ModelCatalogue.AddedClaude(entry.Id);
            return Kind(entry.Provider) switch
            {
                ModelProviderKind.OpenAi => ModelCatalogue.OpenAi(ModelWords.OpenAiPrefix + entry.Id),
                ModelProviderKind.Anthropic => ModelCatalogue.AddedClaude(entry.Id),
                _ => throw Wrong("provider", $"must say who runs {entry.Id}: anthropic or openai"),
            };
        }
    }

    private static ModelProviderKind? Kind(string? word) => word switch
    {
        "anthropic" => ModelProviderKind.Anthropic,
        "openai" => ModelProviderKind.OpenAi,
        _ => null,
    };

    private static string Word(ModelProviderKind kind) => kind switch
    {
        ModelProviderKind.Anthropic => "anthropic",
        ModelProviderKind.OpenAi => "openai",
        _ => "",
    };
}

/// <summary>The operator's file of models cannot be used; the message names the file, the field and what to do.</summary>
public sealed class ModelsFileException(string path, string problem) : Exception($"the models file {path}: {problem}");

internal sealed record ModelsFileContent
{
    public required IReadOnlyList<ModelEntry> Models { get; init; }
}

/// <summary>One model of the file; what is null stays as it is known.</summary>
internal sealed record ModelEntry
{
    public required string Id { get; init; }

    public IReadOnlyList<string>? Aliases { get; init; }

    public string? Provider { get; init; }

    public string? UpstreamId { get; init; }

    public string? DisplayName { get; init; }

    public int? ContextWindowTokens { get; init; }

    public int? OutputTokensMax { get; init; }

    public PriceEntry? Price { get; init; }

    public IReadOnlyList<string>? Efforts { get; init; }

    public string? DefaultEffort { get; init; }

    public bool? FastSpeed { get; init; }

    public decimal? FastPriceFactor { get; init; }

    public bool? AdaptiveThinking { get; init; }

    public bool? InferenceGeo { get; init; }

    public bool? ImageInput { get; init; }

    public bool? PdfInput { get; init; }

    public bool? StructuredOutput { get; init; }

    public bool? MidConversationSystem { get; init; }

    public string? Lifecycle { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
}

/// <summary>US dollars per million tokens; what the cache costs is the price of input unless given.</summary>
internal sealed record PriceEntry
{
    public required decimal Input { get; init; }

    public required decimal Output { get; init; }

    public decimal? CacheRead { get; init; }

    [JsonPropertyName("cache_write_5m")]
    public decimal? CacheWrite5m { get; init; }

    [JsonPropertyName("cache_write_1h")]
    public decimal? CacheWrite1h { get; init; }

    [JsonIgnore]
    public bool IsNegative => Input < 0 || Output < 0 || CacheRead < 0 || CacheWrite5m < 0 || CacheWrite1h < 0;

    public ModelPrice ToPrice() => new(Input, Output, CacheRead ?? Input, CacheWrite5m ?? Input, CacheWrite1h ?? Input);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(ModelsFileContent))]
internal sealed partial class ModelsFileContext : JsonSerializerContext;
