using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Reverie.Protocol.Sessions;

namespace Reverie.Protocol.Json;

/// <summary>Writes times as RFC 3339 in UTC with <c>Z</c> and microseconds, the resolution they are stored with.</summary>
internal sealed class UtcTimeJsonConverter : JsonConverter<DateTimeOffset>
{
    private const int CharsMax = 28;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Rfc3339.TryRead(reader.GetString() ?? "", out var time) ? time : throw new JsonException("not an RFC 3339 time");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        // The round-trip form, which is quick, has a seventh digit before the Z.
        Span<byte> text = stackalloc byte[CharsMax];
        value.UtcDateTime.TryFormat(text, out var written, "O", CultureInfo.InvariantCulture);
        text[written - 2] = (byte)'Z';
        writer.WriteStringValue(text[..(written - 1)]);
    }
}
