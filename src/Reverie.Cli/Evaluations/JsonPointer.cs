using System.Globalization;
using System.Text.Json;

namespace Reverie.Cli.Evaluations;

/// <summary>The way to a value in JSON (RFC 6901).</summary>
internal sealed class JsonPointer
{
    private readonly string _text;
    private readonly string[] _steps;

    private JsonPointer(string text)
    {
        _text = text;
        _steps = [.. text.Split('/').Skip(1).Select(static s => s.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
    }

    /// <summary>Null when it is none: a pointer is empty or begins with a slash.</summary>
    public static JsonPointer? Parse(string text) => text.Length == 0 || text[0] == '/' ? new JsonPointer(text) : null;

    /// <summary>The value; null when there is none.</summary>
    public JsonElement? Find(JsonElement root)
    {
        var at = root;
        foreach (var step in _steps)
        {
            switch (at.ValueKind)
            {
                case JsonValueKind.Object when at.TryGetProperty(step, out var field):
                    at = field;
                    break;
                case JsonValueKind.Array when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < at.GetArrayLength():
                    at = at[index];
                    break;
                default:
                    return null;
            }
        }
        return at;
    }

    public override string ToString() => _text;
}
