using Reverie.Inference;

namespace Reverie.Sessions.Turns;

/// <summary>One model request on its way.</summary>
/// <param name="writer">Shows what comes in; null for nobody.</param>
internal sealed class ModelAsking(AnswerWriter? writer)
{
    public AnswerWriter? Writer { get; } = writer;

    /// <summary>What the provider said the request costs before it answered.</summary>
    public ModelUsage Begun { get; private set; } = ModelUsage.None;

    /// <exception cref="ModelException">There is no answer.</exception>
    public async Task<ModelResponse> AskAsync(IModelProvider provider, ModelRequest request, CancellationToken stopped)
    {
        await foreach (var update in provider.StreamAsync(request, stopped))
        {
            if (update is ModelCompleted whole) return whole.Response;
            if (update is MessageStarted started) Begun = started.Usage;
            Writer?.Preview(update);
        }
        throw new ModelException(ModelFailure.Network, "the model's answer broke off");
    }
}
