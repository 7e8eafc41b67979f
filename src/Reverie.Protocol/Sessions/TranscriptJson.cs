using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Reverie.Protocol.Sessions;

/// <summary>JSON from outside, parsed so that every string in it can be read later without surprise.</summary>
public static class TranscriptJson
{
    /// <summary>JSON nested deeper than this is refused.</summary>
    public const int DepthMax = 64;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = DepthMax };

    /// <summary>Parses one value. The bytes must stay as they are while the document lives; the caller disposes it.</summary>
    /// <remarks>
    /// The parser checks neither UTF-8 nor surrogate escapes before the text in question is read, so both are settled
    /// here: half a surrogate pair, which tools leave when they cut text, is read as U+FFFD.
    /// </remarks>
    /// <exception cref="TranscriptFormatException">Not UTF-8, not JSON, or deeper than <see cref="DepthMax"/>.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        if (!Utf8.IsValid(utf8.Span)) throw new TranscriptFormatException("contains text that is not valid UTF-8");
        try
        {
            return JsonDocument.Parse(SurrogateEscapes.Repaired(utf8), Options);
        }
        catch (JsonException error)
        {
            throw new TranscriptFormatException(
                $"not a JSON object of at most {DepthMax} levels: {FirstSentence(error.Message)}", error);
        }
    }

    /// <summary>
    /// Parses a text that may be one value of JSON, such as the answer of a tool; null when it is none, or deeper than
    /// <see cref="DepthMax"/>. Half a surrogate pair is read as U+FFFD. The caller disposes it.
    /// </summary>
    public static JsonDocument? ParseText(string text)
    {
        try
        {
            return JsonDocument.Parse(SurrogateEscapes.Repaired(Encoding.UTF8.GetBytes(text)), Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string FirstSentence(string message) => message.Split(". ", 2)[0].TrimEnd('.');
}
