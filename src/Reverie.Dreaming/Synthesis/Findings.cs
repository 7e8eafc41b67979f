using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Synthesis;

/// <summary>What a miner brings home: claims, and what it saw and refused.</summary>
internal sealed class Findings
{
    public List<Insight> Insights { get; } = [];

    public List<Refusal> Refused { get; } = [];

    /// <summary>The actions the claims speak of.</summary>
    public HashSet<string> Actions { get; } = new(StringComparer.Ordinal);

    public void Refuse(string what, string reason, int sessions) => Refused.Add(new Refusal(what, reason, sessions));
}
