using System.Text.Json;
using System.Text.RegularExpressions;

namespace Reverie.Agents;

/// <summary>What the JSON Schema of a custom tool's input may be.</summary>
public static partial class InputSchema
{
    /// <summary>Why a schema is refused; null when it is none of that. The schema must be an object.</summary>
    public static string? Problem(JsonElement schema)
    {
        try
        {
            return ProblemOf(schema);
        }
        catch (InvalidOperationException)
        {
            return "contains half of a surrogate pair, which is not valid Unicode";
        }
    }

    /// <exception cref="InvalidOperationException">A text is not valid Unicode.</exception>
    private static string? ProblemOf(JsonElement schema)
    {
        if (!schema.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || !type.ValueEquals("object")) return "must have \"type\": \"object\"";
        if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null)) return "must have an object or null in properties";
        if (schema.TryGetProperty("required", out var required) && !IsListOfTexts(required)) return "must have an array of strings or null in required";
        foreach (var word in (ReadOnlySpan<string>)["oneOf", "anyOf", "allOf"])
        {
            if (schema.TryGetProperty(word, out _)) return $"must not have {word} at its top level; put it inside a property";
        }
        return ProblemWithin(schema, 1);
    }

    private static bool IsListOfTexts(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(static v => v.ValueKind == JsonValueKind.String));

    private static string? ProblemWithin(JsonElement value, int depth)
    {
        if (depth > AgentLimits.SchemaDepthMax) return $"is nested deeper than {AgentLimits.SchemaDepthMax} levels";
        if (value.ValueKind == JsonValueKind.String) _ = value.GetString();
        return value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().Select(field => ProblemOfField(field, depth)).FirstOrDefault(static p => p is not null),
            JsonValueKind.Array => value.EnumerateArray().Select(item => ProblemWithin(item, depth + 1)).FirstOrDefault(static p => p is not null),
            _ => null,
        };
    }

    private static string? ProblemOfField(JsonProperty field, int depth)
    {
        if (field.NameEquals("$ref")) return "must not have $ref; write the schema out";
        if (field.NameEquals("properties") && field.Value.ValueKind == JsonValueKind.Object && field.Value.EnumerateObject().Any(static p => !PropertyName().IsMatch(p.Name)))
            return "must have property names of 1 to 64 letters, digits, underscores, dots and hyphens";
        return ProblemWithin(field.Value, depth + 1);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{1,64}\z")]
    private static partial Regex PropertyName();
}
