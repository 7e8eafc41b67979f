namespace Reverie.Inference;

/// <summary>The edge to whatever runs models. Safe for concurrent use.</summary>
public interface IModelProvider
{
    /// <summary>
    /// Asks once, without retrying. The last update is the one <see cref="ModelCompleted"/>; a stream that ends otherwise
    /// throws. Nothing is asked before the first update is.
    /// </summary>
    /// <exception cref="ModelException">There is no response: why, and whether asking again can help.</exception>
    IAsyncEnumerable<ModelUpdate> StreamAsync(ModelRequest request, CancellationToken cancellationToken);
}
