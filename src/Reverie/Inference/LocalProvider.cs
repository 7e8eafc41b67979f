using System.Runtime.CompilerServices;

namespace Reverie.Inference;

/// <summary>Answers everything with one notice, so that wiring can be tried without a key.</summary>
internal sealed class LocalProvider : IModelProvider
{
    public const string Notice = "No model is configured for this agent: reverie/local only shows that sessions work. Set ANTHROPIC_API_KEY and name a claude-* model, or OPENAI_BASE_URL and openai/<id>.";

    public async IAsyncEnumerable<ModelUpdate> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        cancellationToken.ThrowIfCancellationRequested();
        yield return new MessageStarted(ModelUsage.None);
        yield return new TextStarted(0);
        yield return new TextDelta(0, Notice);
        yield return new ModelCompleted(new ModelResponse { Blocks = [new TextBlock(Notice)], StopReason = ModelStopReason.EndTurn, Usage = ModelUsage.None });
    }
}
