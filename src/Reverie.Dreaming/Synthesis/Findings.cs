using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Synthesis;

/// <summary>What a miner brings home: claims, and what it saw and refused.</summary>
internal sealed class Findings
{
    public List<Insight> Insights { get; } = [];

    public List<Refusal> Refused { get; } = [];

    /// <summary>The actions the claims speak of.</summary>
    public HashSet<string> Actions { get; } = new(StringComparer.Ordinal);

    /// <summary>All of them in one, in order.</summary>
    public static Findings Join(IEnumerable<Findings> parts)
    {
        var all = new Findings();
        foreach (var part in parts)
        {
            all.Insights.AddRange(part.Insights);
            all.Refused.AddRange(part.Refused);
            all.Actions.UnionWith(part.Actions);
        }
        return all;
    }

    public void Refuse(string what, string reason, int sessions) => Refused.Add(new Refusal(what, reason, sessions));
}
