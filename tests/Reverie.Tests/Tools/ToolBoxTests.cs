using System.Text.Json;
using Reverie.Tools;
using Reverie.Tools.Web;

namespace Reverie.Tests.Tools;

public sealed class ToolBoxTests : ToolTests
{
    [Theory]
    [InlineData("""{"command":"echo text"}""", "text", false)]
    [InlineData("""{"command":"true"}""", "(no output)", false)]
    [InlineData("""{"command":"false"}""", "exit 1", true)]
    [InlineData("""{"command":"echo why; exit 3"}""", "why", true)]
    [InlineData("""{"command":"sleep 60","timeout_ms":300}""", "bash: bash command timed out after 300ms", true)]
    [InlineData("""{"command":"echo x","timeout_ms":0}""", "x", false)]
    [InlineData("""{"restart":true}""", "bash session restarted", false)]
    [InlineData("""{"restart":true,"command":"echo fresh"}""", "fresh", false)]
    [InlineData("""{"restart":false}""", "bash: command is required", true)]
    [InlineData("""{}""", "bash: command is required", true)]
    [InlineData("""[1]""", "bash: command is required", true)]
    [InlineData("""{"command":["ls"]}""", "bash: command must be a string", true)]
    [InlineData("""{"command":"x","restart":"yes"}""", "bash: restart must be true or false", true)]
    [InlineData("""{"command":"x","timeout_ms":"9"}""", "bash: timeout_ms must be a whole number of 0 or more", true)]
    [InlineData("""{"command":"x","timeout_ms":-1}""", "bash: timeout_ms must be a whole number of 0 or more", true)]
    [InlineData("""{"command":"x\u0000"}""", "bash: command holds a NUL character", true)]
    public async Task Bash_answers(string input, string text, bool isError)
    {
        RequireCommands();

        var output = await Sandbox.CallJsonAsync("bash", input);

        Assert.Equal((text, isError), (output.Text(), output.IsError));
    }

    [Fact]
    public async Task Bash_marks_output_whose_beginning_is_lost()
    {
        RequireCommands();

        await Sandbox.CallAsync("bash", new { command = "seq 1 100000" });

        var kept = File.ReadAllText(Path.Combine(Work, ".tool-results/bash-toolu_1.txt"));
        Assert.StartsWith("[output truncated]\n", kept, StringComparison.Ordinal);
        Assert.EndsWith("\n100000", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_result_goes_to_a_file_and_the_model_gets_its_beginning()
    {
        Put("a", new string('x', 100_001));

        var output = await Sandbox.CallAsync("read", new { file_path = "a" });

        Assert.False(output.IsError);
        Assert.InRange(output.Text().Length, 10_000, 10_400);
        Assert.Contains("100001 characters", output.Text(), StringComparison.Ordinal);
        Assert.Contains("/workspace/.tool-results/read-toolu_1.txt", output.Text(), StringComparison.Ordinal);
        Assert.Equal(100_001, new FileInfo(Path.Combine(Work, ".tool-results/read-toolu_1.txt")).Length);
    }

    [Fact]
    public async Task A_long_result_is_never_put_where_a_link_leads_out()
    {
        Put("a", new string('x', 100_001));
        File.CreateSymbolicLink(Path.Combine(Work, ".tool-results"), Machine.Place.Path);

        Assert.Contains("could not be kept", (await Sandbox.CallAsync("read", new { file_path = "a" })).Text(), StringComparison.Ordinal);
        Assert.False(File.Exists(Machine.Place["read-toolu_1.txt"]));
    }

    [Fact]
    public async Task An_interrupt_is_answered()
    {
        RequireCommands();
        using var interrupt = new CancellationTokenSource();
        using var box = new WebFetcher();
        using var input = JsonDocument.Parse("""{"command":"touch started; sleep 60"}""");
        var running = new ToolBox(box).RunAsync(new("toolu_1", "bash", input.RootElement), Sandbox, interrupt.Token);
        while (!File.Exists(Path.Combine(Work, "started"))) await Task.Yield();

        await interrupt.CancelAsync();

        (await running).IsError("Tool execution was interrupted before completion. Please retry.");
    }

    [Fact]
    public async Task Searching_the_web_says_that_nobody_is_configured_to() =>
        (await Sandbox.CallAsync("web_search", new { query = "x" })).IsErrorWith("no search provider is configured");

    [Fact]
    public async Task An_unknown_tool_is_an_error() => (await Sandbox.CallAsync("fly", new { })).IsError("fly: there is no such tool");

    [Fact]
    public void Definitions_name_every_tool_and_describe_every_field()
    {
        Assert.Equal(["bash", "read", "write", "edit", "glob", "grep", "web_fetch", "web_search"], ToolDefinition.BuiltIn.Select(static d => d.Name));
        foreach (var definition in ToolDefinition.BuiltIn)
        {
            Assert.Equal("object", definition.InputSchema.GetProperty("type").GetString());
            Assert.All(definition.InputSchema.GetProperty("properties").EnumerateObject(), static p => Assert.NotEmpty(p.Value.GetProperty("description").GetString()!));
            Assert.NotEmpty(definition.Description);
        }
    }
}
