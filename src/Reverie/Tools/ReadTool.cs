using System.Buffers;
using System.Text;
using System.Text.Json;
using Reverie.Sandboxes.Files;

namespace Reverie.Tools;

/// <summary>A text file, or some of its lines.</summary>
internal static class ReadTool
{
    /// <summary>Bytes of a file, or of the lines asked for, that are read.</summary>
    public const int BytesMax = 256 << 10;

    private const int ChunkBytes = 64 << 10;

    public static ToolOutput Run(ToolInput input, SandboxFiles files, CancellationToken cancellationToken)
    {
        var path = input.Required("file_path");
        var range = Range(input);
        return ToolOutput.Of(files.Read(path, (stream, _) => range is var (first, last) ? Lines(stream, path, first, last, cancellationToken) : Whole(input.Tool, stream, path)));
    }

    /// <summary>The whole file, if it is no longer than the tools read.</summary>
    public static string Whole(string tool, FileStream stream, string path) => Encoding.UTF8.GetString(Bytes(tool, stream, path));

    public static byte[] Bytes(string tool, FileStream stream, string path) => SafeTree.BoundedRead(stream, BytesMax)
        ?? throw new ToolInputException($"{tool}: {path} is {stream.Length} bytes, exceeds {BytesMax}-byte limit. {(tool == "read" ? "Use view_range to read some of its lines." : "Change it with bash.")}");

    private static (long First, long Last)? Range(ToolInput input)
    {
        if (input.Find("view_range") is not { } range) return null;
        if (range.ValueKind == JsonValueKind.Array && range.GetArrayLength() == 2 && Number(range[0]) is { } first and >= 1 && Number(range[1]) is { } last && (last <= 0 || last >= first))
            return (first, last <= 0 ? long.MaxValue : last);
        throw new ToolInputException("read: view_range must be [start_line, end_line]");
    }

    private static long? Number(JsonElement element) => element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var number) ? number : null;

    private static string Lines(FileStream stream, string path, long first, long last, CancellationToken cancellationToken)
    {
        var chosen = new ArrayBufferWriter<byte>();
        var chunk = new byte[ChunkBytes];
        var line = 1L;
        var isWithin = false;
        while (line <= last && stream.Read(chunk) is var count and > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var rest = chunk.AsSpan(0, count); rest.Length > 0 && line <= last;)
            {
                var at = rest.IndexOf((byte)'\n');
                var piece = at < 0 ? rest : rest[..(at + 1)];
                if (line >= first) chosen.Write(piece);
                isWithin |= line >= first;
                if (chosen.WrittenCount > BytesMax + 1) throw new ToolInputException($"read: the lines asked for of {path} exceed {BytesMax}-byte limit. Choose a smaller view_range.");
                if (at >= 0) line++;
                rest = rest[piece.Length..];
            }
        }
        if (!isWithin && first > 1) throw new ToolInputException($"read: view_range starts at line {first}, {path} ends before it");
        var text = chosen.WrittenSpan;
        return Encoding.UTF8.GetString(text.Length > 0 && text[^1] == (byte)'\n' ? text[..^1] : text);
    }
}
