namespace Reverie.Protocol.Dreams;

/// <summary>What a change must hold to beyond the names and kinds of its fields, which the parser checks.</summary>
public static class ChangeRules
{
    private const int QuoteCharsMax = 300;
    private const int Sha256Digits = 64;

    /// <summary>The first field that breaks a rule, with the rule; null when none does.</summary>
    public static string? Problem(Change change)
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

    private static bool IsSha256(string? hash) => hash is null || (hash.Length == Sha256Digits && hash.All(char.IsAsciiHexDigitLower));
}
