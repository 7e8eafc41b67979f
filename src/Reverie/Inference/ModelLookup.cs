namespace Reverie.Inference;

/// <summary>What asking the registry for a model gives.</summary>
public abstract record ModelLookup
{
    private protected ModelLookup()
    {
    }
}

/// <summary>It can be asked.</summary>
public sealed record ModelFound(ModelInfo Info, IModelProvider Provider) : ModelLookup;

/// <summary>It cannot.</summary>
/// <param name="Reason">A predicate for a message that names the field: what is wrong with the model and what to set.</param>
public sealed record ModelUnavailable(string Reason) : ModelLookup;

/// <summary>Something an agent asks of its model that it cannot have.</summary>
/// <param name="Field">The field of the agent: <c>model</c>, <c>model.effort</c>, <c>model.speed</c>, <c>model.inference_geo</c> or <c>system</c>.</param>
/// <param name="Message">A predicate: what is wrong and what would be right.</param>
public sealed record ModelProblem(string Field, string Message);
