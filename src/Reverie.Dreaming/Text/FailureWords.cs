using System.Buffers;

namespace Reverie.Dreaming.Text;

/// <summary>Words with which programs say that something went wrong.</summary>
internal static class FailureWords
{
    private static readonly string[] Words =
        ["error", "failed", "failure", "invalid", "denied", "refused", "rejected", "not found", "no such", "cannot", "can't", "could not", "couldn't", "unable", "unknown",
         "exception", "traceback", "timed out", "timeout", "forbidden", "unauthorized", "unauthorised", "expired", "missing", "not allowed", "not permitted", "exceeded",
         "illegal", "unsupported", "unavailable", "bad request", "conflict", "does not exist", "doesn't exist", "must be", "is required", "fatal", "unexpected", "not recognized"];

    private static readonly SearchValues<string> Search = SearchValues.Create(Words, StringComparison.OrdinalIgnoreCase);

    /// <summary>True when the text holds one of them, however it is meant.</summary>
    public static bool In(ReadOnlySpan<char> text) => text.ContainsAny(Search);

    /// <summary>True when the text says that something failed; "0 errors", "no error" and "error: null" report success.</summary>
    public static bool Name(ReadOnlySpan<char> text)
    {
        var from = 0;
        while (true)
        {
            var found = text[from..].IndexOfAny(Search);
            if (found < 0) return false;
            var at = from + found;
            var end = at;
            while (end < text.Length && (char.IsLetter(text[end]) || text[end] == '\'')) end++;
            var before = text[..at].TrimEnd();
            var denied = before.EndsWith("0") || before.EndsWith("no", StringComparison.OrdinalIgnoreCase) || before.EndsWith("without", StringComparison.OrdinalIgnoreCase);
            var after = text[end..].TrimStart("'\": =,");
            if (!denied && !after.StartsWith("null") && !after.StartsWith("None") && !after.StartsWith("}") && !text[end..].StartsWith("': ''") && !text[end..].StartsWith("\": \"\"")) return true;
            from = Math.Max(end, at + 1);
        }
    }
}
