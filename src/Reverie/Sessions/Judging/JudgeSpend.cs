using Reverie.Inference;

namespace Reverie.Sessions.Judging;

/// <summary>What judging the calls of one answer has cost so far, whatever came of it. Safe for concurrent use.</summary>
/// <param name="left">US dollars until the session's cap when it began; null without a cap.</param>
internal sealed class JudgeSpend(decimal? left)
{
    private readonly Lock _lock = new();
    private ModelUsage _usage = ModelUsage.None;
    private decimal? _cost = 0;

    /// <summary>Tokens, and US dollars at list price; null when the model has none.</summary>
    public (ModelUsage Usage, decimal? Cost) Spent
    {
        get
        {
            lock (_lock) return (_usage, _cost);
        }
    }

    /// <summary>The session's cap is reached; a price that is not known counts as reaching it.</summary>
    public bool IsAll => left is { } cap && !(Spent.Cost < cap);

    /// <summary>Adds a request.</summary>
    /// <param name="cost">At list price in US dollars; null when the model has none.</param>
    public void Add(ModelUsage usage, decimal? cost)
    {
        lock (_lock) (_usage, _cost) = (_usage + usage, _cost + cost);
    }
}
