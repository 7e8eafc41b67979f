using System.Text;
using Reverie.Dreaming.Models;
using Reverie.Inference;

namespace Reverie.Dreams.Models;

/// <summary>
/// Keeps a dream within its caps: a request is let through only where the most it can take fits into what is left. What
/// it took then takes the place of that.
/// </summary>
internal sealed class DreamBudget(ModelInfo info, DreamCaps caps)
{
    /// <summary>What a provider puts around the texts of a request, in tokens; generous.</summary>
    private const int FramingTokens = 256;

    /// <summary>What a model that thinks before it answers gets for that, in tokens.</summary>
    private const int ThinkingTokens = 4_000;

    private readonly Dictionary<string, long> _prefixTokens = new(StringComparer.Ordinal);
    private long _tokens;

    /// <summary>Dollars spent at list price; null for a model without one.</summary>
    public decimal? Cost { get; private set; } = info.Price is null ? null : 0;

    /// <summary>Tokens spent.</summary>
    public ModelUsage Usage { get; private set; } = ModelUsage.None;

    /// <summary>The most output a request may be given; null when it does not fit.</summary>
    public int? Fit(DreamRequest request)
    {
        var thinking = info.HasAdaptiveThinking ? ThinkingTokens : 0;
        long most = request.OutputTokensMax + thinking;
        if (info.OutputTokensMax is { } ofModel) most = Math.Min(most, ofModel);
        var input = InputMax(request);
        if (caps.TokensMax is { } tokens) most = Math.Min(most, tokens - _tokens - input);
        if (caps.CostMax is { } dollars) most = Math.Min(most, Affordable(input, dollars - (Cost ?? 0)));
        return most >= request.OutputTokensMin ? (int)most : null;
    }

    /// <summary>Counts what an answered request took; where the provider does not tell, the most it can have taken.</summary>
    public void Charge(DreamRequest request, string answer, ModelUsage usage)
    {
        if (usage.AllInputTokens == 0)
        {
            ChargeMost(request, Encoding.UTF8.GetByteCount(answer));
            return;
        }
        Usage += usage;
        _tokens += usage.AllInputTokens + usage.OutputTokens;
        Cost += info.CostOf(usage, null, null);
        // The whole prompt is at least as long as what it begins with.
        var prefix = Prefix(request);
        _prefixTokens[prefix] = Math.Min(_prefixTokens.GetValueOrDefault(prefix, long.MaxValue), usage.AllInputTokens);
    }

    /// <summary>Counts the most that a request may have taken whose answer was lost.</summary>
    public void ChargeMost(DreamRequest request, int outputMax)
    {
        var input = InputMax(request);
        _tokens += input + outputMax;
        Cost += CostMost(input, outputMax);
    }

    /// <summary>
    /// No tokenizer makes more tokens of a text than it has bytes. How many the shared beginning has at most is known better
    /// once a request with it was answered.
    /// </summary>
    private long InputMax(DreamRequest request)
    {
        var prefix = Prefix(request);
        return Math.Min(Encoding.UTF8.GetByteCount(prefix), _prefixTokens.GetValueOrDefault(prefix, long.MaxValue)) + Encoding.UTF8.GetByteCount(request.Task) + FramingTokens;
    }

    private long Affordable(long input, decimal left)
    {
        var fixedCost = CostMost(input, 0);
        if (fixedCost is null || left < fixedCost) return -1;
        var each = CostMost(input, 1) - fixedCost;
        return each is null or 0 ? int.MaxValue : (long)Math.Min(int.MaxValue, Math.Floor((left - fixedCost.Value) / each.Value));
    }

    /// <summary>All input new, or all of it written to the cache, whichever costs more.</summary>
    private decimal? CostMost(long input, long output)
    {
        var plain = info.CostOf(new ModelUsage { InputTokens = input, OutputTokens = output }, null, null);
        var written = info.CostOf(new ModelUsage { CacheCreation5mInputTokens = input, OutputTokens = output }, null, null);
        return plain > written ? plain : written;
    }

    private string Prefix(DreamRequest request) => (info.HasStructuredOutput ? request.AnswerSchema : "") + request.System + request.Shared;
}
