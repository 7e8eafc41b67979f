using System.Text.RegularExpressions;

namespace Reverie.Dreaming.Tests.Tidy;

/// <summary>What reviewers should not have to look for.</summary>
public sealed partial class TidyTests
{
    private const int LinesMax = 400;

    [Fact]
    public void The_dreamer_touches_no_file_no_network_and_no_clock()
    {
        var found = Repository.Sources("src/Reverie.Dreaming").SelectMany(static s => Outside().Matches(Comments().Replace(s.Text, "")).Select(m => $"{s.Path}: {m.Value}"));

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("src/Reverie.Protocol")]
    [InlineData("src/Reverie.Dreaming")]
    public void The_contract_and_the_dreamer_need_no_package(string project) =>
        Assert.DoesNotContain("PackageReference", File.ReadAllText(Path.Combine(Repository.Root, project, Path.GetFileName(project) + ".csproj")));

    [Fact]
    public void The_dreamer_knows_nothing_but_the_contract()
    {
        var found = Repository.Sources("src/Reverie.Dreaming").SelectMany(static s => Used().Matches(s.Text).Select(m => (s.Path, Name: m.Groups["name"].Value)))
            .Where(static u => !u.Name.StartsWith("Reverie.Dreaming", StringComparison.Ordinal) && !u.Name.StartsWith("Reverie.Protocol", StringComparison.Ordinal));

        Assert.Empty(found);
    }

    [Fact]
    public void No_type_is_called_by_a_word_that_says_nothing()
    {
        var found = Repository.Sources("src").Concat(Repository.Sources("tests")).SelectMany(static s => Declared().Matches(s.Text).Select(m => $"{s.Path}: {m.Groups["name"].Value}"));

        Assert.Empty(found);
    }

    [Fact]
    public void No_source_file_is_longer_than_a_reader_bears()
    {
        var found = Repository.Sources("src").Select(static s => (s.Path, Lines: s.Text.AsSpan().Count('\n'))).Where(static s => s.Lines > LinesMax);

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("bench")]
    public void Usings_stand_in_order_those_of_the_system_first(string folder)
    {
        var found = Repository.Sources(folder).Where(static s => Usings().Matches(s.Text).Select(static m => m.Groups["name"].Value).ToList() is var usings
            && !usings.SequenceEqual(usings.OrderBy(static u => u != "System" && !u.StartsWith("System.", StringComparison.Ordinal)).ThenBy(static u => u, StringComparer.OrdinalIgnoreCase)));

        Assert.Empty(found.Select(static s => s.Path));
    }

    [Theory]
    [InlineData("src/Reverie")]
    [InlineData("src/Reverie.Dreaming")]
    public void Every_feature_folder_says_what_it_is_for(string project)
    {
        var silent = Directory.EnumerateDirectories(Path.Combine(Repository.Root, project)).Where(static d => Path.GetFileName(d) is not ("bin" or "obj"))
            .Where(static d => !File.Exists(Path.Combine(d, "README.md"))).Select(static d => Path.GetFileName(d));

        Assert.Empty(silent);
    }

    [GeneratedRegex(@"\b(?:File|Directory|FileStream|StreamReader|StreamWriter|FileInfo|DirectoryInfo|DateTime|DateTimeOffset\.(?:Now|UtcNow)|TimeProvider|Stopwatch|HttpClient|Socket|Process|Environment\.(?!ProcessorCount)|Console|Random|Thread\.Sleep|Guid\.NewGuid)\b(?=\.|\()|\bSystem\.(?:IO|Net)\b")]
    private static partial Regex Outside();

    [GeneratedRegex(@"//[^\n]*|""(?:[^""\\\n]|\\.)*""")]
    private static partial Regex Comments();

    [GeneratedRegex(@"^using (?<name>Reverie[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex Used();

    [GeneratedRegex(@"^using (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Usings();

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum) (?<name>\w*(?:Manager|Helper|Helpers|Util|Utils|Utility|Utilities|Processor|Impl))\b")]
    private static partial Regex Declared();
}
