using System.Diagnostics;
using Reverie.Inference.ChatCompletions;
using Reverie.Inference.Messages;
using Reverie.Inference.Scripted;

namespace Reverie.Inference;

/// <summary>Which models there are, what is known about them and who runs them. Built once, safe for concurrent use.</summary>
public sealed class ModelRegistry
{
    /// <summary>Characters of a model's id.</summary>
    public const int IdCharsMax = 256;

    private readonly Dictionary<string, ModelInfo> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ModelFound> _embedded = new(StringComparer.Ordinal);
    private readonly MessagesClient? _claude;
    private readonly ChatCompletionsClient? _openAi;
    private readonly IModelProvider _local = new LocalProvider();
    private readonly IModelProvider _scripted;

    /// <summary>Reads the models file; opens no connection.</summary>
    /// <exception cref="ModelsFileException">The models file cannot be used.</exception>
    public ModelRegistry(InferenceOptions options, TimeProvider clock)
    {
        _scripted = new ScriptedProvider(clock);
        if (!string.IsNullOrEmpty(options.AnthropicApiKey) || options.AnthropicBaseUrl is not null) _claude = new MessagesClient(options, clock);
        if (!string.IsNullOrEmpty(options.OpenAiApiKey) || options.OpenAiBaseUrl is not null) _openAi = new ChatCompletionsClient(options, clock);
        foreach (var info in ModelCatalogue.Claude.Append(ModelCatalogue.Local).Append(ModelCatalogue.Scripted)) Know(info);
        if (options.ModelsFile is { } file)
            foreach (var info in ModelsFile.Read(file, _known.GetValueOrDefault)) Know(info);
        foreach (var model in options.Embedded)
        {
            Know(model.Info);
            foreach (var id in model.Info.Aliases.Append(model.Info.Id)) _embedded[id] = new ModelFound(model.Info, model.Provider);
        }
        Models = [.. _known.Values.Distinct().Where(info => Find(info.Id) is ModelFound).OrderByDescending(static m => m.CreatedAt).ThenBy(static m => m.Id, StringComparer.Ordinal)];
    }

    /// <summary>Every model that can be asked and whose id is known, newest first. Ids of OpenAI-compatible models need not be known.</summary>
    public IReadOnlyList<ModelInfo> Models { get; }

    /// <summary>What is known about a model, whether this server can reach it or not; null for an unknown one.</summary>
    public ModelInfo? Describe(string id)
    {
        if (id.Length > IdCharsMax) return null;
        if (_known.GetValueOrDefault(id) is { } info) return info;
        return id.StartsWith(ModelWords.OpenAiPrefix, StringComparison.Ordinal) && id.Length > ModelWords.OpenAiPrefix.Length ? ModelCatalogue.OpenAi(id) : null;
    }

    /// <summary>The model an id or alias means, with who runs it.</summary>
    public ModelLookup Find(string id)
    {
        if (_embedded.TryGetValue(id, out var embedded)) return embedded;
        var info = Describe(id);
        return info?.Provider switch
        {
            null => new ModelUnavailable(Unknown(id)),
            ModelProviderKind.Local => new ModelFound(info, _local),
            ModelProviderKind.Scripted => new ModelFound(info, _scripted),
            ModelProviderKind.Anthropic when _claude is null => new ModelUnavailable($"{Quoted(id)} needs a provider this server does not have: set ANTHROPIC_API_KEY (or ANTHROPIC_BASE_URL) and start it again, or use {ModelWords.LocalModel}"),
            ModelProviderKind.OpenAi when _openAi is null => new ModelUnavailable($"{Quoted(id)} needs a provider this server does not have: set OPENAI_BASE_URL or OPENAI_API_KEY and start it again, or use {ModelWords.LocalModel}"),
            ModelProviderKind.Anthropic => new ModelFound(info, new MessagesProvider(_claude, info)),
            ModelProviderKind.OpenAi => new ModelFound(info, new ChatCompletionsProvider(_openAi, WithoutPrefix(info))),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>
    /// Everything that is wrong with what an agent asks of its model; empty when nothing is. Whether this server has a key for
    /// it is not looked at: keys come and go, and a session says what is missing when it asks.
    /// </summary>
    /// <param name="model">The id.</param>
    /// <param name="effort">The level; null for the model's own.</param>
    /// <param name="speed"><c>standard</c> or <c>fast</c>; null for standard.</param>
    /// <param name="inferenceGeo"><c>us</c> or <c>global</c>; null for anywhere.</param>
    /// <param name="system">The agent's system prompt, which a scripted agent keeps its script in.</param>
    public IReadOnlyList<ModelProblem> Check(string model, string? effort, string? speed, string? inferenceGeo, string? system)
    {
        if (Describe(model) is not { } info) return [new ModelProblem("model", model.Length > IdCharsMax ? $"must have at most {IdCharsMax} characters, not {model.Length}" : Unknown(model))];
        var problems = new List<ModelProblem>();
        if (info.Lifecycle == "retired") problems.Add(new("model", $"{Quoted(model)} is retired; use another one"));
        if (effort is not null && !info.Efforts.Contains(effort))
            problems.Add(new("model.effort", info.Efforts.Count == 0 ? $"must be left out: {model} takes none" : $"must be {string.Join(", ", info.Efforts)} for {model}, not {Quoted(effort)}"));
        if (speed is not (null or ModelWords.Standard or ModelWords.Fast)) problems.Add(new("model.speed", $"must be {ModelWords.Standard} or {ModelWords.Fast}, not {Quoted(speed)}"));
        else if (speed == ModelWords.Fast && !info.HasFastSpeed) problems.Add(new("model.speed", $"must be {ModelWords.Standard} for {model}"));
        if (inferenceGeo is not (null or ModelWords.Us or ModelWords.Global)) problems.Add(new("model.inference_geo", $"must be {ModelWords.Us} or {ModelWords.Global}, not {Quoted(inferenceGeo)}"));
        else if (inferenceGeo is not null && !info.HasInferenceGeo) problems.Add(new("model.inference_geo", $"must be left out: {model} takes none"));
        if (info.Provider == ModelProviderKind.Scripted && Script.Problem(system) is { } wrong) problems.Add(new("system", wrong));
        return problems;
    }

    private void Know(ModelInfo info)
    {
        foreach (var id in info.Aliases.Append(info.Id)) _known[id] = info;
    }

    private static ModelInfo WithoutPrefix(ModelInfo info) => info.UpstreamId is null && info.Id.StartsWith(ModelWords.OpenAiPrefix, StringComparison.Ordinal)
        ? info with { UpstreamId = info.Id[ModelWords.OpenAiPrefix.Length..] }
        : info;

    private static string Unknown(string id) => id.StartsWith(ModelWords.ClaudePrefix, StringComparison.Ordinal)
        ? $"{Quoted(id)} is not known to this server; GET /v1/models lists what is, and the models file adds others"
        : $"{Quoted(id)} is not known to this server; use a claude-* model, {ModelWords.OpenAiPrefix}<id>, {ModelWords.LocalModel} or {ModelWords.ScriptedModel}, or add it to the models file";

    private static string Quoted(string text) => $"\"{string.Concat(text.Take(80).Select(static c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c))}{(text.Length > 80 ? "…" : "")}\"";
}
