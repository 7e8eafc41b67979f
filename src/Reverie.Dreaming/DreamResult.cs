using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming;

/// <summary>What a dream proposes: the report and the store after its applied changes.</summary>
/// <param name="Report">Every change with its evidence; <c>dream_id</c>, <c>duration_ms</c> are the caller's to fill.</param>
/// <param name="Memory">The store after; equal to the store before when nothing was applied.</param>
public sealed record DreamResult(DreamReport Report, MemoryTree Memory)
{
    /// <summary>Every session that bears out a change, by the id of the change; more than the report can quote.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ChangeSource>> Sources { get; init; } = new Dictionary<string, IReadOnlyList<ChangeSource>>(StringComparer.Ordinal);
}
