using System.Text.RegularExpressions;
using Reverie.Dreams.Withdrawals;

namespace Reverie.Server.Tests.Proof;

/// <summary>The list of words that the dreamer has from itself is what its source says.</summary>
public sealed partial class OwnWordsTests
{
    [Fact]
    public void Every_word_of_the_dreamers_phrases_is_on_the_list()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Reverie.slnx"))) root = Path.GetDirectoryName(root)!;
        var dreamer = Path.Combine(root, "src", "Reverie.Dreaming");
        var files = new[] { "Synthesis", "Curation", "Gate" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(dreamer, folder), "*.cs", SearchOption.AllDirectories));
        var phrases = files.SelectMany(static f => Literal().Matches(File.ReadAllText(f)).Select(static m => m.Groups[1].Value)).Where(static l => l.Contains(' ', StringComparison.Ordinal));

        var missing = phrases.SelectMany(static p => Word().Matches(Hole().Replace(p, " ")).Select(static m => m.Value.ToLowerInvariant())).Where(static w => !OwnWords.All.Contains(w)).Distinct(StringComparer.Ordinal);

        Assert.Empty(missing);
    }

    [GeneratedRegex(@"""((?:[^""\\]|\\.)*)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex("[A-Za-z]{3,}")]
    private static partial Regex Word();
}
