using System.Text.Json;

namespace Reverie.Protocol.Sessions;

/// <summary>
/// One session with its whole log, in the neutral interchange format (<c>*.sessions.jsonl</c>, one object per line).
/// </summary>
/// <remarks>
/// Owns the parsed document behind its events: dispose it when the events are no longer read. Strings already taken
/// from it stay valid.
/// </remarks>
public sealed class SessionTranscript : IDisposable
{
    /// <summary>JSON nested deeper than this is refused.</summary>
    public const int DepthMax = TranscriptJson.DepthMax;

    /// <summary>Longest <c>external_id</c>, in characters.</summary>
    public const int ExternalIdCharsMax = 256;

    /// <summary>Most events of one session; one with more is refused, because they take many times the memory of their text.</summary>
    public const int EventsMax = 500_000;

    private readonly JsonDocument _document;

    private SessionTranscript(JsonDocument document, string source, string externalId, string agent, DateTimeOffset createdAt,
        string? title, IReadOnlyDictionary<string, string> metadata, SessionOutcome? outcome, IReadOnlyList<SessionEvent> events)
    {
        _document = document;
        Source = source;
        ExternalId = externalId;
        Agent = agent;
        CreatedAt = createdAt;
        Title = title;
        Metadata = metadata;
        Outcome = outcome;
        Events = events;
    }

    /// <summary>Where the session came from, e.g. <c>claude-code</c>.</summary>
    public string Source { get; }

    /// <summary>The session's id where it came from: 1 to 256 characters, unique within its source.</summary>
    public string ExternalId { get; }

    /// <summary>What evidence calls this session: <c>source/external_id</c>.</summary>
    public string Key => $"{Source}/{ExternalId}";

    /// <summary>The name of the agent that ran it; sessions of one agent share it.</summary>
    public string Agent { get; }

    /// <summary>When the session began, UTC.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>A human title; null when there is none.</summary>
    public string? Title { get; }

    /// <summary>Free labels; empty when there are none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>How the run was judged; null when nobody judged it.</summary>
    public SessionOutcome? Outcome { get; }

    /// <summary>The log, oldest first.</summary>
    public IReadOnlyList<SessionEvent> Events { get; }

    /// <summary>The session object as it was received; unlisted fields included.</summary>
    public JsonElement Raw => _document.RootElement;

    /// <summary>Reads one line of the interchange format. The bytes must stay as they are while the session lives.</summary>
    /// <remarks>Half a surrogate pair, which tools leave when they cut text, is read as U+FFFD.</remarks>
    /// <exception cref="TranscriptFormatException">Not UTF-8, not JSON, too deep, or a field breaks its rule.</exception>
    public static SessionTranscript Parse(ReadOnlyMemory<byte> utf8Line)
    {
        var document = TranscriptJson.Parse(utf8Line);
        try
        {
            return Read(document);
        }
        catch
        {
            document.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _document.Dispose();

    private static SessionTranscript Read(JsonDocument document)
    {
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw new TranscriptFormatException($"a session must be a JSON object, not {Kind(root)}");
        try
        {
            var externalId = Required(root, "external_id");
            if (externalId.Length is 0 or > ExternalIdCharsMax)
                throw new TranscriptFormatException($"external_id must have 1 to {ExternalIdCharsMax} characters, not {externalId.Length}");
            var createdAt = Required(root, "created_at");
            if (!Rfc3339.TryRead(createdAt, out var created))
                throw new TranscriptFormatException($"created_at must be an RFC 3339 time, not \"{Clip(createdAt)}\"");
            return new SessionTranscript(document, NonEmpty(root, "source"), externalId, NonEmpty(root, "agent"),
                created, Optional(root, "title"), ReadMetadata(root), ReadOutcome(root), ReadEvents(root));
        }
        catch (InvalidOperationException error)
        {
            throw new TranscriptFormatException("contains text that is not valid Unicode", error);
        }
    }

    private static List<SessionEvent> ReadEvents(JsonElement root)
    {
        if (!root.TryGetProperty("events", out var array) || array.ValueKind != JsonValueKind.Array)
            throw new TranscriptFormatException("events must be an array");
        var count = array.GetArrayLength();
        if (count > EventsMax) throw new TranscriptFormatException($"has {count} events, and at most {EventsMax} are read");
        var events = new List<SessionEvent>(count);
        HashSet<string>? ids = null;
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("type"u8, out var type) || type.ValueKind != JsonValueKind.String)
                throw new TranscriptFormatException($"events[{events.Count}] must be an object with a string \"type\"");
            var read = new SessionEvent(item, events.Count);
            if (read.Id is { } id && !(ids ??= new(StringComparer.Ordinal)).Add(id))
                throw new TranscriptFormatException($"events[{events.Count}].id \"{Clip(id)}\" occurs twice; ids must be unique in a session");
            events.Add(read);
        }
        return events;
    }

    private static Dictionary<string, string> ReadMetadata(JsonElement root)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!root.TryGetProperty("metadata", out var metadata) || metadata.ValueKind == JsonValueKind.Null) return pairs;
        if (metadata.ValueKind != JsonValueKind.Object) throw new TranscriptFormatException("metadata must be an object of strings");
        foreach (var pair in metadata.EnumerateObject())
        {
            if (pairs.Count == MetadataLimits.PairsMax) throw new TranscriptFormatException($"metadata must have at most {MetadataLimits.PairsMax} pairs");
            if (pair.Name.Length is 0 or > MetadataLimits.KeyCharsMax)
                throw new TranscriptFormatException($"metadata: the key \"{Clip(pair.Name)}\" must have 1 to {MetadataLimits.KeyCharsMax} characters, not {pair.Name.Length}");
            if (pair.Value.ValueKind != JsonValueKind.String)
                throw new TranscriptFormatException($"metadata.{Clip(pair.Name)} must be a string, not {Kind(pair.Value)}");
            var value = pair.Value.GetString()!;
            if (value.Length > MetadataLimits.ValueCharsMax)
                throw new TranscriptFormatException($"metadata.{Clip(pair.Name)} must have at most {MetadataLimits.ValueCharsMax} characters, not {value.Length}");
            pairs[pair.Name] = value;
        }
        return pairs;
    }

    private static SessionOutcome? ReadOutcome(JsonElement root)
    {
        if (!root.TryGetProperty("outcome", out var outcome) || outcome.ValueKind == JsonValueKind.Null) return null;
        if (outcome.ValueKind != JsonValueKind.Object) throw new TranscriptFormatException("outcome must be an object");
        var result = Optional(outcome, "result");
        if (result is not ("satisfied" or "failed"))
            throw new TranscriptFormatException($"outcome.result must be \"satisfied\" or \"failed\", not \"{Clip(result ?? "null")}\"");
        double? score = outcome.TryGetProperty("score", out var number) && number.ValueKind == JsonValueKind.Number ? number.GetDouble() : null;
        if (score is < 0 or > 1) throw new TranscriptFormatException("outcome.score must lie between 0.0 and 1.0");
        return new SessionOutcome(result == "satisfied", score, Optional(outcome, "explanation"));
    }

    private static string Required(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new TranscriptFormatException($"{name} is required and must be a string");

    private static string NonEmpty(JsonElement owner, string name) =>
        Required(owner, name) is { Length: > 0 } value ? value : throw new TranscriptFormatException($"{name} must not be empty");

    private static string? Optional(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Kind(JsonElement element) => element.ValueKind.ToString().ToLowerInvariant();

    private static string Clip(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
