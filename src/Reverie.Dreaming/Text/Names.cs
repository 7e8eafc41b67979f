using System.Text.RegularExpressions;

namespace Reverie.Dreaming.Text;

/// <summary>Names of tools, fields and agents, which go into playbooks as they are: what does not look like a name could be a sentence.</summary>
internal static partial class Names
{
    /// <summary>Longest name, in characters.</summary>
    public const int CharsMax = 64;

    /// <summary>What goes by a name that is none.</summary>
    public const string Unnamed = "unnamed";

    /// <summary>The name, or <see cref="Unnamed"/>.</summary>
    public static string Of(string name) => IsName(name) ? name : Unnamed;

    /// <summary>True for letters of any script, digits and the signs that join them, in one word.</summary>
    public static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > CharsMax) return false;
        foreach (var c in name)
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '-' or '.' or ':' or '/')) return false;
        return true;
    }

    /// <summary>
    /// The name of a person as it may be written: a few words of letters, digits and the signs of names, or a handle
    /// ("@ada", "ada#2208"); of an e-mail address the part that names its owner. Null when there is none.
    /// </summary>
    public static string? OfPerson(string person)
    {
        var end = person.IndexOfAny(['@', '+'], Math.Min(1, person.Length));
        var name = (end > 0 ? person[..end] : person).Trim();
        if (name.Length is 0 or > CharsMax / 2 || name.AsSpan().Count(' ') > 3 || Secrets.In(name)) return null;
        foreach (var c in Numbered().Replace(name, "").AsSpan().TrimStart('@'))
            if (!char.IsLetterOrDigit(c) && c is not (' ' or '.' or '\'' or '’' or '_' or '-')) return null;
        return Orders.Score(name) < Instructions.PlantedScoreMin ? name : null;
    }

    /// <summary>The number that tells apart those of one handle.</summary>
    [GeneratedRegex(@"(?<=\w)#\d{1,6}$", RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();
}
