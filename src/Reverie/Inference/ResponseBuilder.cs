using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Reverie.Inference;

/// <summary>Puts the pieces of a streamed response together, and says as updates what they do. For one response, on one thread at a time.</summary>
/// <param name="request">What is answered: calls get ids that its conversation does not have yet.</param>
internal sealed class ResponseBuilder(ModelRequest request)
{
    private readonly List<Draft> _drafts = [];
    private readonly Dictionary<long, Draft> _calls = [];
    private readonly Queue<ModelUpdate> _updates = [];
    private Draft? _open;
    private HashSet<string>? _takenIds;

    public bool HasToolUse => _calls.Count > 0;

    /// <summary>The next update that no one has taken yet.</summary>
    public bool TryTake([NotNullWhen(true)] out ModelUpdate? update) => _updates.TryDequeue(out update);

    /// <summary>What comes next begins a block of its own.</summary>
    public void EndBlock() => _open = null;

    public void AddText(string text)
    {
        if (text.Length == 0) return;
        var draft = Continue(DraftKind.Text);
        if (draft.Text.Length == 0) _updates.Enqueue(new TextStarted(draft.Index));
        draft.Text.Append(text);
        _updates.Enqueue(new TextDelta(draft.Index, text));
    }

    /// <summary>Begins to think, or goes on.</summary>
    public void AddThinking(string text)
    {
        var isNew = _open?.Kind != DraftKind.Thinking;
        var draft = Continue(DraftKind.Thinking);
        draft.Text.Append(text);
        if (isNew) _updates.Enqueue(new ThinkingStarted(draft.Index));
    }

    public void AddSignature(string signature)
    {
        if (signature.Length > 0) (Continue(DraftKind.Thinking).Signature ??= new StringBuilder()).Append(signature);
    }

    public void AddRedactedThinking(string data)
    {
        EndBlock();
        var draft = Continue(DraftKind.Redacted);
        draft.Text.Append(data);
        _updates.Enqueue(new ThinkingStarted(draft.Index));
        EndBlock();
    }

    /// <summary>A piece of a call. The first piece of a key names the tool; calls may come interleaved.</summary>
    public void AddToolUse(long key, string? id, string? name, string input)
    {
        if (!_calls.TryGetValue(key, out var draft))
        {
            EndBlock();
            _calls[key] = draft = Continue(DraftKind.ToolUse);
            EndBlock();
        }
        if (string.IsNullOrEmpty(draft.Id)) draft.Id = id;
        if (string.IsNullOrEmpty(draft.Name)) draft.Name = name;
        draft.Text.Append(input);
    }

    /// <summary>The blocks as far as they came. Where the response was cut off, the call it was cut off in is left out.</summary>
    public IReadOnlyList<ModelBlock> Blocks(bool isCutOff)
    {
        var blocks = new List<ModelBlock>(_drafts.Count);
        foreach (var draft in _drafts)
        {
            if (isCutOff && draft.Kind == DraftKind.ToolUse && draft == _drafts[^1] && !IsObject(draft.Input)) continue;
            blocks.Add(Finished(draft));
        }
        return blocks;
    }

    private ModelBlock Finished(Draft draft) => draft.Kind switch
    {
        DraftKind.Text => new TextBlock(draft.Text.ToString()),
        DraftKind.Thinking => new ThinkingBlock(draft.Text.ToString(), draft.Signature?.ToString()),
        DraftKind.Redacted => new RedactedThinkingBlock(draft.Text.ToString()),
        DraftKind.ToolUse when IsObject(draft.Input) => new ToolUseBlock(FreshId(draft), draft.Name ?? "", draft.Input),
        DraftKind.ToolUse => new ToolUseBlock(FreshId(draft), draft.Name ?? "", "{}") { InvalidInput = draft.Input },
        _ => throw new UnreachableException(),
    };

    /// <summary>Some servers give no ids, or the same ones in every response.</summary>
    private string FreshId(Draft draft)
    {
        _takenIds ??= [.. request.Messages.SelectMany(static m => m.Blocks).OfType<ToolUseBlock>().Select(static b => b.Id)];
        var wanted = string.IsNullOrEmpty(draft.Id) ? "call" : draft.Id;
        var id = string.IsNullOrEmpty(draft.Id) ? $"{wanted}_{_takenIds.Count}" : wanted;
        for (var n = _takenIds.Count; !_takenIds.Add(id); n++) id = $"{wanted}_{n}";
        return id;
    }

    private Draft Continue(DraftKind kind)
    {
        if (_open?.Kind != kind)
        {
            _open = new Draft(_drafts.Count, kind);
            _drafts.Add(_open);
        }
        return _open;
    }

    private static bool IsObject(string json)
    {
        try
        {
            // Of a name that stands twice one reader takes the first value and another the last.
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private enum DraftKind
    {
        Text,
        Thinking,
        Redacted,
        ToolUse,
    }

    private sealed class Draft(int index, DraftKind kind)
    {
        public int Index { get; } = index;

        public DraftKind Kind { get; } = kind;

        public StringBuilder Text { get; } = new();

        public StringBuilder? Signature { get; set; }

        public string? Id { get; set; }

        public string? Name { get; set; }

        /// <summary>A call without arguments has none to stream.</summary>
        public string Input => Text.Length == 0 ? "{}" : Text.ToString();
    }
}
