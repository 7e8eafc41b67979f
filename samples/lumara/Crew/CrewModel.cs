using System.Runtime.CompilerServices;
using Reverie.Inference;

namespace Lumara.Crew;

/// <summary>
/// The model of the crew: a small policy instead of a language model. Who it plays, it knows by the tools it is offered. Its
/// answer depends on the request alone.
/// </summary>
public sealed class CrewModel : IModelProvider
{
    /// <summary>What the agents of the crew name as their model.</summary>
    public const string Id = "lumara/crew";

    /// <summary>The model, to be embedded in a server.</summary>
    public static EmbeddedModel Embedded { get; } = new(new ModelInfo { Id = Id, Provider = ModelProviderKind.Embedded, DisplayName = "Lumara crew" }, new CrewModel());

    /// <inheritdoc />
    public async IAsyncEnumerable<ModelUpdate> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new MessageStarted(ModelUsage.None);
        var response = Answer(request);
        foreach (var (index, block) in response.Blocks.Index())
        {
            if (block is not TextBlock text) continue;
            yield return new TextStarted(index);
            yield return new TextDelta(index, text.Text);
        }
        yield return new ModelCompleted(response);
        await Task.CompletedTask;
    }

    internal static ModelResponse Answer(ModelRequest request)
    {
        var talk = Talk.Of(request);
        var move = Has(request, Words.Send) ? Commander.Next(talk) : Has(request, Words.ScanSpot) ? Detector.Next(talk) : Navigator.Next(talk);
        return new ModelResponse
        {
            Blocks = [move is Move.Call call ? new ToolUseBlock($"call_{talk.Calls.Count}", call.Tool, call.Input) : new TextBlock(((Move.Say)move).Text)],
            StopReason = move is Move.Call ? ModelStopReason.ToolUse : ModelStopReason.EndTurn,
            Usage = ModelUsage.None,
        };
    }

    private static bool Has(ModelRequest request, string tool) => request.Tools.Any(t => t.Name == tool);
}
