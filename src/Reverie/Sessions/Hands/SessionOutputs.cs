using Reverie.Files;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Sandboxes.Files;

namespace Reverie.Sessions.Hands;

/// <summary>What an agent leaves in its output directory, kept as files of the session.</summary>
internal sealed class SessionOutputs
{
    public const string Path = "/mnt/session/outputs";

    private static readonly TreeLimits Limits = new(2_000, 10L << 30);

    private readonly SessionFiles _files;
    private readonly string _workspaceId;
    private readonly Id<Session> _session;
    private readonly NoteFile _note;
    private readonly Dictionary<string, string> _kept;

    /// <param name="directory">On this machine; beside it lies the note of what was kept, so that a file a client has deleted since is not kept again.</param>
    public SessionOutputs(SessionFiles files, string workspaceId, Id<Session> session, string directory)
    {
        (_files, _workspaceId, _session) = (files, workspaceId, session);
        Root = Directory.CreateDirectory(directory).FullName;
        _note = new NoteFile(Root + ".json");
        _kept = _note.Read();
    }

    public string Root { get; }

    /// <summary>Keeps what is new or changed.</summary>
    /// <returns>What the agent must know, a line each; usually nothing.</returns>
    public async Task<IReadOnlyList<string>> KeepAsync(CancellationToken cancellationToken)
    {
        var told = new List<string>();
        var listing = SafeTree.List(Root, Limits);
        var changed = listing.Files.Where(f => _kept.GetValueOrDefault(f.Path) != StateOf(f)).ToList();
        var gone = listing.IsCut ? [] : _kept.Keys.Except(listing.Files.Select(static f => f.Path), StringComparer.Ordinal).ToList();
        foreach (var file in changed)
        {
            await using var bytes = SafeTree.Open(Root, file.Path);
            if (bytes is not null && await _files.KeepAsync(_workspaceId, _session, bytes, file.Path.Replace('/', '_'), cancellationToken) is { Problem: { } problem })
                told.Add($"{Path}/{file.Path} {problem}; it is not handed over.");
            // A file that cannot be kept is told once for each of its states.
            _kept[file.Path] = StateOf(file);
        }
        foreach (var path in gone) _kept.Remove(path);
        if (changed.Count + gone.Count > 0) await _note.WriteAsync(_kept);
        return told;
    }

    private static string StateOf(TreeFile file) => $"{file.Length} {file.ModifiedAt.UtcTicks}";
}
