using Reverie.Files;
using Reverie.Protocol.Files;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Sandboxes.Files;

namespace Reverie.Sessions.Hands;

/// <summary>The files attached to a session, in a directory that its sandbox can only read.</summary>
internal sealed class SessionUploads
{
    public const string Path = "/mnt/session/uploads";

    private static readonly TreeLimits Limits = new(10_000, long.MaxValue);

    private readonly SessionFiles _files;
    private readonly string _workspaceId;
    private readonly NoteFile _note;
    private readonly Dictionary<string, string> _there;

    /// <param name="directory">On this machine; beside it lies the note of what is in it, so that the next process knows what was taken out meanwhile.</param>
    public SessionUploads(SessionFiles files, string workspaceId, string directory)
    {
        (_files, _workspaceId) = (files, workspaceId);
        Root = Directory.CreateDirectory(directory).FullName;
        _note = new NoteFile(Root + ".json");
        _there = _note.Read();
        // What the note does not know was being written when the process died.
        foreach (var file in SafeTree.List(Root, Limits).Files.Where(f => !_there.ContainsKey(f.Path))) Remove(file.Path);
    }

    public string Root { get; }

    /// <summary>Makes the directory hold what is attached now.</summary>
    /// <returns>What the agent must know, a line each; usually nothing.</returns>
    public async Task<IReadOnlyList<string>> FillAsync(IReadOnlyList<SessionResource> resources, CancellationToken cancellationToken)
    {
        var wanted = resources.OfType<FileResource>().ToDictionary(static r => r.MountPath[(Path.Length + 1)..], static r => r.FileId, StringComparer.Ordinal);
        var gone = _there.Where(t => wanted.GetValueOrDefault(t.Key) != t.Value).Select(static t => t.Key).ToList();
        var missing = wanted.Where(w => _there.GetValueOrDefault(w.Key) != w.Value).ToList();
        if (gone.Count + missing.Count == 0) return [];
        foreach (var path in gone)
        {
            Remove(path);
            _there.Remove(path);
        }
        var told = new List<string>();
        foreach (var (path, file) in missing)
        {
            if (!await WriteAsync(path, Id<StoredFile>.Parse(file), cancellationToken)) told.Add($"{Path}/{path} is no longer there: the file was deleted.");
            _there[path] = file;
        }
        await _note.WriteAsync(_there);
        return told;
    }

    private async Task<bool> WriteAsync(string path, Id<StoredFile> file, CancellationToken cancellationToken)
    {
        var place = System.IO.Path.Combine(Root, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(place)!);
        try
        {
            await using var target = new FileStream(place, FileMode.Create, FileAccess.Write);
            if (await _files.WriteToAsync(_workspaceId, file, target, cancellationToken)) return true;
        }
        catch (FileGoneException)
        {
            // Deleted while it was read.
        }
        Remove(path);
        return false;
    }

    /// <summary>Removes a file and the directories that it leaves empty.</summary>
    private void Remove(string path)
    {
        var place = System.IO.Path.Combine(Root, path);
        if (File.Exists(place)) File.Delete(place);
        for (var above = System.IO.Path.GetDirectoryName(place)!; above != Root && Directory.Exists(above) && !Directory.EnumerateFileSystemEntries(above).Any(); above = System.IO.Path.GetDirectoryName(above)!) Directory.Delete(above);
    }
}
