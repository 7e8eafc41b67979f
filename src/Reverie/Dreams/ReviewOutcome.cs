using Reverie.Dreaming;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreams;

/// <summary>A store and a report after a person's verdicts.</summary>
/// <param name="Report">
/// The report with the verdicts: accepted changes are applied, with the hashes and edits they really landed with, and
/// stand behind everything applied before them, so that a revert undoes exactly what was done.
/// </param>
/// <param name="Memory">The store after.</param>
/// <param name="Accepted">Ids of the changes that landed, in order.</param>
/// <param name="Rebased">Of those, the ones whose memory had moved.</param>
/// <param name="Rejected">Ids of the changes that were turned down.</param>
/// <param name="Dropped">Accepted changes that no longer fit; they keep the status they had.</param>
public sealed record ReviewOutcome(DreamReport Report, MemoryTree Memory, IReadOnlyList<string> Accepted,
    IReadOnlyList<string> Rebased, IReadOnlyList<string> Rejected, IReadOnlyList<ReplayConflict> Dropped);
