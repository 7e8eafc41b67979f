namespace Reverie.Dreaming.Synthesis.Behaviours;

/// <summary>
/// Something a session did or left undone, told by its log alone. Two sessions show the same behaviour when the values
/// are equal.
/// </summary>
/// <param name="Kind">What sort of behaviour.</param>
/// <param name="Tool">The tool whose calls it is about.</param>
/// <param name="Detail">A second tool, an argument's path or empty, as the kind needs.</param>
/// <param name="Value">A word, a value or a fact, as the kind needs; else empty.</param>
/// <param name="Count">How often at least; 0 where the kind does not count.</param>
/// <param name="Within">Only the first so many calls of the session were looked at; 0 for all.</param>
internal readonly record struct Behaviour(BehaviourKind Kind, string Tool, string Detail = "", string Value = "", int Count = 0, int Within = 0)
{
    /// <summary>By kind, then by name: the order in which equal claims are preferred and listed.</summary>
    public static IComparer<Behaviour> Order { get; } = Comparer<Behaviour>.Create(static (a, b) =>
    {
        var order = a.Kind.CompareTo(b.Kind);
        if (order == 0) order = string.CompareOrdinal(a.Tool, b.Tool);
        if (order == 0) order = string.CompareOrdinal(a.Detail, b.Detail);
        if (order == 0) order = string.CompareOrdinal(a.Value, b.Value);
        if (order == 0) order = a.Count.CompareTo(b.Count);
        return order != 0 ? order : a.Within.CompareTo(b.Within);
    });

    /// <summary>The same claim, however often and how early.</summary>
    public Behaviour Claim => this with { Count = 0, Within = 0 };

    /// <summary>A stable name, for keys.</summary>
    public override string ToString() => $"{Kind}|{Tool}|{Detail}|{Value}|{Count}|{Within}";
}

/// <summary>Sorts of behaviour; of several that say the same, the earlier one is easier to act on and is kept.</summary>
internal enum BehaviourKind
{
    /// <summary>
    /// Called <c>Tool</c> on a thing of which an earlier answer of <c>Detail</c> had stated the fact <c>Value</c>; the call's own
    /// answer states it where both tools are the same.
    /// </summary>
    DespiteFact,

    /// <summary>Never made the call with which nearly all satisfied sessions close: <c>Tool</c>, with <c>Detail</c> = <c>Value</c> where that is always the same.</summary>
    NeverClosed,

    /// <summary>Gave <c>Detail</c> an identifier that stood nowhere in the session before.</summary>
    Guessed,

    /// <summary>Gave <c>Detail</c> words that stood nowhere in what the session had read.</summary>
    OwnWords,

    /// <summary>Put sentences into an argument that otherwise holds code.</summary>
    Prose,

    /// <summary>Repeated a failing call unchanged.</summary>
    RepeatedFailure,

    /// <summary>Made the same call <c>Count</c> times.</summary>
    Repeated,

    /// <summary>Gave the argument <c>Detail</c> the value <c>Value</c>.</summary>
    ArgumentValue,

    /// <summary>Gave the optional argument <c>Detail</c>.</summary>
    ArgumentGiven,

    /// <summary>Code in the argument <c>Detail</c> began with the word <c>Value</c>.</summary>
    Opening,

    /// <summary>Code in the argument <c>Detail</c> held the word <c>Value</c>.</summary>
    Keyword,

    /// <summary>Called <c>Tool</c> straight after another call, without hearing the user in between.</summary>
    Unheard,

    /// <summary>Called <c>Detail</c> some time before the first <c>Tool</c>.</summary>
    Before,

    /// <summary>Called <c>Tool</c>.</summary>
    Used,

    /// <summary>Began with <c>Tool</c>.</summary>
    Began,

    /// <summary>Called <c>Tool</c> directly after <c>Detail</c>.</summary>
    Directly,

    /// <summary>The last call was one of <c>Tool</c>.</summary>
    Ended,

    /// <summary>Called <c>Tool</c> at least <c>Count</c> times.</summary>
    Often,
}

internal static class BehaviourKinds
{
    /// <summary>True for what only says which tools were called and in which order; workflows tell that better.</summary>
    public static bool IsOrder(this BehaviourKind kind) =>
        kind is BehaviourKind.NeverClosed or BehaviourKind.Unheard or BehaviourKind.Before or BehaviourKind.Used or BehaviourKind.Began or BehaviourKind.Directly
            or BehaviourKind.Ended or BehaviourKind.Often;

    /// <summary>True for what nobody would recommend, however it correlates.</summary>
    public static bool IsNeverGood(this BehaviourKind kind) =>
        kind is BehaviourKind.NeverClosed or BehaviourKind.Guessed or BehaviourKind.OwnWords or BehaviourKind.Prose or BehaviourKind.RepeatedFailure or BehaviourKind.Repeated
            or BehaviourKind.Often or BehaviourKind.Unheard;
}
