using System.Text.Json;

namespace Reverie.Server.Http;

/// <summary>The <c>metadata</c> of a request: at most 16 pairs, keys of 1 to 64 and values of at most 512 characters.</summary>
internal static class MetadataField
{
    private const int PairsMax = 16;
    private const int KeyCharsMax = 64;
    private const int ValueCharsMax = 512;

    /// <summary>The labels after the request: what it names is set, what it names with null goes, the rest stays.</summary>
    public static IReadOnlyDictionary<string, string> Merge(JsonBody body, IReadOnlyDictionary<string, string> before)
    {
        if (body.Object("metadata") is not { } sent) return before;
        var after = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in before) after[key] = value;
        foreach (var pair in sent.EnumerateObject())
        {
            var name = $"metadata[{ApiException.Quoted(pair.Name)}]";
            if (pair.Name.Length is 0 or > KeyCharsMax) body.Problem(name, $"must have a key of 1 to {KeyCharsMax} characters");
            else if (pair.Name.Contains('\0')) body.Problem(name, "has the character U+0000 in its key");
            else if (pair.Value.ValueKind == JsonValueKind.Null) after.Remove(pair.Name);
            else if (body.TextOf(pair.Value, name) is not { } text) continue;
            else if (text.Length > ValueCharsMax) body.Problem(name, $"has a value of {text.Length} characters; the limit is {ValueCharsMax}");
            else if (text.Contains('\0')) body.Problem(name, "has the character U+0000 in its value");
            else after[pair.Name] = text;
        }
        if (after.Count > PairsMax) body.Problem("metadata", $"has {after.Count} pairs; the limit is {PairsMax}");
        return after;
    }
}
