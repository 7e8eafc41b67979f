using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Reverie.Memory.Archives;

/// <summary>Values as lines of JSON, within bounds.</summary>
/// <param name="name">The file in the archive.</param>
/// <param name="type">What a line holds.</param>
/// <param name="bytesMax">Bytes of a line.</param>
/// <param name="what">What a line is, for who wrote another thing.</param>
internal sealed class ArchiveLines<T>(string name, JsonTypeInfo<T> type, int bytesMax, string what) where T : class
{
    public async Task WriteAsync(Stream stream, T value, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, type), cancellationToken);
        stream.WriteByte((byte)'\n');
    }

    /// <exception cref="ArchiveException">A line is too long or no such value.</exception>
    public async IAsyncEnumerable<T> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        for (var number = 1; ; number++)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var end = result.Buffer.PositionOf((byte)'\n');
            while (end is null && !result.IsCompleted)
            {
                if (result.Buffer.Length > bytesMax) throw new ArchiveException($"{name}, line {number}: has more than {bytesMax} bytes, the limit");
                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                result = await reader.ReadAsync(cancellationToken);
                end = result.Buffer.PositionOf((byte)'\n');
            }
            var line = end is { } at ? result.Buffer.Slice(0, at) : result.Buffer;
            if (line.Length > 0) yield return Parse(line, number);
            if (end is null) break;
            reader.AdvanceTo(result.Buffer.GetPosition(1, end.Value));
        }
        await reader.CompleteAsync();
    }

    private T Parse(ReadOnlySequence<byte> line, int number)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            return JsonSerializer.Deserialize(ref json, type) ?? throw new ArchiveException($"{name}, line {number}: is null");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NotSupportedException)
        {
            throw new ArchiveException($"{name}, line {number}: is not {what}: {error.Message}", error);
        }
    }
}
