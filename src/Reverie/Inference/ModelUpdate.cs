namespace Reverie.Inference;

/// <summary>
/// What a model's response does as it comes in. Indices are those of <see cref="ModelResponse.Blocks"/>; a block's updates
/// come in one run, begun by its start.
/// </summary>
public abstract record ModelUpdate
{
    private protected ModelUpdate()
    {
    }
}

/// <summary>The provider has begun to answer; from now on the request is paid for. At most once, first.</summary>
/// <param name="Usage">The tokens known so far, for requests that end early; all zero where the provider tells only at the end.</param>
public sealed record MessageStarted(ModelUsage Usage) : ModelUpdate;

/// <summary>A text block begins; at least one delta follows.</summary>
public sealed record TextStarted(int Index) : ModelUpdate;

/// <summary>A text block goes on.</summary>
/// <param name="Index">The block.</param>
/// <param name="Text">What comes next; never empty. All deltas of a block make up its text.</param>
public sealed record TextDelta(int Index, string Text) : ModelUpdate;

/// <summary>The model thinks; what, only the finished response tells.</summary>
public sealed record ThinkingStarted(int Index) : ModelUpdate;

/// <summary>The response is whole. Last, exactly once.</summary>
public sealed record ModelCompleted(ModelResponse Response) : ModelUpdate;
