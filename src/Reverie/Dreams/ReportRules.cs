using Reverie.Protocol.Dreams;

namespace Reverie.Dreams;

/// <summary>What a report must hold to beyond the names and kinds of its fields, which the parser checks.</summary>
internal static class ReportRules
{
    private const int QuoteCharsMax = 300;
    private const int Sha256Digits = 64;

    /// <summary>The first field that breaks a rule, with the rule; null when none does.</summary>
    public static string? Problem(DreamReport report)
    {
        if (report.DreamId is null || report.Model is null || report.Inputs is null || report.Usage is null || report.Changes is null || report.Refused is null)
            return "dream_id, model, inputs, usage, changes and refused must not be null";
        (string Field, long Count)[] counts =
        [
            ("inputs.memories", report.Inputs.Memories), ("inputs.sessions", report.Inputs.Sessions), ("inputs.events", report.Inputs.Events),
            ("usage.input_tokens", report.Usage.InputTokens), ("usage.output_tokens", report.Usage.OutputTokens),
            ("usage.cache_creation_input_tokens", report.Usage.CacheCreationInputTokens), ("usage.cache_read_input_tokens", report.Usage.CacheReadInputTokens),
            ("duration_ms", report.DurationMs),
        ];
        foreach (var (field, count) in counts)
        {
            if (count < 0) return $"{field} must be 0 or more, not {count}";
        }
        return ProblemOfChanges(report.Changes) ?? ProblemOfRefusals(report.Refused);
    }

    private static string? ProblemOfChanges(IReadOnlyList<Change> changes)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < changes.Count; i++)
        {
            if (changes[i] is not { } change) return $"changes[{i}] must not be null";
            if (string.IsNullOrEmpty(change.Id)) return $"changes[{i}].id must not be empty";
            if (!ids.Add(change.Id)) return $"changes[{i}].id \"{change.Id}\" occurs twice; ids must be unique";
            if (ProblemOf(change) is { } problem) return $"changes[{i}].{problem}";
        }
        return null;
    }

    private static string? ProblemOf(Change change)
    {
        if (change.Path is null || change.Summary is null || change.Rationale is null || change.Edits is null || change.Evidence is null)
            return "path, summary, rationale, edits and evidence must not be null";
        if (change.Confidence is not (>= 0 and <= 1)) return FormattableString.Invariant($"confidence must lie between 0 and 1, not {change.Confidence}");
        if (!IsSha256(change.BeforeSha256)) return $"before_sha256 must be null or {Sha256Digits} lower-case hex digits";
        if (!IsSha256(change.AfterSha256)) return $"after_sha256 must be null or {Sha256Digits} lower-case hex digits";
        for (var i = 0; i < change.Edits.Count; i++)
        {
            if (change.Edits[i] is not { Delete: not null, Insert: not null } edit) return $"edits[{i}] must have delete and insert";
            if (edit.At < 0) return $"edits[{i}].at must be 0 or more, not {edit.At}";
        }
        for (var i = 0; i < change.Evidence.Count; i++)
        {
            if (change.Evidence[i]?.Quote is not { } quote) return $"evidence[{i}].quote must not be null";
            if (quote.Length > QuoteCharsMax) return $"evidence[{i}].quote has {quote.Length} characters; at most {QuoteCharsMax} are allowed";
        }
        return null;
    }

    private static string? ProblemOfRefusals(IReadOnlyList<Refusal> refused)
    {
        for (var i = 0; i < refused.Count; i++)
        {
            if (refused[i] is not { What: not null, Reason: not null } refusal) return $"refused[{i}] must have what and reason";
            if (refusal.Sessions < 0) return $"refused[{i}].sessions must be 0 or more, not {refusal.Sessions}";
        }
        return null;
    }

    private static bool IsSha256(string? hash) => hash is null || (hash.Length == Sha256Digits && hash.All(char.IsAsciiHexDigitLower));
}
