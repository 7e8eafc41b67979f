namespace Reverie.Inference;

/// <summary>Which models can be reached, and how. The host reads settings; the engine sees only this.</summary>
public sealed record InferenceOptions
{
    /// <summary>For <c>claude-*</c>; null when there is none, and then those models are refused unless a base URL is set.</summary>
    public string? AnthropicApiKey { get; init; }

    /// <summary>Without the version segment; null for the public service.</summary>
    public Uri? AnthropicBaseUrl { get; init; }

    /// <summary>For <c>openai/&lt;id&gt;</c>; null when there is none, which endpoints on one's own machines seldom mind.</summary>
    public string? OpenAiApiKey { get; init; }

    /// <summary>With the version segment, such as <c>http://127.0.0.1:8000/v1</c>; null for the public service.</summary>
    public Uri? OpenAiBaseUrl { get; init; }

    /// <summary>A JSON file that adds models and corrects what is known about them; null for none.</summary>
    public string? ModelsFile { get; init; }

    /// <summary>Models an embedding program brings; they win over all others of their id.</summary>
    public IReadOnlyList<EmbeddedModel> Embedded { get; init; } = [];

    /// <summary>How long a provider may be silent, before its answer or within it, until it counts as lost. Default ten minutes.</summary>
    public TimeSpan SilenceMax { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Shows no key.</summary>
    public override string ToString() => nameof(InferenceOptions);
}

/// <summary>A model an embedding program brings.</summary>
public sealed record EmbeddedModel(ModelInfo Info, IModelProvider Provider);
