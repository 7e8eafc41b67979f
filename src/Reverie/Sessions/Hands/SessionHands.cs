using Reverie.Inference;
using Reverie.Sandboxes;
using Reverie.Sessions.Turns;
using Reverie.Tools;

namespace Reverie.Sessions.Hands;

/// <summary>The open sandbox of one session.</summary>
public sealed class SessionHands(ISandbox sandbox) : IAsyncDisposable
{
    public async Task<CallResult> RunAsync(ToolBox tools, ToolCall call, CancellationToken cancellationToken)
    {
        var output = await tools.RunAsync(call, sandbox, cancellationToken);
        return new CallResult([.. output.Content.Select(Block)], output.IsError);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    private static ModelBlock Block(ToolContent content) => content switch
    {
        ToolContent.Text text => new TextBlock(text.Value),
        ToolContent.Document document => new DocumentBlock(new Base64Source(document.MediaType, Convert.ToBase64String(document.Bytes)), null, null),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
