using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Memory;

namespace Reverie.Memory.Archives;

/// <summary>Follows what the lines of a store rest on, change by change, and refuses what could not be kept.</summary>
internal sealed class ProvenanceCheck
{
    private const int NameCharsMax = 256;
    private const int SessionCharsMax = 1024;
    private const int LineHashDigits = 16;

    private readonly HashSet<(string, string)> _changes = [];
    private readonly HashSet<string> _memories = new(StringComparer.Ordinal);
    private int _lines, _passages, _sources;

    /// <exception cref="ArchiveException">It cannot be kept.</exception>
    public void Add(ArchivedChange change)
    {
        _lines++;
        if (Problem(change) is { } problem) throw new ArchiveException($"{ArchiveNames.Provenance}, line {_lines}: {problem}");
    }

    /// <exception cref="ArchiveException">It speaks of a memory that the history does not know.</exception>
    public void Complete(HistoryCheck history)
    {
        if (_memories.FirstOrDefault(id => !history.Knows(id)) is { } unknown) throw new ArchiveException($"{ArchiveNames.Provenance} speaks of {unknown}, which {ArchiveNames.History} does not know");
    }

    private string? Problem(ArchivedChange archived)
    {
        if (_changes.Count == ArchiveLimits.ChangesMax) return $"there are more than {ArchiveLimits.ChangesMax} changes, the limit";
        if (archived is not { DreamId: not null, Change.Id: not null, Sources: not null, ReviewedBy: not null, Passages: not null }) return "dream_id, change, sources, reviewed_by and passages must not be null";
        if (!IsName(archived.DreamId, NameCharsMax) || !IsName(archived.Change.Id, NameCharsMax)) return $"dream_id and change.id must have 1 to {NameCharsMax} characters and no control characters";
        if (!_changes.Add((archived.DreamId, archived.Change.Id))) return $"the change {archived.Change.Id} of {archived.DreamId} comes twice";
        if (ChangeRules.Problem(archived.Change) is { } problem) return $"change.{problem}";
        if (archived.Change.Edits.Any(static e => MemoryContent.Of(e.Delete).Problem is not null || MemoryContent.Of(e.Insert).Problem is not null)) return "change.edits has a text that cannot stand in a memory";
        return SourcesProblem(archived.Sources) ?? ReviewsProblem(archived.ReviewedBy) ?? PassagesProblem(archived.Passages);
    }

    private string? SourcesProblem(IReadOnlyList<ArchivedSource> sources)
    {
        if ((_sources += sources.Count) > ArchiveLimits.SourcesMax) return $"there are more than {ArchiveLimits.SourcesMax} sources in all, the limit";
        var sessions = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < sources.Count; i++)
        {
            if (!IsName(sources[i]?.Session, SessionCharsMax) || !IsName(sources[i].Principal, SessionCharsMax)) return $"sources[{i}] must have a session and a principal of 1 to {SessionCharsMax} characters and no control characters";
            if (!sessions.Add(sources[i].Session)) return $"sources[{i}].session \"{ArchiveEntries.Shown(sources[i].Session)}\" comes twice";
        }
        return null;
    }

    private static string? ReviewsProblem(IReadOnlyList<PassageReview> reviews)
    {
        if (reviews.Count > ArchiveLimits.ReviewsMax) return $"reviewed_by has {reviews.Count} entries; the limit is {ArchiveLimits.ReviewsMax}";
        for (var i = 0; i < reviews.Count; i++)
        {
            if (reviews[i]?.Author is not { } author || !IsName(ActorColumns.Of(author).Id, NameCharsMax)) return $"reviewed_by[{i}] must have an author with an id of 1 to {NameCharsMax} characters and no control characters";
        }
        return null;
    }

    private string? PassagesProblem(IReadOnlyList<ArchivedPassage> passages)
    {
        if ((_passages += passages.Count) > ArchiveLimits.PassagesMax) return $"there are more than {ArchiveLimits.PassagesMax} passages in all, the limit";
        var lines = new HashSet<(string, string)>();
        for (var i = 0; i < passages.Count; i++)
        {
            if (passages[i] is not { LineHash: { Length: LineHashDigits } line } || !line.All(char.IsAsciiHexDigitLower)) return $"passages[{i}].line_hash must have {LineHashDigits} lower-case hex digits";
            if (!lines.Add((passages[i].MemoryId.Value, line))) return $"passages[{i}] names a line that comes twice";
            _memories.Add(passages[i].MemoryId.Value);
        }
        return null;
    }

    private static bool IsName(string? name, int charsMax) => name is { Length: > 0 } && name.Length <= charsMax && !name.Any(char.IsControl);
}
