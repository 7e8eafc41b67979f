using Reverie.Sandboxes.Files;

namespace Reverie.Sandboxes.Packages;

/// <summary>The directories of installed packages: who holds one, and which go when all of them take too much.</summary>
/// <remarks>A directory has a name of its own until it is complete, so that half of one is never used.</remarks>
/// <param name="root">Where they are.</param>
/// <param name="bytesMax">Bytes of all of them. Only what is held can take more.</param>
/// <param name="leftovers">Removes what goes.</param>
internal sealed class PackageDirectories(string root, long bytesMax, Leftovers leftovers)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _holders = new(StringComparer.Ordinal);
    private readonly Lock _clearing = new();
    private readonly Dictionary<string, long> _bytes = new(StringComparer.Ordinal);

    /// <summary>Keeps the directory of this name from being removed, if it is there, until the hold is disposed.</summary>
    public Hold HoldOf(string name)
    {
        var directory = Path.Combine(root, name);
        lock (_lock) _holders[directory] = _holders.GetValueOrDefault(directory) + 1;
        return new(this, directory);
    }

    /// <summary>A new directory under a name that is never used for what is complete.</summary>
    public static string Stage(string directory) => Directory.CreateDirectory(Staged(directory)).FullName;

    /// <summary>Removes what was staged and not completed.</summary>
    public void Discard(string staged) => leftovers.Remove(staged);

    /// <summary>Removes what nobody holds, the least recently used first, until the rest is smaller than the limit.</summary>
    /// <returns>Bytes of the rest.</returns>
    public long Clear()
    {
        lock (_clearing)
        {
            var complete = Complete().OrderBy(Directory.GetLastWriteTimeUtc).ToList();
            var bytes = complete.Sum(BytesOf);
            foreach (var directory in complete)
            {
                if (bytes < bytesMax) break;
                if (TryRemove(directory) && _bytes.Remove(directory, out var freed)) bytes -= freed;
            }
            return bytes;
        }
    }

    /// <summary>Removes what was not completed, and what nobody used since a moment. Nothing is held or installed meanwhile.</summary>
    public void Sweep(DateTimeOffset oldest)
    {
        if (!Directory.Exists(root)) return;
        foreach (var unfinished in Directory.EnumerateDirectories(root).Where(static d => Path.HasExtension(d)).ToList()) leftovers.Remove(unfinished);
        foreach (var unused in Complete().Where(d => Directory.GetLastWriteTimeUtc(d) < oldest.UtcDateTime)) TryRemove(unused);
    }

    private static string Staged(string directory) => $"{directory}.{Guid.NewGuid():N}";

    private List<string> Complete() => Directory.Exists(root) ? [.. Directory.EnumerateDirectories(root).Where(static d => !Path.HasExtension(d))] : [];

    /// <summary>Counted once: what is complete does not change.</summary>
    private long BytesOf(string directory)
    {
        if (!_bytes.TryGetValue(directory, out var bytes)) _bytes.Add(directory, bytes = SafeTree.Measure(directory));
        return bytes;
    }

    private bool TryRemove(string directory)
    {
        // Half removed it must not pass for a whole one.
        var leftover = Staged(directory);
        lock (_lock)
        {
            if (_holders.ContainsKey(directory)) return false;
            Directory.Move(directory, leftover);
        }
        leftovers.Remove(leftover);
        return true;
    }

    private void Release(string directory)
    {
        lock (_lock)
            if (--_holders[directory] == 0) _holders.Remove(directory);
    }

    /// <summary>A directory that stays as long as this is not disposed.</summary>
    internal sealed class Hold(PackageDirectories directories, string directory) : IDisposable
    {
        public string Directory => directory;

        public void Dispose() => directories.Release(directory);
    }
}
