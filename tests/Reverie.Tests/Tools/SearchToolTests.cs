using Reverie.Tools;

namespace Reverie.Tests.Tools;

public sealed class SearchToolTests : ToolTests
{
    [Theory]
    [InlineData("*.md", "top.md")]
    [InlineData("**/*.md", "src/deep/b.md src/a.md top.md")]
    [InlineData("src/**", "src/deep/b.md src/c.ts src/a.md")]
    [InlineData("**/b.md", "src/deep/b.md")]
    [InlineData("src/**/b.md", "src/deep/b.md")]
    [InlineData("./src/*.md", "src/a.md")]
    [InlineData("src/*.{md,ts}", "src/c.ts src/a.md")]
    [InlineData("**/[ab].md", "src/deep/b.md src/a.md")]
    [InlineData("**/[!a].md", "src/deep/b.md")]
    [InlineData("src/?.ts", "src/c.ts")]
    [InlineData("src", "")]
    [InlineData("**/hidden.md", "")]
    [InlineData("\\*.md", "")]
    public async Task Glob_lists_matches_newest_first(string pattern, string names)
    {
        string[] files = ["top.md", "src/a.md", "src/c.ts", "src/deep/b.md", "node_modules/hidden.md", "x/.git/hidden.md"];
        for (var index = 0; index < files.Length; index++)
        {
            Put(files[index], "");
            File.SetLastWriteTimeUtc(Path.Combine(Work, files[index]), new DateTime(2026, 1, 1, 0, 0, index, DateTimeKind.Utc));
        }

        (await Sandbox.CallAsync("glob", new { pattern })).IsFine(names.Length == 0 ? "no matches" : string.Join('\n', names.Split(' ').Select(static n => "/workspace/" + n)));
    }

    [Theory]
    [InlineData("""{}""", "glob: pattern is required")]
    [InlineData("""{"pattern":"/etc/*"}""", "glob: pattern must be relative; give the directory as path")]
    [InlineData("""{"pattern":"a/../../*"}""", "glob: pattern must not contain ..")]
    [InlineData("""{"pattern":"[a"}""", "glob: invalid pattern: [a")]
    [InlineData("""{"pattern":"{a"}""", "glob: invalid pattern: {a")]
    [InlineData("""{"pattern":"*","path":"/etc"}""", "glob: /etc is outside the working directory /workspace and the mounted directories")]
    [InlineData("""{"pattern":"*","path":"none"}""", "glob: none: no such file or directory")]
    [InlineData("""{"pattern":"*","path":"file"}""", "glob: /workspace/file is not a directory")]
    public async Task Glob_says_what_is_wrong(string input, string error)
    {
        Put("file", "");

        (await Sandbox.CallJsonAsync("glob", input)).IsError(error);
    }

    [Fact]
    public async Task Glob_follows_no_link_out_and_lists_at_most_200()
    {
        for (var index = 0; index < 250; index++) Put($"many/{index}", "");
        File.CreateSymbolicLink(Path.Combine(Work, "many/out"), Machine.Place["secret"]);
        File.CreateSymbolicLink(Path.Combine(Work, "out"), "/etc");
        File.CreateSymbolicLink(Path.Combine(Work, "loop"), "/workspace");
        File.CreateSymbolicLink(Path.Combine(Work, "in"), "many/7");

        Assert.Equal(200, (await Sandbox.CallAsync("glob", new { pattern = "many/*" })).Text().Split('\n').Length);
        (await Sandbox.CallAsync("glob", new { pattern = "**/out*" })).IsFine("no matches");
        (await Sandbox.CallAsync("glob", new { pattern = "out/*" })).IsFine("no matches");
        (await Sandbox.CallAsync("glob", new { pattern = "i*" })).IsFine("/workspace/in");
    }

    [Fact]
    public async Task Glob_searches_a_mounted_directory() => (await Sandbox.CallAsync("glob", new { pattern = "*", path = "/mnt/memory/library" })).IsFine("/mnt/memory/library/book.md");

    [Fact]
    public async Task Grep_finds_lines_with_path_and_number()
    {
        RequireCommands();
        Put("a.txt", "one\ntwo\n");
        Put("sub/b.txt", "x\ny\ntwo too\n");
        Put("--help", "two\n");

        Assert.Equal(["/workspace/--help:1:two", "/workspace/a.txt:2:two", "/workspace/sub/b.txt:3:two too"], (await Sandbox.CallAsync("grep", new { pattern = "^two" })).Text().Split('\n').Order());
        (await Sandbox.CallAsync("grep", new { pattern = "^two", path = "a.txt" })).IsFine("2:two");
        (await Sandbox.CallAsync("grep", new { pattern = "printed", path = "/mnt/memory/library" })).IsFine("/mnt/memory/library/book.md:1:printed");
        (await Sandbox.CallAsync("grep", new { pattern = "-e" })).IsFine("no matches");
    }

    [Fact]
    public async Task Grep_cuts_what_is_too_much()
    {
        RequireCommands();
        Put("big", string.Concat(Enumerable.Repeat("a line of some length that matches\n", 10_000)));

        var text = (await Sandbox.CallAsync("grep", new { pattern = "matches" })).Text();

        // Past the bound of results the whole is in a file.
        var kept = File.ReadAllText(Path.Combine(Work, ".tool-results/grep-toolu_1.txt"));
        Assert.EndsWith("\n[output truncated at 102400 bytes]", kept, StringComparison.Ordinal);
        Assert.Contains("/workspace/.tool-results/grep-toolu_1.txt", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", "grep: pattern is required")]
    [InlineData("""{"pattern":"("}""", "grep: rg failed: ")]
    [InlineData("""{"pattern":"x","path":"/etc/passwd"}""", "grep: /etc/passwd is outside the working directory")]
    [InlineData("""{"pattern":"x","path":"none"}""", "grep: none: no such file or directory")]
    public async Task Grep_says_what_is_wrong(string input, string error)
    {
        RequireCommands();

        (await Sandbox.CallJsonAsync("grep", input)).IsErrorWith(error);
    }

    [Fact]
    public async Task Without_ripgrep_a_walk_finds_the_same()
    {
        Put("a.txt", "one\ntwo\n");
        Put("node_modules/a.txt", "two\n");
        Put("long", new string('x', 2_001) + "two\ntwo\r\n");
        Machine.Place.Write("work/binary", [0, .. "two\n"u8]);
        await Sandbox.CallAsync("read", new { file_path = "a.txt" });

        Assert.Equal("/workspace/a.txt:2:two\n/workspace/long:2:two", string.Join('\n', Search("two", "/workspace").Text().Split('\n').Order()));
        Search("two", "/workspace/a.txt").IsFine("2:two");
        Search("nowhere", "/workspace").IsFine("no matches");
        Assert.StartsWith("grep: invalid regex: ", Assert.Throws<ToolInputException>(() => Search("(", "/workspace")).Message, StringComparison.Ordinal);
        Assert.StartsWith("grep: invalid regex: ", Assert.Throws<ToolInputException>(() => Search("(?=x)", "/workspace")).Message, StringComparison.Ordinal);
    }

    private ToolOutput Search(string pattern, string path) => GrepTool.Search(pattern, path, Sandbox.Files, TestContext.Current.CancellationToken);
}
