namespace Reverie.Cli.Tests.Demo;

public sealed class DemoCommandTests : IDisposable
{
    private readonly TestWorld _world = new();

    public DemoCommandTests()
    {
        Directory.CreateDirectory(_world.In("samples/sql/memory"));
        File.WriteAllText(_world.In("samples/sql/memory/notes.md"), "# Notes\n\n- one\n- one\n");
        File.WriteAllText(_world.In("samples/sql/one.sessions.jsonl.gz"), TestWorld.Session + "\n");
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task The_demo_compares_before_and_after_and_says_where_to_look()
    {
        var ran = await _world.RunAsync("demo");

        Assert.Equal(0, ran.Code);
        foreach (var heading in (string[])["Before and after", "What an agent reads first now", "Where to look next"])
            Assert.Contains(heading, ran.Out, StringComparison.Ordinal);
        Assert.True(Directory.Exists(_world.In(".out/demo/sql/memory")));
        Assert.True(File.Exists(_world.In(".out/demo/sql/report.json")));
    }

    [Fact]
    public async Task The_demo_suggests_a_review_only_where_something_is_open()
    {
        var settled = await _world.RunAsync("demo");
        foreach (var copy in (string[])["a.md", "b.md"]) File.WriteAllText(_world.In($"samples/sql/memory/{copy}"), "- Rain tank key is R-7\n");
        var open = await _world.RunAsync("demo");

        Assert.DoesNotContain("reverie review", settled.Out, StringComparison.Ordinal);
        Assert.Contains("reverie review", open.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_can_be_run_again()
    {
        await _world.RunAsync("demo");

        Assert.Equal(0, (await _world.RunAsync("demo", "sql")).Code);
    }

    [Fact]
    public async Task An_unknown_sample_is_named()
    {
        var ran = await _world.RunAsync("demo", "chess");

        Assert.Equal(ExitCode.BadInput, ran.Code);
        Assert.Contains("chess", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_samples_are_a_clear_error()
    {
        var ran = await _world.RunAsync("demo", "airline");

        Assert.Equal(ExitCode.BadInput, ran.Code);
        Assert.Contains("samples", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--sites", "0")]
    [InlineData("--sites", "61")]
    [InlineData("--practice", "-1")]
    [InlineData("--practice", "5001")]
    [InlineData("--sets", "10001")]
    [InlineData("--seed", "one")]
    public async Task The_landing_demo_refuses_numbers_it_cannot_use(string option, string value)
    {
        var ran = await _world.RunAsync("demo", "lumara", option, value);

        Assert.Equal(2, ran.Code);
        Assert.Contains(option, ran.Error, StringComparison.Ordinal);
    }
}
