using Reverie.Inference;

namespace Reverie.Sessions.Outcomes;

/// <summary>What an evaluation has cost so far, whatever comes of it.</summary>
/// <param name="left">US dollars until the session's cap when it began; null without a cap.</param>
internal sealed class GraderSpend(decimal? left)
{
    public ModelUsage Usage { get; private set; } = ModelUsage.None;

    /// <summary>As the log keeps it, without a verdict.</summary>
    public VerdictNote Note { get; private set; } = VerdictNote.None;

    /// <summary>The session's cap is reached.</summary>
    public bool IsAll => Note.Cost >= left;

    /// <summary>Adds a request.</summary>
    /// <param name="cost">At list price in US dollars; null when the model has none.</param>
    public void Add(ModelUsage usage, decimal? cost)
    {
        Usage += usage;
        Note = Note with { Cost = Note.Cost + cost, CacheCreation1hInputTokens = Usage.CacheCreation1hInputTokens };
    }
}
