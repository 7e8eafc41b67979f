using System.Text;
using System.Text.Json;

namespace Reverie.Dreaming.Text;

/// <summary>
/// Compact JSON with only the escapes the standard demands. A quote of a tool's input is a piece of this text, so that
/// anybody can make the same text with any JSON library and check it.
/// </summary>
internal static class CanonicalJson
{
    public static string Of(JsonElement element, int charsMax)
    {
        var text = new StringBuilder();
        Write(element, text, charsMax);
        return Clip.Prefix(text.ToString(), charsMax);
    }

    private static void Write(JsonElement element, StringBuilder text, int charsMax)
    {
        if (text.Length > charsMax) return;
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                var first = true;
                foreach (var property in element.EnumerateObject())
                {
                    if (!first) text.Append(',');
                    first = false;
                    Quote(property.Name, text);
                    text.Append(':');
                    Write(property.Value, text, charsMax);
                }
                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                var comma = false;
                foreach (var item in element.EnumerateArray())
                {
                    if (comma) text.Append(',');
                    comma = true;
                    Write(item, text, charsMax);
                }
                text.Append(']');
                break;
            case JsonValueKind.String:
                Quote(element.GetString()!, text);
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }

    private static void Quote(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case < ' ': text.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture)); break;
                default: text.Append(c); break;
            }
        }
        text.Append('"');
    }
}
