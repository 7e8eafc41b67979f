using System.Text.Json;

namespace Reverie.Cli.Running;

/// <summary>One event of a session, or a preview of one, as the wire carries it. What an imported log leaves out reads as nothing.</summary>
internal sealed record SessionLine(string Type, JsonElement Body)
{
    /// <summary>The whole event on one line.</summary>
    public string Json => Body.GetRawText().Replace('\n', ' ').Replace('\r', ' ');

    public string Id => Text("id") ?? "";

    /// <summary>False while a client's event waits to be taken up.</summary>
    public bool IsProcessed => Text("processed_at") is not null;

    /// <summary>What the session stopped for; null for events that end no turn.</summary>
    public string? StopReason => Part("stop_reason") is { } reason ? TextOf(reason, "type") : null;

    public static SessionLine Of(JsonElement body) => new(TextOf(body, "type") ?? "", body);

    /// <summary>A field that is a text; null otherwise.</summary>
    public string? Text(string field) => TextOf(Body, field);

    /// <summary>A field that is an object or a list; null otherwise.</summary>
    public JsonElement? Part(string field) => PartOf(Body, field);

    /// <summary>The texts of the content, joined by line ends; other blocks are named in brackets.</summary>
    public string Content()
    {
        if (!Body.TryGetProperty("content", out var content)) return "";
        if (content.ValueKind == JsonValueKind.String) return content.GetString()!;
        return content.ValueKind == JsonValueKind.Array
            ? string.Join('\n', content.EnumerateArray().Where(static b => b.ValueKind == JsonValueKind.Object).Select(static b => TextOf(b, "text") ?? $"[{TextOf(b, "type")}]"))
            : "";
    }

    public static string? TextOf(JsonElement body, string field) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static JsonElement? PartOf(JsonElement body, string field) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? value : null;
}
