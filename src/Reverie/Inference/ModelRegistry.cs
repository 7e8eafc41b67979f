namespace Reverie.Inference;

/// <summary>Which models there are, what is known about them and who runs them. Built once, safe for concurrent use.</summary>
public sealed class ModelRegistry
{
    private readonly Dictionary<string, ModelFound> _found = new(StringComparer.Ordinal);

    /// <summary>Reads the models file; opens no connection.</summary>
    public ModelRegistry(InferenceOptions options, TimeProvider clock)
    {
        _ = clock;
        foreach (var model in options.Embedded) _found[model.Info.Id] = new ModelFound(model.Info, model.Provider);
        var local = new ModelInfo { Id = "reverie/local", Provider = ModelProviderKind.Local, DisplayName = "Notice that no model is configured" };
        _found[local.Id] = new ModelFound(local, new LocalProvider());
    }

    /// <summary>Every model that can be asked by a known id, newest first.</summary>
    public IReadOnlyList<ModelInfo> Models => [.. _found.Values.Select(static f => f.Info)];

    /// <summary>The model an id or alias means.</summary>
    public ModelLookup Find(string id) => _found.TryGetValue(id, out var found) ? found : new ModelUnavailable($"\"{id}\" is not known to this server");

    /// <summary>Everything that is wrong with what an agent asks of its model; empty when it can run.</summary>
    /// <param name="model">The id.</param>
    /// <param name="effort">The level; null for the model's own.</param>
    /// <param name="speed"><c>standard</c> or <c>fast</c>; null for standard.</param>
    /// <param name="inferenceGeo"><c>us</c> or <c>global</c>; null for anywhere.</param>
    /// <param name="system">The agent's system prompt, which a scripted agent keeps its script in.</param>
    public IReadOnlyList<ModelProblem> Check(string model, string? effort, string? speed, string? inferenceGeo, string? system) =>
        Find(model) is ModelUnavailable missing ? [new ModelProblem("model", missing.Reason)] : [];
}
