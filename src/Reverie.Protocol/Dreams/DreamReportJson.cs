using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reverie.Protocol.Dreams;

/// <summary>Reads and writes <see cref="DreamReport"/> in the wire's spelling: snake_case names, lower-case enums.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(DreamReport))]
[JsonSerializable(typeof(Change))]
internal sealed partial class DreamReportContext : JsonSerializerContext;

/// <summary>The JSON form of a dream report.</summary>
public static class DreamReportJson
{
    private static readonly DreamReportContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Indented JSON with line feeds, the same bytes for equal reports.</summary>
    public static byte[] Write(DreamReport report) => JsonSerializer.SerializeToUtf8Bytes(report, Context.DreamReport);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">Not a dream report.</exception>
    public static DreamReport Read(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, Context.DreamReport) ?? throw new JsonException("a dream report must be an object");

    /// <summary>One change alone, in the same spelling.</summary>
    public static string WriteChange(Change change) => JsonSerializer.Serialize(change, Context.Change);

    /// <summary>Reads what <see cref="WriteChange"/> wrote.</summary>
    /// <exception cref="JsonException">Not a change.</exception>
    public static Change ReadChange(string json) => JsonSerializer.Deserialize(json, Context.Change) ?? throw new JsonException("a change must be an object");
}
