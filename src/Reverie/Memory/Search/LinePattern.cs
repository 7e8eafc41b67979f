using System.Text.RegularExpressions;

namespace Reverie.Memory.Search;

/// <summary>A regular expression for single lines, whose time grows with the length of the text and nothing else.</summary>
public sealed class LinePattern
{
    /// <summary>Longest expression, in characters.</summary>
    public const int CharsMax = 1_000;

    /// <summary>Most states of the automaton an expression may need, so that counts inside counts stay small.</summary>
    private const int StatesMax = 20_000;

    /// <summary>How long one line may take; far more than any should.</summary>
    private static readonly TimeSpan LineTimeMax = TimeSpan.FromSeconds(1);

    private readonly Regex _regex;

    static LinePattern() => AppContext.SetData("REGEX_NONBACKTRACKING_MAX_AUTOMATA_SIZE", StatesMax);

    private LinePattern(string pattern, bool ignoresCase)
    {
        _regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None), LineTimeMax);
        Required = RequiredTexts.Of(pattern);
    }

    /// <summary>Texts that every match holds, for each alternative; null when there are none to go by.</summary>
    internal IReadOnlyList<IReadOnlyList<string>>? Required { get; }

    /// <summary>Null when <paramref name="pattern"/> cannot be used; then <paramref name="problem"/> says why.</summary>
    public static LinePattern? TryParse(string pattern, bool ignoresCase, out string? problem)
    {
        problem = null;
        if (pattern.Length > CharsMax)
        {
            problem = $"has {pattern.Length} characters; the limit is {CharsMax}";
            return null;
        }
        try
        {
            return new LinePattern(pattern, ignoresCase);
        }
        catch (RegexParseException error)
        {
            problem = $"is no regular expression at character {error.Offset}: {error.Message}";
        }
        catch (NotSupportedException)
        {
            problem = "must do without lookarounds, back references, atomic groups and large counts inside counts, which could take for ever";
        }
        return null;
    }

    /// <exception cref="RegexMatchTimeoutException">It took too long.</exception>
    public bool IsMatch(ReadOnlySpan<char> line) => _regex.IsMatch(line);

    /// <summary>Where the first match begins; 0 when there is none.</summary>
    public int IndexIn(ReadOnlySpan<char> line)
    {
        foreach (var match in _regex.EnumerateMatches(line)) return match.Index;
        return 0;
    }
}
