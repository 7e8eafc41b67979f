using System.Collections.Concurrent;
using System.Text.Json;
using Reverie.Inference;
using Reverie.Memory.Credit;
using Reverie.Sandboxes;
using Reverie.Sandboxes.Files;
using Reverie.Sessions.Hands.Repositories;
using Reverie.Sessions.Turns;
using Reverie.Tools;

namespace Reverie.Sessions.Hands;

/// <summary>The open sandbox of one session, with what is mounted in it.</summary>
/// <param name="sandbox">Just opened.</param>
/// <param name="stores">Mounted memory.</param>
/// <param name="repositories">Repositories in the working directory.</param>
/// <param name="uploads">Files to read.</param>
/// <param name="outputs">Files to hand over.</param>
/// <param name="skills">Skills to read; null for none.</param>
/// <param name="shellMark">A file of this machine that is there once a shell was used: it outlives the sandbox, and the shell does not.</param>
internal sealed class SessionHands(ISandbox sandbox, IReadOnlyList<MountedStore> stores, SessionRepositories repositories, SessionUploads uploads, SessionOutputs outputs, MountedSkills? skills, string shellMark) : IAsyncDisposable
{
    private const string ShellLost = "The shell is a new one: the sandbox was closed in the meantime. Variables, background jobs and what lay in /tmp are gone; /workspace is as it was.";

    /// <summary>Tools that run on the server: what is mounted need not be looked at for them at all.</summary>
    private static readonly string[] WebTools = ["web_fetch", "web_search"];

    /// <summary>Tools that name one file.</summary>
    private static readonly string[] FileTools = ["read", "write", "edit"];

    /// <summary>Bytes of output of a command that runs apart.</summary>
    private const int ApartBytesMax = 64 * 1024;

    private readonly SemaphoreSlim _joining = new(1);
    private readonly SharedFiles _shared = new();
    private readonly ConcurrentQueue<string> _untold = [];
    private bool _isShellUsed;

    public async Task<CallResult> RunAsync(ToolBox tools, SessionSetup session, string threadId, ToolCall call, CancellationToken cancellationToken)
    {
        var told = new List<string>();
        if (!WebTools.Contains(call.Name)) told.AddRange(await JoinAsync(session, isBefore: true, cancellationToken));
        if (call.Name == "bash" && !Interlocked.Exchange(ref _isShellUsed, true) && IsShellLost()) told.Add(ShellLost);
        var output = await RunAsync(tools, session.Agent.Multiagent is null ? null : threadId, call, cancellationToken);
        var isGrader = threadId == Outcomes.Grader.ThreadId;
        // What a grader reads is no use that an agent made of a memory.
        var shown = stores.Count > 0 && !isGrader && !WebTools.Contains(call.Name) ? await ShownAsync(output) : [];
        // What a command did is kept even when it was stopped.
        if (!ToolDefinition.OnlyReads(call.Name) && !WebTools.Contains(call.Name)) told.AddRange(await JoinAsync(session, isBefore: false, CancellationToken.None));
        var blocks = output.Content.Select(Block).ToList();
        // A grader is no agent: what agents must know waits for them.
        if (isGrader)
        {
            told.ForEach(_untold.Enqueue);
            told.Clear();
        }
        else while (_untold.TryDequeue(out var kept)) told.Add(kept);
        if (told.Count > 0) blocks.Add(new TextBlock(string.Join('\n', told)));
        return new CallResult(blocks, output.IsError) { Shown = shown };
    }

    /// <summary>Runs a command apart from the agent's shell, over files it can only read.</summary>
    public async Task<(int? ExitCode, string Output)> RunApartAsync(string command, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // Much output is no failure: its end is kept.
        var outcome = await sandbox.RunProgramAsync(["bash", "-c", $"bash -c \"$1\" 2>&1 | tail -c {ApartBytesMax / 2}; exit ${{PIPESTATUS[0]}}", "check", command], timeout, ApartBytesMax, cancellationToken);
        return (outcome.ExitCode, System.Text.Encoding.UTF8.GetString(outcome.Output) + outcome.Error);
    }

    /// <summary>Puts texts that are too long to show into files.</summary>
    public IReadOnlyList<ModelBlock> Fit(IReadOnlyList<ModelBlock> content, OpenCall call) =>
        [.. content.Select((b, i) => b is TextBlock text ? new TextBlock(ToolBox.Fit(text.Text, call.Name, FormattableString.Invariant($"{call.Id}-{i}"), sandbox)) : b)];

    /// <summary>A file as it is now; null when it has more bytes.</summary>
    public byte[]? Read(string path, int bytesMax) => sandbox.Files.Read(path, (stream, _) => SafeTree.BoundedRead(stream, bytesMax));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await sandbox.DisposeAsync();
        _joining.Dispose();
        _shared.Dispose();
    }

    /// <param name="threadId">Null where one thread has the files for itself.</param>
    private async Task<ToolOutput> RunAsync(ToolBox tools, string? threadId, ToolCall call, CancellationToken cancellationToken)
    {
        if (threadId is null || !FileTools.Contains(call.Name) || call.Input.ValueKind != JsonValueKind.Object || !call.Input.TryGetProperty("file_path", out var given) || given.ValueKind != JsonValueKind.String || given.GetString()!.Contains('\0', StringComparison.Ordinal))
            return await tools.RunAsync(call, sandbox, cancellationToken);
        var named = given.GetString()!;
        var path = Path.GetFullPath(Path.Combine(SandboxSpec.WorkingPath, named));
        var output = await _shared.RunAsync(sandbox.Files, threadId, path, call.Name == "write", call.Name != "read", () => tools.RunAsync(call, sandbox, cancellationToken), static o => o.IsError, cancellationToken);
        return output ?? ToolOutput.Error($"write: another agent wrote {named} and you have not seen it since. Nothing was written. Read the file, keep what is good in it, and write again.");
    }

    /// <summary>Which memories the agent was shown, whatever tool showed them.</summary>
    private async Task<IReadOnlyList<ShownMemories>> ShownAsync(ToolOutput output)
    {
        await _joining.WaitAsync(CancellationToken.None);
        try
        {
            var text = string.Join('\n', output.Content.OfType<ToolContent.Text>().Select(static t => t.Value));
            return [.. stores.Select(s => s.ShownIn(text)).Where(static s => s.Paths.Count > 0)];
        }
        finally
        {
            _joining.Release();
        }
    }

    private bool IsShellLost()
    {
        if (File.Exists(shellMark)) return true;
        File.Create(shellMark).Dispose();
        return false;
    }

    /// <summary>Brings what is mounted up to date, and keeps what the agent made.</summary>
    private async Task<IReadOnlyList<string>> JoinAsync(SessionSetup session, bool isBefore, CancellationToken cancellationToken)
    {
        await _joining.WaitAsync(cancellationToken);
        try
        {
            var told = new List<string>();
            if (isBefore) told.AddRange(await repositories.FillAsync(session, sandbox.Files, cancellationToken));
            if (isBefore && skills is not null) await skills.FillAsync(cancellationToken);
            foreach (var store in stores) told.AddRange(isBefore ? await store.RefreshAsync(sandbox.Files, cancellationToken) : await store.JoinAsync(sandbox.Files, cancellationToken));
            told.AddRange(isBefore ? await uploads.FillAsync(session.Resources, cancellationToken) : await outputs.KeepAsync(cancellationToken));
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
