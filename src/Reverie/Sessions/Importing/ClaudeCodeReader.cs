using System.Runtime.CompilerServices;

namespace Reverie.Sessions;

/// <summary>
/// Reads Claude Code session files and web exports. Sessions come when the whole file was seen, because its lines are
/// not in order and titles may stand last; what is held until then is bounded by <see cref="ClaudeCodeFile.HeldBytesMax"/>.
/// </summary>
/// <remarks>When the file breaks off, the sessions of what came before are handed out first, then the failure.</remarks>
internal static class ClaudeCodeReader
{
    /// <summary>One JSON object per line.</summary>
    public static async IAsyncEnumerable<RawTranscript> ReadLinesAsync(TranscriptText text, string? agent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new LineReader(text.Window);
        var file = new ClaudeCodeFile(text, agent);
        Exception? failure = null;
        while (true)
        {
            try
            {
                if (!await lines.NextAsync(cancellationToken)) break;
            }
            catch (Exception error) when (TranscriptText.ReadProblem(error) is not null)
            {
                failure = error;
                break;
            }
            if (!lines.IsBlank && file.Add(new JsonValue(lines.Line, lines.Number, lines.IsTooLong)) is { } problem)
                yield return RawTranscript.Failed(problem);
        }
        foreach (var session in file.Sessions()) yield return session;
        if (failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>The web export, <c>{"loglines": […]}</c>.</summary>
    public static async IAsyncEnumerable<RawTranscript> ReadExportAsync(TranscriptText text, string? agent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var json = new JsonText(text);
        var file = new ClaudeCodeFile(text, agent);
        Exception? failure = null;
        await using var lines = Lines(json, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await lines.MoveNextAsync()) break;
            }
            catch (Exception error) when (error is TranscriptFileException || TranscriptText.ReadProblem(error) is not null)
            {
                failure = error;
                break;
            }
            if (file.Add(lines.Current) is { } problem) yield return RawTranscript.Failed(problem);
        }
        foreach (var session in file.Sessions()) yield return session;
        if (failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    private static async IAsyncEnumerable<JsonValue> Lines(JsonText json, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var name in json.NamesAsync(cancellationToken))
        {
            if (name == "loglines" && await json.PeekAsync(cancellationToken) == '[')
            {
                await foreach (var line in json.ElementsAsync(cancellationToken)) yield return line;
            }
            else
            {
                await json.SkipAsync(cancellationToken);
            }
        }
    }
}
