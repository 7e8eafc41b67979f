using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Models;

/// <summary>
/// Text of others as it stands in a prompt: one JSON object a line, within a block that only the dreamer can close. A line
/// feed, a quotation mark or an angle bracket in it is escaped, so nothing in it ends its string, its line or the block.
/// </summary>
internal static class QuotedData
{
    public const string Begin = "<data>";
    public const string End = "</data>";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Block(IEnumerable<JsonObject> lines) => string.Join('\n', [Begin, .. lines.Select(Line), End]);

    /// <summary>The text without what is hidden in it and without secrets: it leaves the machine.</summary>
    public static string Shown(string text, int charsMax)
    {
        var seen = HiddenText.Strip(text);
        foreach (var (start, end) in Enumerable.Reverse(Secrets.Find(seen))) seen = string.Concat(seen.AsSpan(0, start), "[redacted]", seen.AsSpan(end));
        return Clip.Prefix(seen, charsMax);
    }

    private static string Line(JsonObject line) =>
        line.ToJsonString(Plain).Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal);
}
