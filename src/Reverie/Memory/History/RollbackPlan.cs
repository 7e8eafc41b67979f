using Reverie.Memory.Stores;

namespace Reverie.Memory.History;

/// <summary>What must happen to which memory, so that a store is again what it was.</summary>
/// <param name="Gone">Memories to delete: they were not there, or their text is no more.</param>
/// <param name="Changed">Memories that are there and were different.</param>
/// <param name="Back">Memories that were there and are not.</param>
/// <param name="Unrestorable">Memories whose text was redacted since.</param>
/// <param name="UnchangedCount">Memories that are as they were.</param>
internal sealed record RollbackPlan(
    IReadOnlyList<RestoredMemory> Gone, IReadOnlyList<RestoredMemory> Changed, IReadOnlyList<RestoredMemory> Back, IReadOnlyList<RestoredMemory> Unrestorable, int UnchangedCount)
{
    /// <param name="now">Every memory as it is.</param>
    /// <param name="then">Every memory as it was.</param>
    /// <param name="pathPrefix">Only memories that lie or lay below this directory, which has slashes around it; <c>/</c> for all.</param>
    public static RollbackPlan Of(IReadOnlyList<RestoredMemory> now, IReadOnlyList<RestoredMemory> then, string pathPrefix)
    {
        var current = now.ToDictionary(static m => m.MemoryId, StringComparer.Ordinal);
        var earlier = then.ToDictionary(static m => m.MemoryId, StringComparer.Ordinal);
        List<RestoredMemory> changed = [], back = [], unrestorable = [];
        var unchanged = 0;
        foreach (var was in then)
        {
            var isThere = current.TryGetValue(was.MemoryId, out var @is);
            // Where a redacted memory lay is no longer known; it counts where it lies now.
            if (!IsBelow(was.Path) && !(isThere && IsBelow(@is!.Path)) && !(was.Path is null && pathPrefix == "/")) continue;
            if (was.Path is null) unrestorable.Add(was);
            else if (!isThere) back.Add(was);
            else if (@is!.Path == was.Path && @is.ContentSha256 == was.ContentSha256) unchanged++;
            else changed.Add(was);
        }
        var lost = unrestorable.Select(static m => m.MemoryId).ToHashSet(StringComparer.Ordinal);
        var gone = now.Where(m => lost.Contains(m.MemoryId) || (!earlier.ContainsKey(m.MemoryId) && IsBelow(m.Path))).ToList();
        return new RollbackPlan(gone, changed, back, unrestorable, unchanged);

        bool IsBelow(string? path) => path is not null && path.StartsWith(pathPrefix, StringComparison.Ordinal);
    }

    /// <summary>The first memory that would lie where another one lies, above it or below it; null when all fit.</summary>
    /// <param name="now">Every memory as it is.</param>
    public MemoryWriteOutcome.PathTaken? Conflict(IReadOnlyList<RestoredMemory> now)
    {
        var moving = Gone.Concat(Changed).Select(static m => m.MemoryId).ToHashSet(StringComparer.Ordinal);
        var paths = now.Where(m => !moving.Contains(m.MemoryId)).ToDictionary(static m => m.Path!, static m => m.MemoryId, StringComparer.Ordinal);
        var directories = paths.SelectMany(static p => Above(p.Key).Select(above => (above, p))).DistinctBy(static p => p.above, StringComparer.Ordinal).ToDictionary(static p => p.above, static p => p.p, StringComparer.Ordinal);
        foreach (var memory in Changed.Concat(Back))
        {
            if (directories.TryGetValue(memory.Path!, out var below)) return new MemoryWriteOutcome.PathTaken(below.Value, below.Key);
            foreach (var path in Above(memory.Path!).Prepend(memory.Path!))
            {
                if (paths.TryGetValue(path, out var taken)) return new MemoryWriteOutcome.PathTaken(taken, path);
            }
        }
        return null;
    }

    private static IEnumerable<string> Above(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1)) yield return path[..slash];
    }
}
