using Reverie.Inference;

namespace Reverie.Dreams.Models;

/// <summary>Which models can dream.</summary>
public static class DreamModels
{
    /// <summary>Why a dream cannot be asked for with this model within these caps, as a predicate with the field it is about; null when it can.</summary>
    public static (string Field, string Problem)? Problem(ModelRegistry models, string model, DreamCaps caps)
    {
        if (model == DreamRunner.LocalModel) return null;
        return models.Find(model) switch
        {
            ModelUnavailable missing => ("model", missing.Reason),
            ModelFound { Info.Provider: ModelProviderKind.Scripted } => ("model", $"must not be {model}, which only follows scripts; use {DreamRunner.LocalModel} or a model that can be asked"),
            ModelFound { Info.Price: null } when caps.CostMax is not null => ("max_cost", $"needs a list price, which {model} does not have; give it one in the models file, or use max_tokens"),
            _ => null,
        };
    }

    /// <summary>The model of a dream; null for the built-in dreamer alone.</summary>
    public static MeteredModel? Of(ModelRegistry models, string model, DreamCaps caps, IDreamAnswers answers, TimeProvider clock) => model == DreamRunner.LocalModel ? null : models.Find(model) switch
    {
        ModelFound found => new AskedModel(found, caps, answers, clock),
        ModelUnavailable missing => new AbsentModel(model, missing.Reason),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The model of a forecast; null for the built-in dreamer alone.</summary>
    public static RehearsedModel? Rehearse(ModelRegistry models, string model, DreamCaps caps, ModelHabits habits) =>
        model != DreamRunner.LocalModel && models.Find(model) is ModelFound found ? new RehearsedModel(found.Info, caps, habits) : null;
}
