namespace Lumara.Crew;

/// <summary>A sentence of a playbook as a pilot understands it.</summary>
/// <param name="When">When it applies; null for always.</param>
/// <param name="Tool">The call it is about.</param>
/// <param name="Advice">What it says of the call.</param>
internal sealed record Heuristic(Bound? When, string Tool, Advice Advice);

/// <summary>A field of an answer, on one side of a value.</summary>
/// <param name="Tool">Who answered.</param>
/// <param name="Field">What.</param>
/// <param name="Side">Which side.</param>
/// <param name="Limit">The number; not a number where it is a word.</param>
/// <param name="Word">The word; null where it is a number.</param>
internal sealed record Bound(string Tool, string Field, Side Side, double Limit, string? Word)
{
    /// <summary>Whether it holds; null where nothing was answered.</summary>
    public bool? Holds(Facts facts) => facts.Find(Tool, Field) is { } value ? SideHolds(Side, Limit, Word, value) : null;

    /// <summary>Whether a value lies on a side.</summary>
    public static bool SideHolds(Side side, double limit, string? word, string value)
    {
        if (word is not null) return value == word == (side == Side.Is);
        return Facts.Number(value) is { } number && (side == Side.Above ? number > limit : number <= limit);
    }
}

/// <summary>The sides of a value.</summary>
internal enum Side { Above, AtMost, Is, IsNot }

/// <summary>What a heuristic says of a call.</summary>
internal abstract record Advice
{
    private Advice() { }

    /// <summary>Keep an argument on one side; <paramref name="Best"/> lies well within.</summary>
    public sealed record Keep(string Argument, Side Side, double Limit, double Best) : Advice;

    /// <summary>Call something else so often first.</summary>
    public sealed record First(string Tool, int Times) : Advice;

    /// <summary>Only on things of which this is known.</summary>
    public sealed record OnlyWhere(Bound Bound) : Advice;
}
