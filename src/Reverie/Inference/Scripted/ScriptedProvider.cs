using System.Runtime.CompilerServices;

namespace Reverie.Inference.Scripted;

/// <summary>Follows the script in the system prompt. What it answers depends on the request alone, so a turn replayed after a crash goes the same way.</summary>
internal sealed class ScriptedProvider(TimeProvider clock) : IModelProvider
{
    private const string Signature = "scripted";
    private const int PieceChars = 24;

    public async IAsyncEnumerable<ModelUpdate> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var answer = AnswerTo(request);
        if (answer.Wait > TimeSpan.Zero) await Task.Delay(answer.Wait, clock, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (answer.Fail is { } fail && request.Attempt <= fail.Times)
            throw new ModelException(fail.With, $"The script fails here (attempt {request.Attempt} of {fail.Times}).") { RetryAfter = fail.RetryAfter };
        yield return new MessageStarted(answer.Usage with { OutputTokens = 0 });
        var builder = new ResponseBuilder(request);
        if (answer.Think is { } think)
        {
            builder.AddThinking(think);
            builder.AddSignature(Signature);
            builder.EndBlock();
        }
        foreach (var piece in Pieces(answer.Said(request) ?? ""))
        {
            builder.AddText(piece);
            while (builder.TryTake(out var update)) yield return update;
            if (answer.Pause > TimeSpan.Zero) await Task.Delay(answer.Pause, clock, cancellationToken);
        }
        foreach (var (index, call) in answer.Calls.Index()) builder.AddToolUse(index, IdOf(request, index), call.Tool, call.Input);
        while (builder.TryTake(out var update)) yield return update;
        yield return new ModelCompleted(new ModelResponse
        {
            Blocks = builder.Blocks(isCutOff: false),
            StopReason = answer.Refusal is not null ? ModelStopReason.Refusal : answer.Stop ?? (answer.Calls.Count > 0 ? ModelStopReason.ToolUse : ModelStopReason.EndTurn),
            Refusal = answer.Refusal,
            Usage = answer.Usage,
        });
    }

    private static ScriptCase AnswerTo(ModelRequest request)
    {
        try
        {
            return Script.Of(request.System).CaseFor(request);
        }
        catch (ScriptException error)
        {
            throw new ModelException(ModelFailure.RequestFailed, $"system {error.Message}", error);
        }
    }

    private static string IdOf(ModelRequest request, int index) => $"toolu_scripted_{request.Messages.Count}_{index}";

    private static IEnumerable<string> Pieces(string text)
    {
        for (var from = 0; from < text.Length;)
        {
            var to = Math.Min(from + PieceChars, text.Length);
            if (to < text.Length && char.IsLowSurrogate(text[to])) to++;
            yield return text[from..to];
            from = to;
        }
    }
}
