namespace Reverie.Cli.Tests.Evaluations;

/// <summary>What <c>eval</c> refuses, and in which words.</summary>
public sealed class BadEvalTests : IDisposable
{
    private readonly TestWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("", "there must be one document")]
    [InlineData("[]", "must hold a list of tasks")]
    [InlineData("name: x", "must hold a list of tasks")]
    [InlineData("- x", "task 1: must be an object with name, task")]
    [InlineData("- {task: t, check: {contains: a}}", "task 1: name is missing")]
    [InlineData("- {name: 7, task: t, check: {contains: a}}", "task 1: name must be a text; write it in quotes: \"7\"")]
    [InlineData("- {name: x, check: {contains: a}}", "task 1 (x): task is missing")]
    [InlineData("- {name: x, task: ' ', check: {contains: a}}", "task is empty")]
    [InlineData("- {name: x, task: t}", "has neither check nor outcome")]
    [InlineData("- {name: x, task: t, check: []}", "has neither check nor outcome")]
    [InlineData("- {name: x, task: t, checks: {contains: a}}", "checks is not known; it may have name, task, files, check, outcome")]
    [InlineData("- {name: x, task: t, check: {}}", "check: says nothing to check")]
    [InlineData("- {name: x, task: t, check: [{contains: a}, {contain: b}]}", "check 2: contain is not known")]
    [InlineData("- {name: x, task: t, check: {contains: a, lacks: b}}", "make check a list")]
    [InlineData("- {name: x, task: t, check: {matches: '('}}", "matches is no pattern")]
    [InlineData("- {name: x, task: t, check: {matches: '(?=a)'}}", "matches is no pattern")]
    [InlineData("- {name: x, task: t, check: {json: /a}}", "equals is missing")]
    [InlineData("- {name: x, task: t, check: {json: a, equals: 1}}", "json must be a JSON pointer")]
    [InlineData("- {name: x, task: t, check: {file: a, command: b}}", "command goes without file")]
    [InlineData("- {name: x, task: t, files: [nowhere.txt], check: {contains: a}}", "nowhere.txt, which is no file")]
    [InlineData("- {name: x, task: t, files: nowhere.txt, check: {contains: a}}", "files must be a list of texts")]
    [InlineData("- {name: x, task: t, outcome: {max_iterations: 3}}", "outcome: rubric is missing")]
    [InlineData("- {name: x, task: t, outcome: {rubric: r, max_iterations: 21}}", "max_iterations must be a whole number from 1 to 20")]
    [InlineData("- {name: x, task: t, check: {contains: a}}\n- {name: x, task: u, check: {contains: a}}", "x is the name of several tasks")]
    public async Task A_tasks_file_is_refused_by_field(string yaml, string words)
    {
        await GivenAsync(yaml);

        await RefusesAsync(words, "--memory", _world.MemoryDir);
    }

    [Theory]
    [InlineData("--memory is missing")]
    [InlineData("two sides are compared", "--memory", "a", "--memory", "b", "--memory", "c")]
    [InlineData("there is no memory store of that name", "--memory", "nobody")]
    [InlineData("--memory memstore_1: There is no memory store", "--memory", "memstore_1")]
    [InlineData("--memory must not be empty", "--memory", " ")]
    [InlineData("--trials must be 1 to 1000, not 0", "--memory", "a", "--trials", "0")]
    [InlineData("--parallel must be 1 to 64, not 65", "--memory", "a", "--parallel", "65")]
    [InlineData("--resume: needs --report", "--memory", "a", "--resume")]
    [InlineData("is not there to go on with", "--memory", "a", "--resume", "--report", "nowhere.json")]
    [InlineData("--time-limit: \"1.5\" cannot be used", "--memory", "a", "--time-limit", "1.5")]
    public async Task Options_that_cannot_be_used_are_refused(string words, params string[] args)
    {
        await GivenAsync("- {name: x, task: t, check: {contains: a}}");

        await RefusesAsync(words, args);
    }

    [Fact]
    public async Task Tasks_or_an_agent_that_are_missing_are_named()
    {
        await GivenAsync("- {name: x, task: t, check: {contains: a}}");

        Assert.Contains("TASKS.yaml is missing", (await _world.RunAsync("eval")).Error, StringComparison.Ordinal);
        Assert.Contains("--agent is missing", (await _world.RunAsync("eval", _world.In("tasks.yaml"))).Error, StringComparison.Ordinal);
        Assert.Contains("there is no tasks file", (await _world.RunAsync("eval", "nowhere.yaml", "--agent", _world.In("agent.yaml"), "--memory", "a")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_is_no_memory_is_refused()
    {
        await GivenAsync("- {name: x, task: t, check: {contains: a}}");

        await RefusesAsync("nowhere", "--memory", _world.In("nowhere"));
    }

    [Fact]
    public async Task Another_file_is_not_taken_for_a_report()
    {
        await GivenAsync("- {name: x, task: t, check: {contains: a}}");
        await File.WriteAllTextAsync(_world.In("other.json"), """{"type":"else"}""", TestContext.Current.CancellationToken);

        await RefusesAsync("is not the report of an evaluation", "--memory", _world.MemoryDir, "--report", _world.In("other.json"), "--resume");
    }

    private async Task GivenAsync(string tasks)
    {
        await File.WriteAllTextAsync(_world.In("agent.yaml"), "name: x\nmodel: reverie/local\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_world.In("tasks.yaml"), tasks, TestContext.Current.CancellationToken);
    }

    private async Task RefusesAsync(string words, params string[] args)
    {
        var ran = await _world.RunAsync(["eval", _world.In("tasks.yaml"), "--agent", _world.In("agent.yaml"), "--data", _world.In("data"), .. args]);

        Assert.Equal((2, ""), (ran.Code, ran.Out));
        Assert.Contains(words, ran.Error, StringComparison.Ordinal);
    }
}
