using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Models;

/// <summary>The edge to whatever runs a language model for a dream. Asked one request at a time.</summary>
public interface IDreamModel
{
    /// <summary>Tokens spent so far for this dream, on attempts without an answer too.</summary>
    DreamUsage Usage { get; }

    /// <summary>Asks once more. The same dream over the same input asks the same requests in the same order, as long as it gets the same answers.</summary>
    /// <exception cref="DreamModelException">There is no answer; the dream goes on without it.</exception>
    Task<DreamAnswer> AskAsync(DreamRequest request, CancellationToken cancellationToken);
}

/// <summary>What a model said.</summary>
/// <param name="Text">Its words; may be empty.</param>
/// <param name="IsCut">True when it reached the most tokens it was allowed.</param>
public sealed record DreamAnswer(string Text, bool IsCut)
{
    /// <summary>False when nothing of it can be used, whatever it was to answer.</summary>
    public bool IsReadable => AnswerJson.IsReadable(this);
}

/// <summary>A model gave no answer. The message is a predicate for the report ("the budget … was reached") and holds no secret.</summary>
public sealed class DreamModelException(DreamModelFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What it means for the rest of the dream.</summary>
    public DreamModelFailure Failure { get; } = failure;
}

/// <summary>Why there is no answer.</summary>
public enum DreamModelFailure
{
    /// <summary>This request is not possible; others may be.</summary>
    RequestRefused,

    /// <summary>This request does not fit into what is left of the budget; a smaller one may.</summary>
    BudgetReached,

    /// <summary>The model cannot be asked any more in this dream.</summary>
    Unavailable,
}
