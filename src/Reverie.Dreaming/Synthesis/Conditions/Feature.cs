namespace Reverie.Dreaming.Synthesis.Conditions;

/// <summary>Something that varies from session to session at a call: what was known before it, or what the caller decided.</summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Tool">The tool that answered, was counted or is called.</param>
/// <param name="Field">The field of the answer or the argument; empty for a count.</param>
internal readonly record struct Feature(FeatureKind Kind, string Tool, string Field)
{
    /// <summary>A stable order.</summary>
    public static IComparer<Feature> Order { get; } = Comparer<Feature>.Create(static (a, b) =>
    {
        var order = a.Kind.CompareTo(b.Kind);
        if (order == 0) order = string.CompareOrdinal(a.Tool, b.Tool);
        return order != 0 ? order : string.CompareOrdinal(a.Field, b.Field);
    });

    /// <summary>True for what the caller decides.</summary>
    public bool IsChoice => Kind != FeatureKind.Answer;
}

/// <summary>Sorts of features.</summary>
internal enum FeatureKind
{
    /// <summary>What an earlier answer stated.</summary>
    Answer,

    /// <summary>What the call was given.</summary>
    Argument,

    /// <summary>What an earlier answer had stated about the thing the call was made on, where there were several things to choose from.</summary>
    Subject,

    /// <summary>How many calls of a tool came before.</summary>
    Calls,
}
