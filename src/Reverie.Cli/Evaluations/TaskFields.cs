using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Cli.Terminal;

namespace Reverie.Cli.Evaluations;

/// <summary>The fields of one object of a tasks file, read strictly: a misspelt one is an error, not nothing.</summary>
/// <param name="body">The object.</param>
/// <param name="place">Where it stands, as a person finds it.</param>
internal sealed class TaskFields(JsonObject body, string place)
{
    public static TaskFields Of(JsonNode? node, string place, params string[] known)
    {
        if (node is not JsonObject body) throw new BadInputException($"{place}: must be an object with {string.Join(", ", known)}");
        if (body.Select(static f => f.Key).FirstOrDefault(key => !known.Contains(key, StringComparer.Ordinal)) is { } odd)
            throw new BadInputException($"{place}: {PlainText.Line(odd)} is not known; it may have {string.Join(", ", known)}");
        return new TaskFields(body, place);
    }

    /// <summary>Present, even where it says null.</summary>
    public bool Has(string field) => body.ContainsKey(field);

    public JsonNode? Node(string field) => body[field];

    public string Required(string field, int charsMax) => Text(field, charsMax) ?? throw Problem(field, "is missing");

    /// <summary>A text that says something; null when it is not there.</summary>
    public string? Text(string field, int charsMax)
    {
        if (body[field] is not { } node) return null;
        if (node.GetValueKind() != JsonValueKind.String) throw Problem(field, $"must be a text{(node is JsonValue ? $"; write it in quotes: \"{node.ToJsonString()}\"" : "")}");
        var text = node.GetValue<string>();
        if (string.IsNullOrWhiteSpace(text)) throw Problem(field, "is empty");
        return text.Length <= charsMax ? text : throw Problem(field, $"has {text.Length} characters; at most {charsMax} are allowed");
    }

    public int? Whole(string field, int min, int max)
    {
        if (body[field] is not { } node) return null;
        return node.GetValueKind() == JsonValueKind.Number && long.TryParse(node.ToJsonString(), out var number) && number >= min && number <= max
            ? (int)number : throw Problem(field, $"must be a whole number from {min} to {max}");
    }

    public IReadOnlyList<string> Texts(string field)
    {
        if (body[field] is not { } node) return [];
        return node is JsonArray list && list.All(static n => n?.GetValueKind() == JsonValueKind.String)
            ? [.. list.Select(static n => n!.GetValue<string>())] : throw Problem(field, "must be a list of texts");
    }

    public BadInputException Problem(string field, string what) => new($"{place}: {field} {what}");
}
