using Reverie.Dreaming.Models;
using Reverie.Inference;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreams.Models;

/// <summary>A model as a dream asks it, within a budget and with everything it takes counted. Belongs to one dream.</summary>
public abstract class MeteredModel : IDreamModel
{
    private readonly DreamCaps _caps;

    private protected MeteredModel(ModelInfo info, DreamCaps caps)
    {
        Info = info;
        _caps = caps;
        Budget = new DreamBudget(info, caps);
    }

    /// <summary>What is known about the model.</summary>
    public ModelInfo Info { get; }

    /// <summary>Requests that were answered.</summary>
    public int Requests { get; private protected set; }

    /// <summary>US dollars at list price; null for a model without one.</summary>
    public decimal? Cost => Budget.Cost;

    /// <inheritdoc/>
    public DreamUsage Usage => new(Budget.Usage.InputTokens, Budget.Usage.OutputTokens, Budget.Usage.CacheCreationInputTokens, Budget.Usage.CacheReadInputTokens);

    /// <summary>True when a request did not fit into the budget any more.</summary>
    public bool HasReachedBudget { get; private set; }

    private protected DreamBudget Budget { get; }

    /// <inheritdoc/>
    public abstract Task<DreamAnswer> AskAsync(DreamRequest request, CancellationToken cancellationToken);

    /// <exception cref="DreamModelException">It does not fit.</exception>
    private protected int Fit(DreamRequest request)
    {
        if (Budget.Fit(request) is { } most) return most;
        HasReachedBudget = true;
        throw new DreamModelException(DreamModelFailure.BudgetReached, $"what is left of the budget of {_caps} is too little to ask a model for it");
    }
}
