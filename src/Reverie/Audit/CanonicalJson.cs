using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Reverie.Audit;

/// <summary>JSON in the one form that RFC 8785 allows, for what audit records hold: objects of texts and whole numbers.</summary>
internal static class CanonicalJson
{
    /// <summary>An object of texts, its names in order.</summary>
    public static string Of(IEnumerable<KeyValuePair<string, string>> map)
    {
        var json = new StringBuilder("{");
        foreach (var (name, value) in map.OrderBy(static p => p.Key, StringComparer.Ordinal))
        {
            if (json.Length > 1) json.Append(',');
            Append(json, name);
            json.Append(':');
            Append(json, value);
        }
        return json.Append('}').ToString();
    }

    /// <summary>Reads what <see cref="Of"/> wrote; null for anything else, be it only spelt otherwise.</summary>
    public static SortedDictionary<string, string>? Read(string json)
    {
        try
        {
            var map = new SortedDictionary<string, string>(StringComparer.Ordinal);
            using var document = JsonDocument.Parse(json);
            foreach (var field in document.RootElement.EnumerateObject())
            {
                if (field.Value.GetString() is not { } text) return null;
                map[field.Name] = text;
            }
            return Of(map) == json ? map : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A text in quotes.</summary>
    public static void Append(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"' or '\\':
                    json.Append('\\').Append(c);
                    break;
                case '\b':
                    json.Append("\\b");
                    break;
                case '\t':
                    json.Append("\\t");
                    break;
                case '\n':
                    json.Append("\\n");
                    break;
                case '\f':
                    json.Append("\\f");
                    break;
                case '\r':
                    json.Append("\\r");
                    break;
                case < ' ':
                    json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    json.Append(c);
                    break;
            }
        }
        json.Append('"');
    }
}
