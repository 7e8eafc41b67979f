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

    /// <summary>They are tried on every line that shows a sign already.</summary>
    private static readonly string[] OfEveryLine = ["Lasting", "Acting"];

    public static TheoryData<string> Patterns => [.. All(typeof(Instructions), OfForeignParts).Select(static p => p.Name)];

    public static TheoryData<string> ForeignPatterns => [.. All(typeof(ForeignOrders), OfEveryLine).Select(static p => p.Name)];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void No_match_of_a_pattern_is_passed_over(string name) =>
        AssertNothingHides(All(typeof(Instructions), OfForeignParts).Single(p => p.Name == name).Pattern, name.Length,
            static text => (Instructions.Judge(text, Instructions.Sign.Any), text.Length is >= Instructions.CharsMin and <= Instructions.WindowChars ? Instructions.Score(text) : Instructions.Judge(text, Instructions.PossibleIn(text))));

    [Theory]
    [MemberData(nameof(ForeignPatterns))]
    public void No_match_of_a_foreign_pattern_is_passed_over(string name) =>
        AssertNothingHides(All(typeof(ForeignOrders), OfEveryLine).Single(p => p.Name == name).Pattern, name.Length,
            static text => (ForeignOrders.Judge(text, ForeignOrders.Sign.Any), ForeignOrders.Judge(text, ForeignOrders.PossibleIn(text))));

    private static void AssertNothingHides(GeneratedRegexAttribute pattern, int seed, Func<string, (int Whole, int Quick)> judge)
    {
        var regex = new Regex(pattern.Pattern, pattern.Options);
        var random = new Random(seed);
        var texts = new RandomMatch(pattern.Pattern, random);
        var matches = 0;
        for (var i = 0; i < TextsPerPattern; i++)
        {
            var text = texts.Next();
            if (random.Next(4) == 0) text = text.ToUpperInvariant();
            if (!regex.IsMatch(text)) continue;
            matches++;
            var (whole, quick) = judge(text);
            Assert.Equal((text, whole), (text, quick));
        }
        Assert.True(matches > TextsPerPattern / 50, $"only {matches} of the texts match");
    }

    private static IEnumerable<(string Name, GeneratedRegexAttribute Pattern)> All(Type judge, string[] except) =>
        judge.GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
            .Select(static m => (m.Name, Pattern: m.GetCustomAttribute<GeneratedRegexAttribute>())).Where(p => p.Pattern is not null && !except.Contains(p.Name, StringComparer.Ordinal))
            .Select(static p => (p.Name, p.Pattern!));
}
