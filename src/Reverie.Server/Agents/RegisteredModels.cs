using Reverie.Agents;
using Reverie.Inference;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Json;

namespace Reverie.Server.Agents;

/// <summary>Holds agents to the models this server can ask.</summary>
internal sealed class RegisteredModels(ModelRegistry registry) : IModelCatalog
{
    /// <inheritdoc />
    public ModelCheck Check(ModelConfig model, string? system)
    {
        var problems = registry.Check(model.Id, model.Effort is { } effort ? WireNames<EffortLevel>.Of(effort.Type) : null, WireNames<ModelSpeed>.Of(model.Speed), model.InferenceGeo, system);
        var resolved = model.Effort is null && registry.Describe(model.Id)?.DefaultEffort is { } level ? model with { Effort = new Effort(WireNames<EffortLevel>.Parse(level)) } : model;
        return new ModelCheck(resolved, [.. problems.Select(static p => new AgentProblem(p.Field, p.Message))]);
    }
}
