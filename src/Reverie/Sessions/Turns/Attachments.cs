using Reverie.Inference;

namespace Reverie.Sessions.Turns;

/// <summary>
/// Puts the bytes of files into a request in place of their names, right before it goes to a provider. A file that cannot be
/// read any more is told to the model in words: what was said once must not end the conversation.
/// </summary>
public sealed class Attachments(IAttachmentSource files)
{
    public async ValueTask<ModelRequest> FillInAsync(string workspaceId, ModelRequest request, CancellationToken cancellationToken)
    {
        var messages = new List<ModelMessage>(request.Messages.Count);
        foreach (var message in request.Messages) messages.Add(Name(message.Blocks) ? message with { Blocks = await FillInAsync(workspaceId, message.Blocks, cancellationToken) } : message);
        return request with { Messages = messages };
    }

    /// <summary>Whether any of the blocks names a file.</summary>
    public static bool Name(IReadOnlyList<ModelBlock> blocks) => blocks.Any(Names);

    private static bool Names(ModelBlock block) => block switch
    {
        ImageBlock { Source: FileSource } or DocumentBlock { Source: FileSource } => true,
        ToolResultBlock result => result.Content.Any(Names),
        _ => false,
    };

    private async ValueTask<IReadOnlyList<ModelBlock>> FillInAsync(string workspaceId, IReadOnlyList<ModelBlock> blocks, CancellationToken cancellationToken)
    {
        var filled = new List<ModelBlock>(blocks.Count);
        foreach (var block in blocks)
        {
            filled.Add(block switch
            {
                ImageBlock { Source: FileSource file } image => await files.ReadAsync(workspaceId, file.FileId, cancellationToken) switch
                {
                    ({ } source, _) => image with { Source = source },
                    var (_, problem) => Missing(problem),
                },
                DocumentBlock { Source: FileSource file } document => await files.ReadAsync(workspaceId, file.FileId, cancellationToken) switch
                {
                    ({ } source, _) => document with { Source = source },
                    var (_, problem) => Missing(problem),
                },
                ToolResultBlock result => result with { Content = await FillInAsync(workspaceId, result.Content, cancellationToken) },
                _ => block,
            });
        }
        return filled;
    }

    private static TextBlock Missing(string? problem) => new($"[{problem}]");
}

/// <summary>Where the bytes of attached files come from.</summary>
public interface IAttachmentSource
{
    /// <summary>The file as a model reads it, or why it cannot be.</summary>
    ValueTask<(MediaSource? Source, string? Problem)> ReadAsync(string workspaceId, string fileId, CancellationToken cancellationToken);
}
