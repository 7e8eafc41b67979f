using System.Text.Json;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions;

/// <summary>The one way a value of a foreign file becomes a session or, in its place, a failure.</summary>
internal static class Foreign
{
    /// <summary>Parses <paramref name="value"/> and converts it; <paramref name="convert"/> says what is missing by <see cref="TranscriptFormatException"/>.</summary>
    public static RawTranscript Convert(string file, JsonValue value, Func<JsonElement, byte[]> convert)
    {
        if (value.IsTooLong) return RawTranscript.Failed(file, value.Line, ReverieReader.TooLong);
        try
        {
            using var document = TranscriptJson.Parse(value.Utf8);
            return new RawTranscript(file, value.Line, convert(document.RootElement));
        }
        catch (TranscriptFormatException error)
        {
            return RawTranscript.Failed(new TranscriptFileException(file, value.Line, error.Message + "; correct or remove it, or leave it out with --skip-bad", error));
        }
    }
}
