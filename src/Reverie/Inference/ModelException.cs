namespace Reverie.Inference;

/// <summary>A model gave no response. The message is for people and holds no secret.</summary>
public sealed class ModelException(ModelFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What went wrong.</summary>
    public ModelFailure Failure { get; } = failure;

    /// <summary>How long the provider asks to be left alone; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The provider's name for the request, for its support; null where there is none.</summary>
    public string? RequestId { get; init; }

    /// <summary>True when the same request may succeed later.</summary>
    public bool IsRetryable => Failure is ModelFailure.Overloaded or ModelFailure.RateLimited or ModelFailure.Server or ModelFailure.Network;
}

/// <summary>Why a model gave no response.</summary>
public enum ModelFailure
{
    /// <summary>The provider has too much to do. Retryable.</summary>
    Overloaded,

    /// <summary>This account asks too often. Retryable.</summary>
    RateLimited,

    /// <summary>The provider failed. Retryable.</summary>
    Server,

    /// <summary>The provider was not reached, or the stream broke off. Retryable.</summary>
    Network,

    /// <summary>The provider refused the request as it is.</summary>
    RequestFailed,

    /// <summary>No credit, or a spend limit.</summary>
    Billing,

    /// <summary>The key is missing, wrong, or may not do this.</summary>
    Authentication,

    /// <summary>The conversation does not fit into the model's context window.</summary>
    ContextWindowExceeded,
}
