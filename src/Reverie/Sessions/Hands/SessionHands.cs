using Reverie.Inference;
using Reverie.Sandboxes;
using Reverie.Sandboxes.Files;
using Reverie.Sessions.Turns;
using Reverie.Tools;

namespace Reverie.Sessions.Hands;

/// <summary>The open sandbox of one session, with what is mounted in it.</summary>
internal sealed class SessionHands(ISandbox sandbox, IReadOnlyList<MountedStore> stores, SessionUploads uploads, SessionOutputs outputs) : IAsyncDisposable
{
    /// <summary>Tools that change nothing: what is mounted need not be looked at after them.</summary>
    private static readonly string[] ReadingTools = ["read", "glob", "grep", "web_fetch", "web_search"];

    private readonly SemaphoreSlim _joining = new(1);

    public async Task<CallResult> RunAsync(ToolBox tools, SessionSetup session, ToolCall call, CancellationToken cancellationToken)
    {
        await JoinAsync(session, isBefore: true, cancellationToken);
        var output = await tools.RunAsync(call, sandbox, cancellationToken);
        // What a command did is kept even when it was stopped.
        var told = ReadingTools.Contains(call.Name) ? [] : await JoinAsync(session, isBefore: false, CancellationToken.None);
        var blocks = output.Content.Select(Block).ToList();
        if (told.Count > 0) blocks.Add(new TextBlock(string.Join('\n', told)));
        return new CallResult(blocks, output.IsError);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await sandbox.DisposeAsync();
        _joining.Dispose();
    }

    /// <summary>Brings what is mounted up to date, and keeps what the agent made.</summary>
    private async Task<IReadOnlyList<string>> JoinAsync(SessionSetup session, bool isBefore, CancellationToken cancellationToken)
    {
        await _joining.WaitAsync(cancellationToken);
        try
        {
            var told = new List<string>();
            foreach (var store in stores) told.AddRange(await store.JoinAsync(sandbox.Files, cancellationToken));
            if (isBefore) await uploads.FillAsync(session.Resources, cancellationToken);
            else told.AddRange(await outputs.KeepAsync(cancellationToken));
            return told;
        }
        catch (SandboxFileException error)
        {
            return [$"Not everything could be brought up to date: {error.Message}"];
        }
        finally
        {
            _joining.Release();
        }
    }

    private static ModelBlock Block(ToolContent content) => content switch
    {
        ToolContent.Text text => new TextBlock(text.Value),
        ToolContent.Document document => new DocumentBlock(new Base64Source(document.MediaType, Convert.ToBase64String(document.Bytes)), null, null),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
