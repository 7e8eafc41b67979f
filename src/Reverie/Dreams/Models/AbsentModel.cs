using Reverie.Dreaming.Models;
using Reverie.Inference;

namespace Reverie.Dreams.Models;

/// <summary>Stands for a model that can no longer be reached when its dream begins: the dream goes on without one, and says so.</summary>
/// <param name="id">What the dream was asked for with.</param>
/// <param name="reason">A predicate: what is wrong with the model.</param>
public sealed class AbsentModel(string id, string reason) : MeteredModel(new ModelInfo { Id = id, DisplayName = id, Provider = ModelProviderKind.Local }, DreamCaps.None)
{
    /// <inheritdoc/>
    public override Task<DreamAnswer> AskAsync(DreamRequest request, CancellationToken cancellationToken) =>
        throw new DreamModelException(DreamModelFailure.Unavailable, $"the model {reason}");
}
