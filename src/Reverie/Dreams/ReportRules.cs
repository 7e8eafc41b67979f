using Reverie.Protocol.Dreams;

namespace Reverie.Dreams;

/// <summary>What a report must hold to beyond the names and kinds of its fields, which the parser checks.</summary>
internal static class ReportRules
{
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
            if (ChangeRules.Problem(change) is { } problem) return $"changes[{i}].{problem}";
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
}
