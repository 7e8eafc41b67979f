using System.Text.Json;

namespace Reverie.Tools;

/// <summary>The input of one call, field by field. Fields nobody asks for are ignored; null is as good as missing.</summary>
internal readonly struct ToolInput(string tool, JsonElement input)
{
    public string Tool => tool;

    /// <summary>A text that must be there and not empty.</summary>
    public string Required(string field) => Text(field) is { Length: > 0 } text ? text : throw new ToolInputException($"{tool}: {field} is required");

    /// <summary>A text; null when it is missing.</summary>
    public string? Text(string field)
    {
        if (Find(field) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.String) throw new ToolInputException($"{tool}: {field} must be a string");
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new ToolInputException($"{tool}: {field} holds half of a surrogate pair; send well-formed Unicode");
        }
    }

    public bool Flag(string field) => Find(field) is { } value && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new ToolInputException($"{tool}: {field} must be true or false"),
    };

    /// <summary>A whole number of 0 or more; 0 when it is missing.</summary>
    public long Count(string field)
    {
        if (Find(field) is not { } value) return 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count) && count >= 0
            ? count
            : throw new ToolInputException($"{tool}: {field} must be a whole number of 0 or more");
    }

    public JsonElement? Find(string field) =>
        input.ValueKind == JsonValueKind.Object && input.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}

/// <summary>The model gave a tool what it cannot take; the message is for the model.</summary>
internal sealed class ToolInputException(string message) : Exception(message);
