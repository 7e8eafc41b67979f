using System.Globalization;
using Reverie.Dreaming.Synthesis;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Curation;

/// <summary>
/// Who stands behind a correction: several independent principals who heard it from the environment, or else it is only
/// proposed, and says why.
/// </summary>
/// <param name="Status">What the gate starts from.</param>
/// <param name="Note">The end of the rationale; empty when there is nothing to add.</param>
internal readonly record struct Backing(ChangeStatus Status, string Note)
{
    /// <summary>Why what all sessions of one person teach is only proposed.</summary>
    public const string OnePerson = "Not applied: all of these sessions were one person's, so a person decides.";

    /// <summary>For a correction that rests on the calls of <paramref name="witnesses"/>, each list of which would do alone.</summary>
    public static Backing Of(Toolbox toolbox, bool isOpen, params ReadOnlySpan<IReadOnlyList<Occurrence>> witnesses)
    {
        if (isOpen) return new Backing(ChangeStatus.Proposed, " Not applied: it was read where anybody can write.");
        if (toolbox.IsOfOnePerson) return new Backing(ChangeStatus.Proposed, $" {OnePerson}");
        foreach (var calls in witnesses)
            if (toolbox.IsIndependent(calls.Select(static c => c.Session))) return new Backing(ChangeStatus.Applied, "");
        return new Backing(ChangeStatus.Proposed, string.Create(CultureInfo.InvariantCulture, $" Not applied: fewer than {toolbox.PrincipalsMin} independent principals bear it out."));
    }
}
