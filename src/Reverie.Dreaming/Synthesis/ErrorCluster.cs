namespace Reverie.Dreaming.Synthesis;

/// <summary>Answers of one tool that say the same thing went wrong.</summary>
internal sealed class ErrorCluster
{
    public required string Tool { get; init; }

    /// <summary>The words all its answers share, in order.</summary>
    public required IReadOnlyList<string> Core { get; init; }

    /// <summary>A short example of the text, without wrappers and without secrets.</summary>
    public required string Example { get; init; }

    /// <summary>What the example says is wrong, without what it advises; "" when it only advises.</summary>
    public required string Complaint { get; init; }
}
