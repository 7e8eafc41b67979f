using System.Text.Json;

namespace Reverie.Cli.Tests.Evaluations;

public sealed class RecordedEvalTests : IDisposable
{
    private readonly TestWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Recorded_sessions_are_paired_by_task_and_compared()
    {
        Write("before.jsonl", ("a/trial-1", "a", "failed"), ("a/trial-2", "a", "failed"), ("b/trial-1", "b", "satisfied"), ("c", "c", null));
        Write("after.jsonl", ("a/trial-3", "a", "satisfied"), ("b/trial-2", "b", "satisfied"));

        var ran = await _world.RunAsync("eval", "--sessions-before", _world.In("before.jsonl"), "--sessions-after", _world.In("after.jsonl"), "--report", _world.In("eval.json"));

        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.Contains("a                                            0/2           1/1", ran.Out, StringComparison.Ordinal);
        Assert.Contains("1 better, 0 worse, 1 alike (sign test)", ran.Out, StringComparison.Ordinal);
        Assert.Contains("1 session was not judged and is not counted", ran.Out, StringComparison.Ordinal);
        Assert.Contains("Too small to tell: with 3 trials before and 2 after", ran.Out, StringComparison.Ordinal);
        Assert.Equal("too_small_to_tell", JsonElement.Parse(await File.ReadAllTextAsync(_world.In("eval.json"), TestContext.Current.CancellationToken)).GetProperty("comparison").GetProperty("conclusion").GetString());
    }

    [Fact]
    public async Task Sessions_that_nobody_judged_cannot_be_compared()
    {
        var ran = await _world.RunAsync("eval", "--sessions-before", _world.Sessions, "--sessions-after", _world.Sessions);

        Assert.Equal(2, ran.Code);
        Assert.Contains("none of the 2 sessions was judged", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("belong together", "--sessions-before", "x")]
    [InlineData("--memory: recorded sessions are compared as they are", "--sessions-before", "x", "--sessions-after", "y", "--memory", "notes")]
    [InlineData("TASKS.yaml: recorded sessions", "tasks.yaml", "--sessions-before", "x", "--sessions-after", "y")]
    public async Task What_does_not_go_with_recorded_sessions_is_refused(string words, params string[] args)
    {
        var ran = await _world.RunAsync(["eval", .. args]);

        Assert.Equal(2, ran.Code);
        Assert.Contains(words, ran.Error, StringComparison.Ordinal);
    }

    private void Write(string file, params (string Id, string Task, string? Result)[] sessions) => File.WriteAllLines(_world.In(file), sessions.Select(s =>
        $$"""{"external_id":"{{s.Id}}","source":"{{file}}","agent":"a","created_at":"2026-01-01T00:00:00Z","metadata":{"task_id":"{{s.Task}}"}{{(s.Result is null ? "" : $$""","outcome":{"result":"{{s.Result}}"}""")}},"events":[]}"""));
}
