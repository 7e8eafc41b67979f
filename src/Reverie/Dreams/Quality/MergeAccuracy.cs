using Reverie.Dreaming.Synthesis;
using Reverie.Protocol.Memory;

namespace Reverie.Dreams.Quality;

/// <summary>How often merges were wrong on the planted cases; docs/reference/defences.md says how to measure it again.</summary>
public static class MergeAccuracy
{
    private const int Merges = 798;
    private const int Wrong = 4;

    public static MergeErrorRate Measured { get; } = new(Merges, Wrong, Statistics.ClopperPearson(Wrong, Merges).Low, Statistics.ClopperPearson(Wrong, Merges).High);
}
