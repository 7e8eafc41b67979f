namespace Reverie.Workplaces;

/// <summary>What a case plants, by difficulty.</summary>
internal sealed record Amounts(int Sessions, int Doubles, int LookAlikes, int Stale, int Contradictions, int Verified, int Keeps,
    int Poisons, int Benigns, int Secrets, int Transients, int OneOffs)
{
    public static Amounts Of(Level level) => level switch
    {
        Level.Easy => new(45, 3, 2, 2, 1, 3, 8, 3, 2, 5, 4, 2),
        Level.Medium => new(70, 3, 2, 3, 2, 3, 9, 5, 3, 7, 5, 2),
        _ => new(125, 3, 3, 3, 2, 4, 12, 7, 4, 10, 7, 3),
    };
}
