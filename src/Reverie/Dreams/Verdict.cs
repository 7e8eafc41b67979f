namespace Reverie.Dreams;

/// <summary>What a person decided on one change. A change without a verdict stays as it is.</summary>
public abstract record Verdict
{
    private Verdict() { }

    /// <summary>Into the store with it.</summary>
    public sealed record Accept : Verdict
    {
        /// <summary>The change as the dream wrote it.</summary>
        public static Accept AsIs { get; } = new();
    }

    /// <summary>Into the store, in the reviewer's words.</summary>
    /// <param name="Inserts">What replaces <c>insert</c> of each of the change's edits, in their order.</param>
    public sealed record AcceptEdited(IReadOnlyList<string> Inserts) : Verdict;

    /// <summary>Not wanted.</summary>
    public sealed record Reject : Verdict
    {
        /// <summary>The only rejection there is.</summary>
        public static Reject Plain { get; } = new();
    }
}
