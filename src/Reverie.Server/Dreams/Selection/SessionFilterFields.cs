using System.Text.Json;
using Reverie.Protocol;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Protocol.Sessions;
using Reverie.Server.Http;

namespace Reverie.Server.Dreams.Selection;

/// <summary>Reads a session filter. What is wrong is noted in the body.</summary>
internal static class SessionFilterFields
{
    public const string TypeName = "session_filter";

    public const int DefaultLimit = 1_000;
    public const double DefaultGradedWeight = 3;
    public const double GradedWeightMax = 1_000;
    public const int ExcludedMax = 10_000;
    public const int NamesMax = 50;
    public const int DaysMax = 36_500;
    private const int NameCharsMax = 256;

    private static readonly string[] Results = ["satisfied", "failed", "max_iterations_reached", "interrupted", "none"];

    private static readonly string[] Names =
    [
        "type", "agents", "created_at", "ended_at", "metadata", "sources", "outcome_results", "score_min", "errors_min", "errors_max", "exclude_suspect", "exclude_imported",
        "exclude_session_ids", "memory_store_id", "not_dreamt_by_store", "include_archived", "limit", "sampling", "seed", "graded_weight",
    ];

    /// <summary>The newest sessions, whatever they are.</summary>
    public static DreamSessionFilter Default { get; } = new()
    {
        Agents = [],
        CreatedAt = null,
        EndedAt = null,
        Metadata = new Dictionary<string, string>(),
        Sources = [],
        OutcomeResults = [],
        ScoreMin = null,
        ErrorsMin = null,
        ErrorsMax = null,
        ExcludeSuspect = false,
        ExcludeImported = false,
        ExcludeSessionIds = [],
        MemoryStoreId = null,
        NotDreamtByStore = null,
        IncludeArchived = false,
        Limit = DefaultLimit,
        Sampling = SessionSampling.Newest,
        Seed = 0,
        GradedWeight = DefaultGradedWeight,
    };

    /// <summary>The filter; to be used only when nothing was noted.</summary>
    public static DreamSessionFilter Read(JsonPart part)
    {
        part.Knows(Names).OneOf("type", false, TypeName);
        var filter = new DreamSessionFilter
        {
            Agents = part.Texts("agents", NamesMax, 1, NameCharsMax),
            CreatedAt = ReadTimes(part, "created_at"),
            EndedAt = ReadTimes(part, "ended_at"),
            Metadata = ReadMetadata(part),
            Sources = part.Texts("sources", NamesMax, 1, NameCharsMax),
            OutcomeResults = ReadResults(part),
            ScoreMin = Real(part, "score_min", 0, 1),
            ErrorsMin = part.Number("errors_min", 0, int.MaxValue),
            ErrorsMax = part.Number("errors_max", 0, int.MaxValue),
            ExcludeSuspect = part.Flag("exclude_suspect") ?? false,
            ExcludeImported = part.Flag("exclude_imported") ?? false,
            ExcludeSessionIds = ReadIds(part),
            MemoryStoreId = ReadStore(part, "memory_store_id"),
            NotDreamtByStore = ReadStore(part, "not_dreamt_by_store"),
            IncludeArchived = part.Flag("include_archived") ?? false,
            Limit = part.Number("limit", 1, DreamReviewEndpoints.SessionsMax) ?? DefaultLimit,
            Sampling = part.OneOf("sampling", false, [.. WireNames<SessionSampling>.All]) is { } sampling ? WireNames<SessionSampling>.Parse(sampling) : SessionSampling.Newest,
            Seed = part.Number("seed", 0, int.MaxValue) ?? 0,
            GradedWeight = Real(part, "graded_weight", 0.001, GradedWeightMax) ?? DefaultGradedWeight,
        };
        if (filter.ErrorsMax < filter.ErrorsMin) part.Problem("errors_max", "is below errors_min: no session could meet both");
        return filter;
    }

    private static SessionTimes? ReadTimes(JsonPart part, string field)
    {
        if (part.Object(field) is not { } times) return null;
        times.Knows("gte", "lt", "last_days");
        var read = new SessionTimes { Gte = Time(times, "gte"), Lt = Time(times, "lt"), LastDays = times.Number("last_days", 1, DaysMax) };
        if (read is { Gte: null, Lt: null, LastDays: null } && !part.IsBodyWrong) part.Problem(field, "must have gte, lt or last_days");
        if (read.LastDays is not null && (read.Gte is not null || read.Lt is not null)) part.Problem(field, "must have either last_days or fixed bounds, not both");
        if (read.Lt <= read.Gte) part.Problem(field, "ends before it begins: lt must be behind gte");
        return read;
    }

    private static DateTimeOffset? Time(JsonPart part, string field)
    {
        if (part.Text(field, false, 0, 64) is not { } text) return null;
        if (Rfc3339.TryRead(text, out var time)) return time;
        part.Problem(field, $"must be an RFC 3339 time such as 2026-01-31T12:00:00Z, not {ApiException.Quoted(text)}");
        return null;
    }

    private static Dictionary<string, string> ReadMetadata(JsonPart part)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (part.Object("metadata") is not { } sent) return labels;
        foreach (var label in sent.Value.EnumerateObject())
        {
            var name = sent.NameOf(ApiException.Quoted(label.Name));
            if (label.Name.Contains('\0')) part.ProblemAt(name, "has the character U+0000 in its key");
            else if (part.TextOf(label.Value, name, 0, MetadataLimits.ValueCharsMax) is { } value) labels[label.Name] = value;
        }
        if (labels.Count > MetadataLimits.PairsMax) part.Problem("metadata", $"has {labels.Count} pairs; the limit is {MetadataLimits.PairsMax}");
        return labels;
    }

    private static List<string> ReadResults(JsonPart part)
    {
        var results = part.Texts("outcome_results", Results.Length, 1, NameCharsMax);
        foreach (var wrong in results.Except(Results, StringComparer.Ordinal)) part.Problem("outcome_results", $"holds {ApiException.Quoted(wrong)}, which is none of {string.Join(", ", Results)}");
        return [.. results];
    }

    private static List<string> ReadIds(JsonPart part)
    {
        var ids = part.Texts("exclude_session_ids", ExcludedMax, 1, NameCharsMax);
        if (ids.FirstOrDefault(static id => !Id<Session>.TryParse(id, out _)) is { } wrong) part.Problem("exclude_session_ids", $"holds {ApiException.Quoted(wrong)}, which is no session id");
        return [.. ids.Distinct(StringComparer.Ordinal)];
    }

    private static string? ReadStore(JsonPart part, string field)
    {
        if (part.Text(field, false, 1, NameCharsMax) is not { } text) return null;
        if (Id<MemoryStore>.TryParse(text, out _)) return text;
        part.Problem(field, $"must be an id that begins with memstore_, not {ApiException.Quoted(text)}");
        return null;
    }

    private static double? Real(JsonPart part, string field, double min, double max)
    {
        if (!part.Has(field)) return null;
        if (part.Value.GetProperty(field) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && number >= min && number <= max) return number;
        part.Problem(field, FormattableString.Invariant($"must be a number from {min} to {max}"));
        return null;
    }
}
