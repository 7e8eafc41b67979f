using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reverie.Dreams.Withdrawals;

/// <summary>The texts in JSON.</summary>
internal static class EventTexts
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Every string and number, and the names of fields.</summary>
    public static List<string> Of(string json)
    {
        var texts = new List<string>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) texts.Add(reader.GetString()!);
            else if (reader.TokenType == JsonTokenType.Number) texts.Add(Encoding.UTF8.GetString(reader.ValueSpan));
        }
        return texts;
    }

    /// <summary>The JSON with every string value put through <paramref name="change"/>; the same object when none changes.</summary>
    public static string Map(string json, Func<string, string> change)
    {
        if (Of(json).TrueForAll(t => change(t) == t)) return json;
        var root = JsonNode.Parse(json)!;
        Walk(root);
        return root.ToJsonString(Plain);

        void Walk(JsonNode? node)
        {
            switch (node)
            {
                case JsonObject map:
                    foreach (var (name, value) in map.ToList())
                    {
                        if (Text(value) is { } text) map[name] = change(text);
                        else Walk(value);
                    }
                    break;
                case JsonArray list:
                    for (var i = 0; i < list.Count; i++)
                    {
                        if (Text(list[i]) is { } text) list[i] = change(text);
                        else Walk(list[i]);
                    }
                    break;
            }
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
