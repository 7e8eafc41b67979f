using Reverie.Agents;
using Reverie.Protocol.Agents;

namespace Reverie.Server.Tests.Agents;

/// <summary>Takes every model as it is asked for.</summary>
internal sealed class AnyModel : IModelCatalog
{
    /// <inheritdoc />
    public ModelCheck Check(ModelConfig model, string? system) => new(model, []);
}
