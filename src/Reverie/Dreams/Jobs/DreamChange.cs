using Reverie.Protocol.Dreams;
using Reverie.Protocol.Json;

namespace Reverie.Dreams.Jobs;

/// <summary>One change of a dream and where it stands in the store.</summary>
/// <param name="Seq">Its place in the report.</param>
/// <param name="Status">A <see cref="ChangeStatus"/> in the wire's spelling, or <see cref="Planned"/>.</param>
/// <param name="Change">As it was thought out; as it really landed once it did.</param>
/// <param name="Note">Why it did not land; null otherwise.</param>
/// <param name="LandedSeq">The order in which it landed; null while it has not.</param>
public sealed record DreamChange(long Seq, string Status, Change Change, string? Note, long? LandedSeq)
{
    /// <summary>Will be applied by the dream that is running.</summary>
    public const string Planned = "planned";

    /// <summary>What a report shows: what is only planned is still a proposal.</summary>
    public Change ToChange() => Change with { Status = WireNames<ChangeStatus>.TryParse(Status, out var status) ? status : ChangeStatus.Proposed };
}
