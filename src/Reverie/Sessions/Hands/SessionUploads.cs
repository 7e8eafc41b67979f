using Reverie.Files;
using Reverie.Protocol.Files;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions.Hands;

/// <summary>The files attached to a session, in a directory that its sandbox can only read.</summary>
internal sealed class SessionUploads(SessionFiles files, string workspaceId, string directory)
{
    public const string Path = "/mnt/session/uploads";

    private readonly Dictionary<string, string> _there = new(StringComparer.Ordinal);

    public string Root { get; } = Directory.CreateDirectory(directory).FullName;

    /// <summary>Makes the directory hold what is attached now.</summary>
    public async Task FillAsync(IReadOnlyList<SessionResource> resources, CancellationToken cancellationToken)
    {
        var wanted = resources.OfType<FileResource>().ToDictionary(static r => r.MountPath[(Path.Length + 1)..], static r => r.FileId, StringComparer.Ordinal);
        foreach (var gone in _there.Where(t => wanted.GetValueOrDefault(t.Key) != t.Value).Select(static t => t.Key).ToList())
        {
            File.Delete(System.IO.Path.Combine(Root, gone));
            _there.Remove(gone);
        }
        foreach (var (path, file) in wanted.Where(w => !_there.ContainsKey(w.Key)))
        {
            var place = System.IO.Path.Combine(Root, path);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(place)!);
            await using (var target = new FileStream(place, FileMode.Create, FileAccess.Write)) await files.WriteToAsync(workspaceId, Id<StoredFile>.Parse(file), target, cancellationToken);
            _there[path] = file;
        }
    }
}
