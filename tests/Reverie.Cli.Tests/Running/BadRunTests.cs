namespace Reverie.Cli.Tests.Running;

/// <summary>What <c>run</c> and <c>sessions</c> refuse, and in which words.</summary>
public sealed class BadRunTests : IDisposable
{
    private readonly TestWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("model: reverie/local", "name is required")]
    [InlineData("name: x", "model is required")]
    [InlineData("name: x\nmodel: reverie/local\ncolour: red", "\"colour\" is not a field")]
    [InlineData("name: x\nmodel: reverie/local\ntools: [{type: hammer}]", "tools[0].type must be")]
    [InlineData("name: x\nmodel: reverie/scripted\nsystem: nothing", "system must hold a script")]
    [InlineData("name: x\nmodel: reverie/local\nmetadata: many", "metadata")]
    [InlineData("name: 7\nmodel: reverie/local", "name must be")]
    [InlineData("name: [x", "line 2")]
    [InlineData("- name", "must hold the fields of an agent")]
    [InlineData("a: &x 1\nb: *x", "anchors and references are not supported")]
    [InlineData("name: x\nname: y", "uplicate")]
    [InlineData("", "there must be one document")]
    public async Task An_agent_file_is_refused_by_field(string yaml, string words)
    {
        await File.WriteAllTextAsync(_world.In("agent.yaml"), yaml, TestContext.Current.CancellationToken);

        await RefusesAsync(words, "run", _world.In("agent.yaml"), "go", "--data", _world.In("data"));
    }

    [Fact]
    public async Task A_json_file_that_says_a_field_twice_is_refused()
    {
        await File.WriteAllTextAsync(_world.In("agent.json"), """{"name":"x","name":"y"}""", TestContext.Current.CancellationToken);

        await RefusesAsync("uplicate", "run", _world.In("agent.json"), "go", "--data", _world.In("data"));
    }

    [Theory]
    [InlineData("there is no memory store of that name", "--memory", "nobody:ro")]
    [InlineData("resources[0].memory_store_id", "--memory", "memstore_1")]
    [InlineData("make a store of it first", "--memory", "./notes")]
    [InlineData("there is no such file", "--file", "nowhere.txt")]
    [InlineData("no environment", "--environment", "env_x")]
    [InlineData("'xml' not recognized", "--format", "xml")]
    public async Task Options_that_name_nothing_are_refused(string words, string option, string value)
    {
        await File.WriteAllTextAsync(_world.In("agent.yaml"), "name: x\nmodel: reverie/local\n", TestContext.Current.CancellationToken);

        await RefusesAsync(words, "run", _world.In("agent.yaml"), "go", option, value, "--data", _world.In("data"));
    }

    [Fact]
    public Task A_file_that_is_not_there_is_refused() => RefusesAsync("there is no agent file", "run", "nowhere.yaml", "go");

    [Fact]
    public Task Without_an_agent_an_example_is_named() => RefusesAsync("samples/agents/hello.yaml", "run");

    [Fact]
    public async Task An_empty_task_is_refused()
    {
        await File.WriteAllTextAsync(_world.In("agent.yaml"), "name: x\nmodel: reverie/local\n", TestContext.Current.CancellationToken);

        await RefusesAsync("TASK is empty", "run", _world.In("agent.yaml"), " ", "--data", _world.In("data"));
    }

    [Fact]
    public Task Resuming_takes_no_memory() => RefusesAsync("the session keeps", "run", "--resume", "sesn_1", "more", "--memory", "notes");

    [Theory]
    [InlineData("is no session id", "show", "x")]
    [InlineData("there is no data directory", "show", "sesn_1")]
    [InlineData("--limit must be 1 to 1000", "list", "--limit", "0")]
    [InlineData("Try: reverie sessions list --help", "list", "--status", "asleep")]
    [InlineData("say either --allow or --deny", "confirm", "sesn_1")]
    public Task Sessions_that_cannot_be_are_refused(string words, params string[] args) => RefusesAsync(words, ["sessions", .. args, "--data", _world.In("nowhere")]);

    private async Task RefusesAsync(string words, params string[] args)
    {
        var ran = await _world.RunAsync(args);

        Assert.Equal((2, ""), (ran.Code, ran.Out));
        Assert.Contains(words, ran.Error, StringComparison.Ordinal);
    }
}
