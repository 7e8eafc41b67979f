using System.Runtime.CompilerServices;

namespace Reverie.Sessions;

/// <summary>Reads the interchange format: one session per line, blank lines ignored.</summary>
internal static class ReverieReader
{
    /// <summary>The file's sessions in order; a line past the limit comes as a failed one.</summary>
    public static async IAsyncEnumerable<RawTranscript> ReadAsync(TranscriptText text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new LineReader(text.Window);
        while (await lines.NextAsync(cancellationToken))
        {
            if (lines.IsTooLong)
                yield return RawTranscript.Failed(text.File, lines.Number, TooLong);
            else if (!lines.IsBlank)
                yield return new RawTranscript(text.File, lines.Number, Copy(lines.Line.Span));
        }
    }

    /// <summary>What is said of a line past the limit, in any format.</summary>
    public static string TooLong { get; } =
        $"is longer than {TranscriptText.ElementBytesMax / (1024 * 1024)} MiB; split or remove this line, or leave it out with --skip-bad";

    /// <summary>A copy the garbage collector owns: a parsed session points into its bytes for as long as it lives.</summary>
    public static byte[] Copy(ReadOnlySpan<byte> bytes)
    {
        var copy = GC.AllocateUninitializedArray<byte>(bytes.Length);
        bytes.CopyTo(copy);
        return copy;
    }
}
