using System.Text.Json;

namespace Reverie.Sessions;

/// <summary>Fields of foreign JSON, where any may be missing or of another type than it should.</summary>
internal static class JsonFields
{
    /// <summary>The field's value; null when the owner is no object or has no such field.</summary>
    public static JsonElement? Field(this JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? value : null;

    /// <summary>The field's text; null when it is missing or not a string.</summary>
    public static string? Text(this JsonElement owner, string name) =>
        owner.Field(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>The field as a label: its text or its number as written; null when it is neither.</summary>
    public static string? Label(this JsonElement owner, string name) => owner.Field(name) switch
    {
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { ValueKind: JsonValueKind.Number } value => value.GetRawText(),
        _ => null,
    };

    /// <summary>The field's number; null when it is missing, no number, or not finite.</summary>
    public static double? Number(this JsonElement owner, string name) =>
        owner.Field(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    /// <summary>True when the field is there and true.</summary>
    public static bool IsTrue(this JsonElement owner, string name) => owner.Field(name) is { ValueKind: JsonValueKind.True };

    /// <summary>The items of an array field; none when it is missing or no array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement owner, string name) =>
        owner.Field(name) is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : [];
}
