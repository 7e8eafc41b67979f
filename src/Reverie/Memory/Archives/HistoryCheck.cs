using Reverie.Memory.Stores;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;

namespace Reverie.Memory.Archives;

/// <summary>Follows a history line by line and refuses what could not have happened.</summary>
internal sealed class HistoryCheck
{
    /// <summary>Largest number of a change; far from where numbering would end.</summary>
    private const long SeqMax = 1L << 53;

    private const int ActorIdCharsMax = 256;

    private readonly Dictionary<string, HistoryHead> _heads = new(StringComparer.Ordinal);
    private readonly HashSet<string> _versions = new(StringComparer.Ordinal);
    private long _seq;

    /// <summary>Versions so far.</summary>
    public int Versions => _versions.Count;

    /// <summary>True when the memory was ever there.</summary>
    public bool Knows(string memoryId) => _heads.ContainsKey(memoryId);

    /// <summary>Each memory that is there at the end, by its id.</summary>
    public IEnumerable<KeyValuePair<string, HistoryHead>> Live => _heads.Where(static h => h.Value.Version.Operation != MemoryOperation.Deleted);

    /// <exception cref="ArchiveException">It cannot follow what came before.</exception>
    public void Add(MemoryChange change)
    {
        if (Problem(change) is { } problem) throw new ArchiveException($"{ArchiveNames.History}, line {Versions + 1}: {problem}");
        var version = change.MemoryVersion;
        _seq = change.Seq;
        _versions.Add(version.Id.Value);
        var madeAt = _heads.TryGetValue(version.MemoryId.Value, out var before) ? before.MadeAt : version.CreatedAt;
        _heads[version.MemoryId.Value] = new HistoryHead(version with { Content = null }, madeAt);
    }

    /// <exception cref="ArchiveException">The memories at the end could not lie in one store, or are not those in <paramref name="files"/>.</exception>
    /// <param name="files">Path → hash of the files that came along.</param>
    public void Complete(IReadOnlyDictionary<string, string> files)
    {
        var paths = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (id, head) in Live)
        {
            if (head.Version.RedactedAt is not null) throw new ArchiveException($"{ArchiveNames.History}: the current version of {id} is redacted, which cannot be");
            if (!paths.TryAdd(head.Version.Path!, head.Version.ContentSha256!)) throw new ArchiveException($"{ArchiveNames.History}: two memories lie at \"{head.Version.Path}\" at the end");
        }
        CheckPaths(paths);
        foreach (var (path, sha256) in paths)
        {
            if (!files.TryGetValue(path, out var found)) throw new ArchiveException($"the file {ArchiveNames.Memories}{path} is missing; {ArchiveNames.History} has it");
            if (found != sha256) throw new ArchiveException($"{ArchiveNames.Memories}{path} is not the text that {ArchiveNames.History} has (SHA-256 {found}, not {sha256}); to import edited files leave {ArchiveNames.History} out");
        }
        foreach (var path in files.Keys)
        {
            if (!paths.ContainsKey(path)) throw new ArchiveException($"{ArchiveNames.History} knows no memory at \"{path}\"; to import edited files leave {ArchiveNames.History} out");
        }
    }

    private static void CheckPaths(SortedDictionary<string, string> paths)
    {
        if (paths.Count > MemoryLimits.MemoriesMax) throw new ArchiveException($"the archive has {paths.Count} memories; the limit is {MemoryLimits.MemoriesMax}");
        foreach (var path in paths.Keys)
        {
            for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            {
                if (paths.ContainsKey(path[..slash])) throw new ArchiveException($"the memory \"{path[..slash]}\" is in the way of \"{path}\": one path cannot be a memory and a directory");
            }
        }
    }

    private string? Problem(MemoryChange change)
    {
        var version = change.MemoryVersion;
        if (version is null) return "memory_version is missing";
        if (Versions == ArchiveLimits.VersionsMax) return $"there are more than {ArchiveLimits.VersionsMax} versions, the limit";
        if (change.Seq <= _seq || change.Seq > SeqMax) return $"seq is {change.Seq}; it must rise from line to line, from 1 to {SeqMax}";
        if (_versions.Contains(version.Id.Value)) return $"the version {version.Id} comes twice";
        var isThere = _heads.TryGetValue(version.MemoryId.Value, out var head) && head.Version.Operation != MemoryOperation.Deleted;
        if (isThere != (version.Operation != MemoryOperation.Created)) return $"{version.MemoryId} cannot be {WireNames<MemoryOperation>.Of(version.Operation)} here: it {(isThere ? "is there already" : "is not there")}";
        return TextProblem(version) ?? ActorProblem(version.CreatedBy, "created_by") ?? ActorProblem(version.RedactedBy, "redacted_by");
    }

    private static string? TextProblem(MemoryVersion version)
    {
        var hasNoText = version.Content is null && version.ContentSha256 is null && version.ContentSizeBytes is null;
        if (version.RedactedAt is not null) return hasNoText && version.Path is null ? null : "a redacted version has no path, text, hash or size";
        if (version.Path is null) return "path is missing";
        if (MemoryPath.AbsoluteProblem(version.Path) is { } problem) return $"path {problem}";
        if (version.Operation == MemoryOperation.Deleted) return hasNoText ? null : "a deletion has no text, hash or size";
        if (version.Content is null) return "content is missing";
        var content = MemoryContent.Of(version.Content);
        if (content.Problem is { } wrong) return $"content {wrong}";
        return content.Sha256 == version.ContentSha256 && content.SizeBytes == version.ContentSizeBytes ? null
            : $"the text of {version.Id} does not have the hash and size the line names; it was changed or damaged";
    }

    private static string? ActorProblem(Actor? actor, string name) =>
        ActorColumns.Of(actor).Id is { } id && (id.Length > ActorIdCharsMax || id.Any(char.IsControl)) ? $"{name} must have an id of at most {ActorIdCharsMax} characters and no control characters" : null;
}

/// <summary>The newest version of a memory, without its text.</summary>
/// <param name="Version">The version.</param>
/// <param name="MadeAt">When its first version was written.</param>
internal sealed record HistoryHead(MemoryVersion Version, DateTimeOffset MadeAt);
