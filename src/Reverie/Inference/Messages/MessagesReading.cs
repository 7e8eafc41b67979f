using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Anthropic.Models.Messages;

namespace Reverie.Inference.Messages;

/// <summary>Reads the events of one streamed answer of the Messages API.</summary>
internal sealed class MessagesReading(ResponseBuilder builder)
{
    private readonly Dictionary<long, string> _startedInputs = [];
    private ModelUpdate? _started;
    private ModelUsage _usage = ModelUsage.None;
    private string? _stopReason;
    private ModelRefusal? _refusal;

    /// <summary>The whole response; null until its last event.</summary>
    public ModelResponse? Response { get; private set; }

    public bool TryTake([NotNullWhen(true)] out ModelUpdate? update)
    {
        if (_started is null) return builder.TryTake(out update);
        (update, _started) = (_started, null);
        return true;
    }

    public void Add(RawMessageStreamEvent item)
    {
        if (item.TryPickStart(out var start)) Start(start.Message);
        else if (item.TryPickContentBlockStart(out var block)) StartBlock(block);
        else if (item.TryPickContentBlockDelta(out var delta)) AddDelta(delta);
        else if (item.TryPickContentBlockStop(out var end)) EndBlock(end.Index);
        else if (item.TryPickDelta(out var change)) Change(change);
        else if (item.TryPickStop(out _)) Finish();
    }

    private void Start(Message message)
    {
        var usage = message.Usage;
        var hour = usage.CacheCreation?.Ephemeral1hInputTokens ?? 0;
        _usage = new ModelUsage
        {
            InputTokens = usage.InputTokens,
            OutputTokens = usage.OutputTokens,
            CacheReadInputTokens = usage.CacheReadInputTokens ?? 0,
            CacheCreation1hInputTokens = hour,
            CacheCreation5mInputTokens = Math.Max((usage.CacheCreationInputTokens ?? 0) - hour, 0),
        };
        _started = new MessageStarted(_usage);
    }

    private void StartBlock(RawContentBlockStartEvent start)
    {
        builder.EndBlock();
        var block = start.ContentBlock;
        if (block.TryPickText(out var text)) builder.AddText(text.Text);
        else if (block.TryPickThinking(out var thinking))
        {
            builder.AddThinking(thinking.Thinking);
            builder.AddSignature(thinking.Signature);
        }
        else if (block.TryPickRedactedThinking(out var redacted)) builder.AddRedactedThinking(redacted.Data);
        else if (block.TryPickToolUse(out var call))
        {
            builder.AddToolUse(start.Index, call.ID, call.Name, "");
            // Input comes in deltas; a gateway that buffers may send it whole at the start instead.
            if (call.Input.Count > 0) _startedInputs[start.Index] = JsonSerializer.Serialize(call.Input);
        }
    }

    private void AddDelta(RawContentBlockDeltaEvent item)
    {
        if (item.Delta.TryPickText(out var text)) builder.AddText(text.Text);
        else if (item.Delta.TryPickThinking(out var thinking)) builder.AddThinking(thinking.Thinking);
        else if (item.Delta.TryPickSignature(out var signature)) builder.AddSignature(signature.Signature);
        else if (item.Delta.TryPickInputJson(out var input) && input.PartialJson.Length > 0)
        {
            _startedInputs.Remove(item.Index);
            builder.AddToolUse(item.Index, null, null, input.PartialJson);
        }
    }

    private void EndBlock(long index)
    {
        if (_startedInputs.Remove(index, out var input)) builder.AddToolUse(index, null, null, input);
        builder.EndBlock();
    }

    /// <summary>Figures at the end are totals; those left out stay as they were at the start.</summary>
    private void Change(RawMessageDeltaEvent change)
    {
        _stopReason = change.Delta.StopReason?.Raw() ?? _stopReason;
        if (change.Delta.StopDetails is { } details) _refusal = new ModelRefusal(details.Category?.Raw(), details.Explanation);
        var usage = change.Usage;
        _usage = _usage with
        {
            OutputTokens = usage.OutputTokens,
            InputTokens = usage.InputTokens ?? _usage.InputTokens,
            CacheReadInputTokens = usage.CacheReadInputTokens ?? _usage.CacheReadInputTokens,
            CacheCreation5mInputTokens = usage.CacheCreationInputTokens is { } written ? Math.Max(written - _usage.CacheCreation1hInputTokens, 0) : _usage.CacheCreation5mInputTokens,
        };
    }

    private void Finish()
    {
        var reason = _stopReason switch
        {
            "end_turn" => ModelStopReason.EndTurn,
            "tool_use" => ModelStopReason.ToolUse,
            "max_tokens" => ModelStopReason.MaxTokens,
            "stop_sequence" => ModelStopReason.StopSequence,
            "refusal" => ModelStopReason.Refusal,
            "pause_turn" => ModelStopReason.PauseTurn,
            "model_context_window_exceeded" => ModelStopReason.ContextWindowExceeded,
            // The list is open; what the response holds tells what to do next.
            _ => builder.HasToolUse ? ModelStopReason.ToolUse : ModelStopReason.EndTurn,
        };
        Response = new ModelResponse
        {
            Blocks = builder.Blocks(reason is ModelStopReason.MaxTokens or ModelStopReason.ContextWindowExceeded or ModelStopReason.Refusal),
            StopReason = reason,
            Refusal = reason == ModelStopReason.Refusal ? _refusal ?? new ModelRefusal(null, null) : null,
            Usage = _usage,
        };
    }
}
