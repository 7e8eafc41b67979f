using System.Reflection;
using System.Text.RegularExpressions;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Tests.Defence;

/// <summary>A line is only searched for the signs of which it holds a word. That must never hide a sign.</summary>
public sealed class SignWordsTests
{
    private const int TextsPerPattern = 1000;

    /// <summary>They find where somebody else's words begin, and are no signs.</summary>
    private static readonly string[] OfForeignParts = ["Quoted", "Announced", "Attribution", "Pointer"];

    public static TheoryData<string> Patterns => [.. All().Select(static p => p.Name)];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void No_match_of_a_pattern_is_passed_over(string name)
    {
        var (_, pattern) = All().Single(p => p.Name == name);
        var regex = new Regex(pattern.Pattern, pattern.Options);
        var random = new Random(name.Length);
        var texts = new RandomMatch(pattern.Pattern, random);
        var matches = 0;
        for (var i = 0; i < TextsPerPattern; i++)
        {
            var text = texts.Next();
            if (random.Next(4) == 0) text = text.ToUpperInvariant();
            if (!regex.IsMatch(text)) continue;
            matches++;
            Assert.Equal((text, Instructions.Judge(text, Instructions.Sign.Any)), (text, Instructions.Judge(text, Instructions.PossibleIn(text))));
        }
        Assert.True(matches > TextsPerPattern / 50, $"only {matches} of the texts match");
    }

    private static IEnumerable<(string Name, GeneratedRegexAttribute Pattern)> All() =>
        typeof(Instructions).GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
            .Select(static m => (m.Name, Pattern: m.GetCustomAttribute<GeneratedRegexAttribute>())).Where(static p => p.Pattern is not null && !OfForeignParts.Contains(p.Name, StringComparer.Ordinal))
            .Select(static p => (p.Name, p.Pattern!));
}
