using System.Text;
using System.Text.Json;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Models;

/// <summary>What could be read of an answer, and what could not.</summary>
/// <param name="Items">What was read, by its key.</param>
/// <param name="Problems">In the dreamer's own words: nothing a model wrote is in them.</param>
internal sealed record AnswerReading<T>(IReadOnlyDictionary<string, T> Items, IReadOnlyList<string> Problems);

/// <summary>Reads answers strictly: one object with one list of objects, whose fields are known.</summary>
internal static class AnswerJson
{
    private const int ItemsMax = 64;

    private static readonly string[] AllFields = ["key", "keys", "verdict", "into", "text", "kind", "title", "cites", "entailed"];

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>True for an answer that has items at all, or says that there are none.</summary>
    public static bool IsReadable(DreamAnswer answer) => Items(answer, AllFields).Problem is null;

    /// <summary>The items of an answer, each with its fields checked; a problem instead where it has another shape.</summary>
    /// <param name="answer">What the model said.</param>
    /// <param name="fields">The fields an item may have.</param>
    public static (IReadOnlyList<JsonElement> Items, string? Problem) Items(DreamAnswer answer, params string[] fields)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(CodeFence.Without(answer.Text)), Strict);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root || root.EnumerateObject().Count() != 1 || !root.TryGetProperty("items", out var list) || list.ValueKind != JsonValueKind.Array)
                return ([], "the answer was not one JSON object with the list items alone");
            if (list.GetArrayLength() > ItemsMax) return ([], $"the answer had more than {ItemsMax} items");
            List<JsonElement> items = [.. list.EnumerateArray().Select(static i => i.Clone())];
            return items.TrueForAll(i => i.ValueKind == JsonValueKind.Object && i.EnumerateObject().All(p => fields.Contains(p.Name, StringComparer.Ordinal)))
                ? (items, null)
                : ([], $"an item was no object or had other fields than {string.Join(", ", fields)}");
        }
        catch (JsonException)
        {
            return ([], answer.IsCut ? "the answer was too long and was cut off; be brief" : "the answer was no JSON");
        }
    }

    /// <summary>A text field; null where it is missing, null or no text.</summary>
    public static string? Text(JsonElement item, string field) =>
        item.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? WellFormed(value) : null;

    /// <summary>Half of a surrogate pair can be spelt in JSON and is no text.</summary>
    private static string? WellFormed(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
