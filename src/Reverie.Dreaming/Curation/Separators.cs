using System.Text.RegularExpressions;

namespace Reverie.Dreaming.Curation;

/// <summary>Splits a statement such as "rain tank: R-7", "rain tank = R-7" or "rain tank is R-7" at its sign of equality.</summary>
internal static partial class Separators
{
    /// <summary>Where the sign stands; null when the statement has none.</summary>
    public static (int Start, int End)? Find(string statement)
    {
        var signs = Sign().Match(statement);
        if (signs.Success && signs.Index > 0 && signs.Index + signs.Length < statement.Length) return (signs.Index, signs.Index + signs.Length);
        var words = Word().Match(statement);
        return words.Success && words.Index > 0 && words.Index + words.Length < statement.Length ? (words.Index, words.Index + words.Length) : null;
    }

    [GeneratedRegex(@"\s*(?:::|:=|=>|->|→|⇒|=|…|\||\?)\s*|:\s+|\s+(?:--|–|—|-|/{2})\s+")]
    private static partial Regex Sign();

    [GeneratedRegex(@"\s+(?:is|are|means|equals|stands at|has been set to|set to|shall be)\s+|,\s+(?:namely|it is|that's|that is)\s+|,\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
