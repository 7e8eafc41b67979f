namespace Reverie.Protocol;

/// <summary>Limits of the public contract on <c>metadata</c>, the free labels of stores and sessions.</summary>
public static class MetadataLimits
{
    /// <summary>Most pairs.</summary>
    public const int PairsMax = 16;

    /// <summary>Longest key, in characters; the shortest has one.</summary>
    public const int KeyCharsMax = 64;

    /// <summary>Longest value, in characters.</summary>
    public const int ValueCharsMax = 512;
}
