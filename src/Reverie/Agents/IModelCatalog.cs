using Reverie.Protocol.Agents;

namespace Reverie.Agents;

/// <summary>What is known about models.</summary>
public interface IModelCatalog
{
    /// <summary>Resolves what was left open, such as the effort, and says what cannot be.</summary>
    /// <param name="model">As asked for.</param>
    /// <param name="system">The agent's system prompt, which some models read; null for none.</param>
    ModelCheck Check(ModelConfig model, string? system);
}

/// <summary>What a catalogue makes of a model.</summary>
/// <param name="Model">With its defaults.</param>
/// <param name="Problems">Empty when it can be used.</param>
public sealed record ModelCheck(ModelConfig Model, IReadOnlyList<AgentProblem> Problems);
