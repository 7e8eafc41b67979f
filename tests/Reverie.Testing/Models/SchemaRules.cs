using System.Text.Json;

namespace Reverie.Testing.Models;

/// <summary>What providers refuse of the schema an answer is to have: both want closed objects, and know only part of the language.</summary>
internal static class SchemaRules
{
    private const int UnionsMax = 16;
    private const int OptionalMax = 24;
    private const int DepthMax = 10;

    private static readonly string[] Both = ["type", "properties", "required", "additionalProperties", "items", "anyOf", "enum", "const", "$ref", "$defs", "description", "title"];
    private static readonly string[] Messages = [.. Both, "allOf", "definitions", "default", "format", "minItems", "pattern"];
    private static readonly string[] Chat = [.. Both, "format", "pattern", "minItems", "maxItems", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

    /// <summary>As the Messages API says it; null for a schema it takes.</summary>
    public static string? OfMessages(JsonElement schema)
    {
        var counts = new Counts();
        return Check(schema, Messages, isStrict: false, counts, 0) ?? (counts.Unions > UnionsMax ? $"Schemas contains too many parameters with union types ({counts.Unions} parameters with type arrays or anyOf). Limit: {UnionsMax}."
            : counts.Optional > OptionalMax ? $"Schemas contains too many optional parameters ({counts.Optional}), which would make grammar compilation inefficient. Reduce the number of optional parameters in your tool schemas (limit: {OptionalMax})." : null);
    }

    /// <summary>As chat completions say it of a strict format; null for a schema they take.</summary>
    public static string? OfChat(JsonElement schema) => schema.TryGetProperty("type", out var type) && type.ValueEquals("object")
        ? Check(schema, Chat, isStrict: true, new Counts(), 0)
        : "schema must be a JSON Schema of 'type: \"object\"'";

    private static string? Check(JsonElement schema, string[] known, bool isStrict, Counts counts, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object) return "a schema must be an object";
        if (depth > DepthMax) return $"the schema is nested deeper than {DepthMax} levels, or refers to itself";
        foreach (var word in schema.EnumerateObject())
            if (!known.Contains(word.Name)) return $"property '{word.Name}' is not supported";
        if (schema.TryGetProperty("$ref", out var reference) && !reference.GetString()!.StartsWith("#/", StringComparison.Ordinal)) return "external $ref is not supported";
        if (schema.TryGetProperty("minItems", out var least) && least.GetInt32() > 1 && !isStrict) return "For 'array' type, 'minItems' values other than 0 or 1 are not supported";
        if (schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.Array) counts.Unions++;
        if (Type(schema) == "object" && CheckObject(schema, known, isStrict, counts, depth) is { } problem) return problem;
        if (schema.TryGetProperty("items", out var items) && Check(items, known, isStrict, counts, depth + 1) is { } wrong) return wrong;
        if (!schema.TryGetProperty("anyOf", out var choices)) return null;
        counts.Unions++;
        return choices.EnumerateArray().Select(choice => Check(choice, known, isStrict, counts, depth + 1)).FirstOrDefault(static p => p is not null);
    }

    private static string? CheckObject(JsonElement schema, string[] known, bool isStrict, Counts counts, int depth)
    {
        if (!schema.TryGetProperty("additionalProperties", out var more) || more.ValueKind != JsonValueKind.False) return "For 'object' type, 'additionalProperties' must be explicitly set to false";
        var required = schema.TryGetProperty("required", out var list) ? list.EnumerateArray().Select(static r => r.GetString()).ToHashSet() : [];
        if (!schema.TryGetProperty("properties", out var properties)) return null;
        foreach (var property in properties.EnumerateObject())
        {
            if (!required.Contains(property.Name))
            {
                if (isStrict) return $"'required' is required to be supplied and to be an array including every key in properties. Missing '{property.Name}'.";
                counts.Optional++;
            }
            if (Check(property.Value, known, isStrict, counts, depth + 1) is { } problem) return problem;
        }
        return null;
    }

    private static string? Type(JsonElement schema) => schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private sealed class Counts
    {
        public int Unions { get; set; }

        public int Optional { get; set; }
    }
}
