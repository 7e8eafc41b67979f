namespace Reverie.Dreams.Withdrawals;

/// <summary>
/// What the deletion of a session will strike out, thought out before the transaction that deletes: it takes reading every
/// session that the same dreams read, which no writer should wait for. The transaction checks that it still holds.
/// </summary>
public sealed class WithdrawalPlan
{
    internal WithdrawalPlan(string fingerprint, SoleTexts sole, IReadOnlyList<string> witnesses, IReadOnlyDictionary<string, WordsInStore> stores) =>
        (Fingerprint, Sole, Witnesses, Stores) = (fingerprint, sole, witnesses, stores);

    /// <summary>Of the session and of what the dreams that read it wrote.</summary>
    internal string Fingerprint { get; }

    internal SoleTexts Sole { get; }

    /// <summary>The sessions that say some of the words too. Were one gone, the words would be the session's alone.</summary>
    internal IReadOnlyList<string> Witnesses { get; }

    /// <summary>By the id of the store.</summary>
    internal IReadOnlyDictionary<string, WordsInStore> Stores { get; }
}

/// <summary>Where in a store the words may stand.</summary>
/// <param name="HeadSeq">The change up to which the store was looked through.</param>
/// <param name="Memories">The memories that have, or once had, one of the words.</param>
internal sealed record WordsInStore(long HeadSeq, IReadOnlySet<string> Memories)
{
    /// <summary>Nowhere.</summary>
    public static WordsInStore None { get; } = new(long.MaxValue, new HashSet<string>());
}
