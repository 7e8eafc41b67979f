namespace Reverie.Inference;

/// <summary>One request to a model: everything it is to see, whichever provider runs it.</summary>
public sealed record ModelRequest
{
    /// <summary>The id the agent names, such as <c>claude-opus-5</c> or <c>openai/qwen3</c>.</summary>
    public required string Model { get; init; }

    /// <summary><c>low</c>, <c>medium</c>, <c>high</c>, <c>xhigh</c> or <c>max</c>; null for what the provider does by itself.</summary>
    public string? Effort { get; init; }

    /// <summary><c>standard</c> or <c>fast</c>; null for standard.</summary>
    public string? Speed { get; init; }

    /// <summary><c>us</c> or <c>global</c>; null where the request may be served anywhere.</summary>
    public string? InferenceGeo { get; init; }

    /// <summary>The agent's own system prompt; null or empty for none.</summary>
    public string? System { get; init; }

    /// <summary>What the engine adds to it, such as where memory is mounted and which skills there are; each a paragraph of its own.</summary>
    public IReadOnlyList<string> SystemNotes { get; init; } = [];

    /// <summary>What the model may call, in a stable order: a changed order costs the prompt cache.</summary>
    public IReadOnlyList<ModelTool> Tools { get; init; } = [];

    /// <summary>
    /// The conversation, oldest first. Neighbours of one role are joined by providers that demand it. Every tool use is
    /// answered by results in the user message that follows it.
    /// </summary>
    public required IReadOnlyList<ModelMessage> Messages { get; init; }

    /// <summary>Tokens the response may have, thinking included; null for the model's own limit.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>The JSON text of a schema the answer is to have; null for any text. Needs <see cref="ModelInfo.HasStructuredOutput"/>.</summary>
    public string? AnswerSchema { get; init; }

    /// <summary>True where no turn follows: of the conversation a provider need only keep what <see cref="TextBlock.EndsSharedPrefix"/> ends.</summary>
    public bool IsSingle { get; init; }

    /// <summary>Which try of this request it is, from 1. No model sees it; a script that is to fail twice counts by it.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The system prompt as a model sees it; empty for none.</summary>
    internal string FullSystem => string.Join("\n\n", SystemNotes.Prepend(System).Where(static text => !string.IsNullOrWhiteSpace(text)));
}

/// <summary>Something the model may call.</summary>
/// <param name="Name">1 to 128 letters, digits, <c>_</c> and <c>-</c>.</param>
/// <param name="Description">For the model: what it does and when to use it.</param>
/// <param name="InputSchema">The JSON text of a schema whose type is <c>object</c>.</param>
public sealed record ModelTool(string Name, string Description, string InputSchema);

/// <summary>One message of the conversation.</summary>
public sealed record ModelMessage(ModelRole Role, IReadOnlyList<ModelBlock> Blocks);

/// <summary>Who speaks.</summary>
public enum ModelRole
{
    /// <summary>The user, and the answers of tools.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,

    /// <summary>The operator, in the midst of the conversation; text only. Needs <see cref="ModelInfo.HasMidConversationSystem"/>.</summary>
    System,
}
