using System.Text.Json;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions;

/// <summary>One Claude Code file as it is read: takes its lines in any order and gives the sessions they make.</summary>
internal sealed class ClaudeCodeFile(TranscriptText text, string? agent)
{
    /// <summary>
    /// Most bytes of messages held of one file (256 MiB). Real sessions stay far below; a file past it is refused, since
    /// its turns could no longer be put in order.
    /// </summary>
    public const long HeldBytesMax = 256 * 1024 * 1024;

    private readonly List<ClaudeCodeEntry> _entries = [];
    private readonly Dictionary<string, ClaudeCodeEntry> _byUuid = new(StringComparer.Ordinal);
    private readonly ClaudeCodeTitles _titles = new();
    private string _sessionId = text.Stem;
    private DateTimeOffset? _time;
    private long _heldBytes;

    /// <summary>Takes one line; says what is wrong with it, or null. Unknown types are left out: each release adds some.</summary>
    /// <exception cref="TranscriptFileException">The file holds more than <see cref="HeldBytesMax"/>.</exception>
    public TranscriptFileException? Add(JsonValue line)
    {
        if (line.IsTooLong) return Problem(line, ReverieReader.TooLong);
        try
        {
            using var document = TranscriptJson.Parse(line.Utf8);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return Problem(line, "is no object; correct or remove this line, or leave it out with --skip-bad");
            _titles.Read(root);
            if (root.Text("type") is not null) Keep(ClaudeCodeEntry.Read(root, line.Line, _sessionId, _time));
            return null;
        }
        catch (TranscriptFormatException error)
        {
            return Problem(line, error.Message + "; correct or remove this line, or leave it out with --skip-bad");
        }
    }

    /// <summary>The sessions of the lines taken so far, in the order in which they first appear.</summary>
    public IEnumerable<RawTranscript> Sessions()
    {
        var groups = new Dictionary<(string Session, string? Subagent), List<ClaudeCodeEntry>>();
        var order = new List<List<ClaudeCodeEntry>>();
        var roots = new Dictionary<ClaudeCodeEntry, string>();
        foreach (var entry in _entries)
        {
            var key = (entry.SessionId, entry.IsSidechain ? entry.SubagentId ?? Root(entry, roots) : null);
            if (!groups.TryGetValue(key, out var group))
            {
                groups.Add(key, group = []);
                order.Add(group);
            }
            group.Add(entry);
        }
        var names = groups.ToDictionary(pair => pair.Value, pair => pair.Key);
        foreach (var group in order)
        {
            var session = new ClaudeCodeSession(names[group].Session, names[group].Subagent, agent ?? "claude-code",
                _titles.Of(names[group].Session, group, _byUuid), ClaudeCodeOrder.Sort(group, _byUuid));
            if (session.Build() is { } built) yield return new RawTranscript(text.File, group[0].Line, built);
        }
    }

    private void Keep(ClaudeCodeEntry entry)
    {
        _sessionId = entry.SessionId;
        _time = entry.Time;
        // A resumed file repeats lines; the first one counts.
        if (entry.Uuid is { } uuid && !_byUuid.TryAdd(uuid, entry)) return;
        if (entry.Uuid is null && entry.Message.Length == 0) return;
        _heldBytes += entry.HeldBytes;
        if (_heldBytes > HeldBytesMax)
            throw new TranscriptFileException(text.File, entry.Line, $"the file holds more than {HeldBytesMax / (1024 * 1024)} MiB of messages; split it by session");
        _entries.Add(entry);
    }

    /// <summary>The uuid of the line with which this entry's sub-agent began.</summary>
    private string Root(ClaudeCodeEntry entry, Dictionary<ClaudeCodeEntry, string> known)
    {
        var way = new List<ClaudeCodeEntry>();
        var met = new HashSet<ClaudeCodeEntry>();
        var at = entry;
        string? root = null;
        // Meeting an entry twice means that a damaged file runs in a circle; it is cut there.
        while (met.Add(at) && !known.TryGetValue(at, out root))
        {
            way.Add(at);
            if (at.ParentUuid is null || !_byUuid.TryGetValue(at.ParentUuid, out var parent) || !parent.IsSidechain) break;
            at = parent;
        }
        root ??= at.Uuid ?? $"line-{at.Line}";
        foreach (var passed in way) known[passed] = root;
        return root;
    }

    private TranscriptFileException Problem(JsonValue line, string problem) => new(text.File, line.Line, problem);
}
