namespace Reverie.Cli.Tests.Sessions;

public sealed class ImportCommandTests : IDisposable
{
    private const string TauBench = """
        [{"task_id": 3, "reward": 1.0, "trial": 0, "info": {}, "traj": [
          {"role": "user", "content": "Cancel my flight."}, {"role": "assistant", "content": "Which one?"}]}]
        """;

    private readonly TestWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("auto")]
    [InlineData("tau-bench")]
    public async Task Foreign_sessions_become_the_interchange_format(string format)
    {
        File.WriteAllText(_world.In("tau.json"), TauBench);

        var ran = await _world.RunAsync("import", _world.In("tau.json"), "--format", format, "--to", _world.In("new.sessions.jsonl"));

        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.Contains("1 session written", ran.Out, StringComparison.Ordinal);
        Assert.Contains("Cancel my flight.", Assert.Single(File.ReadAllLines(_world.In("new.sessions.jsonl"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_imported_can_be_dreamt_over()
    {
        await _world.RunAsync("import", _world.Sessions, "--to", _world.In("new.sessions.jsonl.gz"));

        var ran = await _world.RunAsync("dream", "--sessions", _world.In("new.sessions.jsonl.gz"), "--memory", _world.MemoryDir, "--out", _world.Out);

        Assert.Equal(0, ran.Code);
    }

    [Fact]
    public async Task A_bad_file_is_named_and_an_earlier_import_stays()
    {
        File.WriteAllText(_world.In("bad"), "{\"broken\n");
        File.WriteAllText(_world.In("there.jsonl"), "earlier");

        var ran = await _world.RunAsync("import", _world.In("bad"), "--to", _world.In("there.jsonl"));

        Assert.Equal(ExitCode.BadInput, ran.Code);
        Assert.Contains("bad", ran.Error, StringComparison.Ordinal);
        Assert.Equal("earlier", File.ReadAllText(_world.In("there.jsonl")));
        Assert.Empty(Directory.EnumerateFiles(_world.Root, "*.tmp"));
    }

    [Theory]
    [InlineData("one.sessions.jsonl", "is the session file")]
    [InlineData("here/one.sessions.jsonl", "is the session file")]
    [InlineData("link.jsonl", "symbolic link")]
    [InlineData("/dev/null", "is a device")]
    public async Task What_is_read_or_no_file_is_never_replaced(string target, string named)
    {
        Directory.CreateSymbolicLink(_world.In("here"), _world.Root);
        File.CreateSymbolicLink(_world.In("link.jsonl"), _world.In("elsewhere.jsonl"));

        var ran = await _world.RunAsync("import", _world.Sessions, "--to", _world.In(target));

        Assert.Equal(ExitCode.BadInput, ran.Code);
        Assert.Contains(named, ran.Error, StringComparison.Ordinal);
        Assert.Equal(TestWorld.Session + "\n", File.ReadAllText(_world.Sessions));
        Assert.False(File.Exists(_world.In("elsewhere.jsonl")));
    }

    [Fact]
    public async Task A_file_whose_name_begins_with_an_at_sign_is_not_taken_for_arguments()
    {
        File.WriteAllText(_world.In("arguments"), "--agent\nsomebody\n");

        var ran = await _world.RunAsync("import", _world.Sessions, "@" + _world.In("arguments"), "--to", _world.In("new.jsonl"));

        Assert.Equal(ExitCode.BadInput, ran.Code);
        Assert.Contains("@" + _world.In("arguments"), ran.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_world.In("new.jsonl")));
    }

    [Fact]
    public async Task Skipping_what_is_bad_imports_the_rest_and_says_so()
    {
        File.AppendAllText(_world.Sessions, "nonsense\n");

        var ran = await _world.RunAsync("import", _world.Sessions, "--to", _world.In("new.jsonl"), "--skip-bad");

        Assert.Equal(0, ran.Code);
        Assert.Contains("1 could not be read and was skipped", ran.Error, StringComparison.Ordinal);
        Assert.Contains("1 session written", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_named()
    {
        var ran = await _world.RunAsync("import", _world.Sessions, "--to", _world.In("none/new.jsonl"));

        Assert.Equal(ExitCode.BadInput, ran.Code);
        Assert.Contains("none/new.jsonl", ran.Error, StringComparison.Ordinal);
    }
}
