using System.Text.Json;
using Reverie.Protocol;

namespace Reverie.Server.Http;

/// <summary>The <c>metadata</c> of a request, within <see cref="MetadataLimits"/>.</summary>
internal static class MetadataField
{
    /// <summary>The labels after the request: what it names is set, what it names with null goes, the rest stays.</summary>
    public static IReadOnlyDictionary<string, string> Merge(JsonBody body, IReadOnlyDictionary<string, string> before)
    {
        if (body.Object("metadata") is not { } sent) return before;
        var after = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in before) after[key] = value;
        foreach (var pair in sent.EnumerateObject())
        {
            var name = $"metadata[{ApiException.Quoted(pair.Name)}]";
            if (pair.Name.Length is 0 or > MetadataLimits.KeyCharsMax) body.Problem(name, $"must have a key of 1 to {MetadataLimits.KeyCharsMax} characters");
            else if (pair.Name.Contains('\0')) body.Problem(name, "has the character U+0000 in its key");
            else if (pair.Value.ValueKind == JsonValueKind.Null) after.Remove(pair.Name);
            else if (body.TextOf(pair.Value, name) is not { } text) continue;
            else if (text.Length > MetadataLimits.ValueCharsMax) body.Problem(name, $"has a value of {text.Length} characters; the limit is {MetadataLimits.ValueCharsMax}");
            else if (text.Contains('\0')) body.Problem(name, "has the character U+0000 in its value");
            else after[pair.Name] = text;
        }
        if (after.Count > MetadataLimits.PairsMax) body.Problem("metadata", $"has {after.Count} pairs; the limit is {MetadataLimits.PairsMax}");
        return after;
    }
}
