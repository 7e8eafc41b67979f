using System.Text;
using Reverie.Memory.Credit;
using Reverie.Memory.Stores;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Protocol.Sessions;
using Reverie.Sandboxes.Files;
using Reverie.Storage;

namespace Reverie.Sessions.Hands;

/// <summary>
/// A memory store as a directory of files. What the agent changes there becomes versions of the store by the one path by
/// which memories change; what others change appears in the directory. A text both changed is joined where its lines allow;
/// otherwise the store's text stays, the agent's is put beside its work, and the agent is told: nobody's text is lost.
/// </summary>
internal sealed class MountedStore
{
    private const string AsidePath = "/workspace/.memory-conflicts";

    /// <summary>A store at its limits, and some entries that are no memories.</summary>
    private static readonly TreeLimits Limits = new(2 * MemoryLimits.MemoriesMax, 2L * MemoryLimits.MemoriesMax * MemoryLimits.ContentBytesMax);

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Database _database;
    private readonly MemoryRepository _memories;
    private readonly MemoryScope _scope;
    private readonly MemoryStoreResource _resource;
    private readonly SessionActor _actor;
    private readonly string _root;
    private readonly NoteFile _note;
    private readonly Dictionary<string, KnownFile> _known = new(StringComparer.Ordinal);
    private bool _isNoteOld;
    private string? _head;
    private bool _isJoined;
    private ShownLines? _lines;

    /// <param name="place">A directory of this machine that holds the store's directory and the note of what was last joined.</param>
    public MountedStore(Database database, MemoryRepository memories, string workspaceId, Id<Session> session, MemoryStoreResource resource, string place)
    {
        _database = database;
        _memories = memories;
        _scope = new MemoryScope(workspaceId, resource.MemoryStoreId);
        _resource = resource;
        _actor = new SessionActor(session.Value);
        var name = Path.GetFileName(resource.MountPath);
        _root = Directory.CreateDirectory(Path.Combine(place, name)).FullName;
        // Another process may have died between a command and the joining of what it wrote: the note tells what was joined.
        _note = new NoteFile(Path.Combine(place, name + ".json"));
        foreach (var (path, sha256) in _note.Read()) _known[path] = new KnownFile(sha256, -1, default);
    }

    /// <summary>The directory on this machine.</summary>
    public string Root => _root;

    public MemoryStoreResource Resource => _resource;

    /// <summary>Brings directory and store together when the store has changed. What the agent does meanwhile waits for <see cref="JoinAsync"/>.</summary>
    /// <returns>What the agent must know, a line each; usually nothing.</returns>
    public async Task<IReadOnlyList<string>> RefreshAsync(SandboxFiles files, CancellationToken cancellationToken) => await IsCurrentAsync(cancellationToken) ? [] : await JoinAsync(files, cancellationToken);

    /// <summary>Brings directory and store together.</summary>
    /// <returns>What the agent must know, a line each; usually nothing.</returns>
    public async Task<IReadOnlyList<string>> JoinAsync(SandboxFiles files, CancellationToken cancellationToken)
    {
        var told = new List<string>();
        var changes = _resource.IsWritable ? Changes(told) : [];
        if (changes.Count > 0) await PushAsync(files, changes, told);
        if (changes.Count > 0 || !await IsCurrentAsync(cancellationToken)) await PullAsync(files, cancellationToken);
        if (!_isNoteOld) return told;
        await _note.WriteAsync(_known.Where(static k => k.Value.Sha256 is not null).Select(static k => KeyValuePair.Create(k.Key, k.Value.Sha256!)));
        _isNoteOld = false;
        return told;
    }

    /// <summary>The memories of which a tool's answer shows lines.</summary>
    public ShownMemories ShownIn(string answer)
    {
        if (_lines is null || _lines.Head != _head) _lines = ShownLines.Of(_head, _known.Where(static k => k.Value.Sha256 is not null).Select(k => KeyValuePair.Create(k.Key, SafeTree.Read(_root, k.Key, MemoryLimits.ContentBytesMax))));
        return new ShownMemories(_scope, [.. _lines.In(answer).Select(static p => "/" + p)]);
    }

    private async ValueTask<bool> IsCurrentAsync(CancellationToken cancellationToken) => _isJoined && _head == await _database.ReadAsync(db => _memories.HeadAsync(db, _scope), cancellationToken);

    /// <summary>What the agent did since the last time.</summary>
    private List<FileChange> Changes(List<string> told)
    {
        var listing = SafeTree.List(_root, Limits);
        if (listing.IsCut) told.Add($"{_resource.MountPath} holds more files than a memory store can; what is beyond them is not kept.");
        var changes = new List<FileChange>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in listing.Files)
        {
            seen.Add(file.Path);
            var known = _known.GetValueOrDefault(file.Path);
            if (known is not null && known.Length == file.Length && known.ModifiedAt == file.ModifiedAt) continue;
            var (content, problem) = Read(file);
            if (problem is not null)
            {
                // Said once for each state of the file.
                Know(file.Path, new KnownFile(known?.Sha256, file.Length, file.ModifiedAt));
                told.Add($"{_resource.MountPath}/{file.Path} {problem}; it is not kept in the memory store.");
            }
            else if (content!.Sha256 == known?.Sha256) Know(file.Path, known with { Length = file.Length, ModifiedAt = file.ModifiedAt });
            else changes.Add(new FileChange(file.Path, content, known?.Sha256, file.Length, file.ModifiedAt));
        }
        if (!listing.IsCut) changes.InsertRange(0, _known.Where(k => !seen.Contains(k.Key)).Select(static k => new FileChange(k.Key, null, k.Value.Sha256, 0, default)));
        return changes;
    }

    private (MemoryContent? Content, string? Problem) Read(TreeFile file)
    {
        if (MemoryPath.Problem(file.Path) is { } wrongPath) return (null, $"has a name that no memory can have ({wrongPath})");
        if (SafeTree.Read(_root, file.Path, MemoryLimits.ContentBytesMax) is not { } bytes) return (null, $"is larger than {MemoryLimits.ContentBytesMax} bytes");
        try
        {
            var content = MemoryContent.Of(Strict.GetString(bytes));
            return content.Problem is { } problem ? (null, problem) : (content, null);
        }
        catch (DecoderFallbackException)
        {
            return (null, "is not UTF-8 text");
        }
    }

    private async Task PushAsync(SandboxFiles files, List<FileChange> changes, List<string> told)
    {
        // What a command wrote is kept even when the turn is being stopped.
        var results = await _database.WriteAsync(async db =>
        {
            var before = (await ListAsync(db)).ToDictionary(static m => m.Path[1..], StringComparer.Ordinal);
            var done = new List<(FileChange Change, string? Problem, bool IsAside)>();
            foreach (var change in changes)
            {
                var (problem, isAside) = await PushAsync(db, change, before.GetValueOrDefault(change.Path));
                done.Add((change, problem, isAside));
            }
            return done;
        }, CancellationToken.None);
        foreach (var (change, problem, isAside) in results)
        {
            if (problem is null) continue;
            var aside = $"{AsidePath}/{Path.GetFileName(_resource.MountPath)}/{change.Path}";
            if (isAside) files.Write(aside, Encoding.UTF8.GetBytes(change.Content!.Text));
            told.Add($"{_resource.MountPath}/{change.Path} {problem}{(isAside ? $" Your text is in {aside}." : "")}");
        }
        foreach (var (change, problem, _) in results)
        {
            // What lost against another writer is overwritten by the store's text.
            if (change.Content is null) Forget(change.Path);
            else Know(change.Path, problem is null ? new KnownFile(change.Content.Sha256, change.Length, change.ModifiedAt) : new KnownFile(null, -1, default));
        }
    }

    /// <returns>What to tell the agent, null when all is well; and whether its text must be put aside.</returns>
    private async ValueTask<(string? Problem, bool IsAside)> PushAsync(DbSession db, FileChange change, StoredMemory? head)
    {
        if (change.Content is not { } content)
        {
            if (head is null || change.BaseSha256 is null) return (null, false);
            if (head.ContentSha256 != change.BaseSha256) return ("was changed by someone else while you deleted it; it is back with the new text.", false);
            return (Told(await _memories.DeleteAsync(db, _scope, head.Id, head.ContentSha256, _actor)), false);
        }
        if (head is null) return Kept(await _memories.CreateAsync(db, _scope, "/" + change.Path, content, _actor));
        if (head.ContentSha256 == content.Sha256) return (null, false);
        if (head.ContentSha256 == change.BaseSha256) return Kept(await _memories.UpdateAsync(db, _scope, head.Id, new MemoryUpdate(content, null, head.ContentSha256), _actor));
        var before = change.BaseSha256 is { } known ? await _memories.TextOfAsync(db, _scope, known) : null;
        var theirs = (await _memories.FindAsync(db, _scope, head.Id, isFull: true))!.Content!;
        if (before is null || LineMerge.Merge(before, content.Text, theirs) is not { } merged || MemoryContent.Of(merged) is not { Problem: null } joined)
            return ("was changed by someone else at the same place: their text is in the file now.", true);
        var (problem, isAside) = Kept(await _memories.UpdateAsync(db, _scope, head.Id, new MemoryUpdate(joined, null, head.ContentSha256), _actor));
        return (problem ?? "was changed by someone else too; both changes are in the file now.", isAside);
    }

    private static (string?, bool) Kept(MemoryWriteOutcome outcome) => Told(outcome) is { } problem ? (problem, true) : (null, false);

    private static string? Told(MemoryWriteOutcome outcome) => outcome switch
    {
        MemoryWriteOutcome.Written => null,
        MemoryWriteOutcome.PathTaken taken => $"lies in the way of {taken.Path}, so it is not kept.",
        MemoryWriteOutcome.StoreFull => $"is not kept: the store holds {MemoryLimits.MemoriesMax} memories, which is the limit.",
        MemoryWriteOutcome.StoreArchived or MemoryWriteOutcome.NoStore => "is not kept: the store was archived or deleted.",
        _ => "was changed by someone else at the same moment; look at it again.",
    };

    /// <summary>Makes the directory what the store is, but for files that cannot be memories.</summary>
    private async Task PullAsync(SandboxFiles files, CancellationToken cancellationToken)
    {
        // Until it is done the directory is behind.
        _isJoined = false;
        _head = await _database.ReadAsync(db => PullAsync(db, files), cancellationToken);
        _isJoined = true;
    }

    /// <returns>The head of the store that the directory is now.</returns>
    private async ValueTask<string?> PullAsync(DbSession db, SandboxFiles files)
    {
        var heads = await ListAsync(db);
        foreach (var gone in _known.Where(k => k.Value.Sha256 is not null).Select(static k => k.Key).Except(heads.Select(static h => h.Path[1..]), StringComparer.Ordinal).ToList())
        {
            Remove(files, gone);
            Forget(gone);
        }
        foreach (var head in heads)
        {
            var path = head.Path[1..];
            // A file that cannot be a memory stays as the agent left it.
            if (_known.GetValueOrDefault(path) is { } known && (known.Sha256 == head.ContentSha256 || known is { Sha256: null, Length: >= 0 })) continue;
            if (await _memories.FindAsync(db, _scope, head.Id, isFull: true) is not { } memory) continue;
            Put(files, path, Encoding.UTF8.GetBytes(memory.Content!));
            Know(path, new KnownFile(memory.ContentSha256, -1, default));
        }
        return await _memories.HeadAsync(db, _scope);
    }

    private void Know(string path, KnownFile file)
    {
        _isNoteOld |= _known.GetValueOrDefault(path)?.Sha256 != file.Sha256;
        _known[path] = file;
    }

    private void Forget(string path) => _isNoteOld |= _known.Remove(path);

    private void Put(SandboxFiles files, string path, byte[] content)
    {
        if (_resource.IsWritable)
        {
            files.Write($"{_resource.MountPath}/{path}", content);
            return;
        }
        // Nothing inside can change this directory, so its paths lead where they say.
        var place = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.WriteAllBytes(place, content);
    }

    private void Remove(SandboxFiles files, string path)
    {
        if (_resource.IsWritable) files.Delete($"{_resource.MountPath}/{path}");
        else File.Delete(Path.Combine(_root, path));
    }

    private ValueTask<List<StoredMemory>> ListAsync(DbSession db) => _memories.ListAsync(db, _scope, "/", MemoryListing.EndOf("/"), MemoryLimits.MemoriesMax, isFull: false);

    /// <param name="Sha256">Of the text that store and directory shared; null for a file that is no memory.</param>
    /// <param name="Length">Bytes when it was last looked at; -1 to look again.</param>
    private sealed record KnownFile(string? Sha256, long Length, DateTimeOffset ModifiedAt);

    /// <param name="Content">Null when the file was deleted.</param>
    /// <param name="BaseSha256">The text the agent began with; null for a new file.</param>
    private sealed record FileChange(string Path, MemoryContent? Content, string? BaseSha256, long Length, DateTimeOffset ModifiedAt);
}
