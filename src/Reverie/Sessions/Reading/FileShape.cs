using System.Text.Json;

namespace Reverie.Sessions;

/// <summary>How a file is laid out; Claude Code has two ways.</summary>
internal enum FileShape { Reverie, TauBench, Tau2Bench, ClaudeCodeLines, ClaudeCodeExport, SweAgent }

/// <summary>Tells a file's shape from its first bytes.</summary>
internal static class FileShapes
{
    /// <summary>Bytes looked at, at most. Every supported format shows itself in its first few names.</summary>
    private const int LookBytesMax = 64 * 1024;

    /// <summary>Lines looked at, at most, when the first ones are damaged.</summary>
    private const int LookLinesMax = 20;

    /// <summary>The shape of <paramref name="text"/>, where it is not settled by <paramref name="format"/>.</summary>
    /// <remarks>Nothing is consumed. What resembles nothing known counts as the interchange format, whose errors name the missing fields.</remarks>
    public static async ValueTask<FileShape> OfAsync(TranscriptText text, TranscriptFormat format, CancellationToken cancellationToken)
    {
        switch (format)
        {
            case TranscriptFormat.Reverie: return FileShape.Reverie;
            case TranscriptFormat.TauBench: return FileShape.TauBench;
            case TranscriptFormat.Tau2Bench: return FileShape.Tau2Bench;
            case TranscriptFormat.SweAgent: return FileShape.SweAgent;
        }
        var window = text.Window;
        FileShape? shape;
        while ((shape = Look(window.Unread.Span)) is null && window.Unread.Length < LookBytesMax)
        {
            if (!await window.FillAsync(cancellationToken)) break;
        }
        if (format == TranscriptFormat.ClaudeCode)
            return shape == FileShape.ClaudeCodeExport ? FileShape.ClaudeCodeExport : FileShape.ClaudeCodeLines;
        return shape ?? FileShape.Reverie;
    }

    /// <summary>The shape these first bytes show; null while they show none.</summary>
    private static FileShape? Look(ReadOnlySpan<byte> head)
    {
        for (var line = 0; line < LookLinesMax; line++)
        {
            var begin = head.IndexOfAnyExcept(" \t\r\n"u8);
            if (begin < 0) return null;
            head = head[begin..];
            if (head[0] == (byte)'[' && BeginsWithObject(head[1..])) return FileShape.TauBench;
            if (head[0] == (byte)'{' && LookAtNames(head) is { } shape) return shape;
            var end = head.IndexOf((byte)'\n');
            if (end < 0) return null;
            head = head[end..];
        }
        return null;
    }

    private static bool BeginsWithObject(ReadOnlySpan<byte> array)
    {
        var first = array.IndexOfAnyExcept(" \t\r\n"u8);
        return first >= 0 && array[first] is (byte)'{' or (byte)']';
    }

    private static FileShape? LookAtNames(ReadOnlySpan<byte> head)
    {
        var reader = new Utf8JsonReader(head, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = 1000 }));
        var hasTimestamp = false;
        var hasType = false;
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 0 && reader.TokenType == JsonTokenType.EndObject) break;
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName) continue;
                switch (Name(reader))
                {
                    case "external_id" or "events" or "created_at": return FileShape.Reverie;
                    case "simulations" or "tasks": return FileShape.Tau2Bench;
                    case "info" when hasTimestamp && !hasType: return FileShape.Tau2Bench;
                    case "history" or "trajectory" or "replay_config": return FileShape.SweAgent;
                    case "loglines": return FileShape.ClaudeCodeExport;
                    case "parentUuid" or "isSidechain" or "leafUuid" or "sessionId" or "uuid" or "messageId": return FileShape.ClaudeCodeLines;
                    case "timestamp": hasTimestamp = true; break;
                    case "type": hasType = true; break;
                }
            }
        }
        catch (JsonException)
        {
            // A damaged line says nothing; the next one may.
            return null;
        }
        return hasType ? FileShape.ClaudeCodeLines : null;
    }

    // Names with escapes are none of ours, and could not always be unescaped.
    private static string? Name(in Utf8JsonReader reader) =>
        reader.ValueIsEscaped || reader.ValueSpan.Length > 32 ? null : System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
}
