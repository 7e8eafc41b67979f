using Reverie.Inference;
using static Reverie.Tests.Inference.Asking;

namespace Reverie.Tests.Inference;

public sealed class ScriptedProviderTests
{
    private const string Script = """
        answers:
          - think: The directory first.
            say: Let me look around, there may be more here than meets the eye.
            call: {tool: bash, input: {command: ls, quoted: "1", count: 1, ratio: 0.5, on: true, none: null, list: [a, 2]}}
            usage: {input_tokens: 10, output_tokens: 5, cache_read_input_tokens: 3, cache_creation_input_tokens: 2}
          - call:
              - {tool: read, input: {path: a}}
              - {tool: read, input: {path: b}}
          - fail: {with: overloaded, times: 2, retry_after_ms: 50}
            say: Back again.
          - choose:
              - {if_result_says: boom, say: "It went boom: {{result}}"}
              - {if_user_says: please, say: "You said {{user}}"}
              - say: Otherwise.
          - refuse: {category: cyber, explanation: "No."}
          - {say: Cut, stop: max_tokens}
        """;

    private static readonly ModelRegistry Registry = new(new InferenceOptions(), TimeProvider.System);

    [Fact]
    public async Task A_script_is_followed_by_the_number_of_answers_so_far()
    {
        var first = await AskAsync(Script);
        var second = await AskAsync(Script, Turn("a"));

        Assert.Equal(
        [
            new ThinkingBlock("The directory first.", "scripted"),
            new TextBlock("Let me look around, there may be more here than meets the eye."),
            new ToolUseBlock("toolu_scripted_1_0", "bash", """{"command":"ls","quoted":"1","count":1,"ratio":0.5,"on":true,"none":null,"list":["a",2]}"""),
        ], first.Blocks);
        Assert.Equal(new ModelUsage { InputTokens = 10, OutputTokens = 5, CacheReadInputTokens = 3, CacheCreation5mInputTokens = 2 }, first.Usage);
        Assert.Equal(ModelStopReason.ToolUse, first.StopReason);
        Assert.Equal(2, second.Blocks.OfType<ToolUseBlock>().Select(static b => b.Id).Distinct().Count());
    }

    [Fact]
    public async Task The_same_request_gives_the_same_answer()
    {
        Assert.Equal((await AskAsync(Script)).Blocks, (await AskAsync(Script)).Blocks);
    }

    [Fact]
    public async Task A_failure_passes_with_the_attempts()
    {
        var error = await Assert.ThrowsAsync<ModelException>(() => AskAsync(Script, Turn("a"), Turn("b")));
        Assert.Equal((ModelFailure.Overloaded, TimeSpan.FromMilliseconds(50)), (error.Failure, error.RetryAfter));
        await Assert.ThrowsAsync<ModelException>(() => AskAsync(Script, attempt: 2, Turn("a"), Turn("b")));

        Assert.Equal([new TextBlock("Back again.")], (await AskAsync(Script, attempt: 3, Turn("a"), Turn("b"))).Blocks);
    }

    [Theory]
    [InlineData("it said BOOM", "It went boom: it said BOOM")]
    [InlineData("fine", "You said Go, please.")]
    public async Task Cases_are_chosen_by_what_was_said(string result, string said)
    {
        Assert.Equal([new TextBlock(said)], (await AskAsync(Script, Turn("a"), Turn("b"), Turn(result))).Blocks);
    }

    [Fact]
    public async Task A_script_can_refuse_be_cut_off_and_end()
    {
        var turns = Enumerable.Range(0, 6).Select(static n => Turn($"{n}")).ToArray();

        Assert.Equal(new ModelRefusal("cyber", "No."), (await AskAsync(Script, turns[..4])).Refusal);
        Assert.Equal(ModelStopReason.MaxTokens, (await AskAsync(Script, turns[..5])).StopReason);
        Assert.Equal(ModelStopReason.EndTurn, (await AskAsync(Script, turns)).StopReason);
        Assert.Equal([new TextBlock("one")], (await AskAsync("{answers: [{say: one}, {say: two}], repeat: true}", turns[..2])).Blocks);
    }

    [Theory]
    [InlineData("", "line 1: ")]
    [InlineData("You are a helpful agent.", "line 1: the script must be a mapping")]
    [InlineData("answers:\n  - sya: x", "line 2: an answer has no \"sya\"")]
    [InlineData("answers: []", "line 1: answers must be a list of 1")]
    [InlineData("answers:\n  - {}", "an answer must at least")]
    [InlineData("answers:\n  - wait_ms: soon", "line 2: wait_ms must be a whole number")]
    [InlineData("answers:\n  - fail: {with: bad}", "fail.with must be one of overloaded")]
    [InlineData("answers:\n  - call: {input: {}}", "call.tool is required")]
    [InlineData("answers:\n  - call: {tool: x, input: []}", "call.input must be a mapping")]
    [InlineData("answers:\n  - choose: [{if_user_says: a, say: b}]", "must have no condition")]
    [InlineData("answers:\n  - say: [", "line ")]
    [InlineData("a: &x 1\nb: *x", "anchors")]
    [InlineData("answers: [{say: a}]\n---\nanswers: [{say: a}]", "one document")]
    public void A_bad_script_is_told_with_its_line(string script, string expected)
    {
        var problem = Assert.Single(Registry.Check(ModelWords.ScriptedModel, null, null, null, script));

        Assert.Equal("system", problem.Field);
        Assert.Contains(expected, problem.Message);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void A_script_nested_without_end_is_refused(string opening)
    {
        var problem = Assert.Single(Registry.Check(ModelWords.ScriptedModel, null, null, null, string.Concat(Enumerable.Repeat(opening, 30_000))));

        Assert.Contains("line 1", problem.Message);
    }

    private static ModelMessage[] Turn(string result) => [Assistant(new TextBlock("said")), User(Result("id", result))];

    private static Task<ModelResponse> AskAsync(string script, params ModelMessage[][] turns) => AskAsync(script, 1, turns);

    private static async Task<ModelResponse> AskAsync(string script, int attempt, params ModelMessage[][] turns) =>
        Whole(await UpdatesAsync(Provider(Registry, ModelWords.ScriptedModel), Request(ModelWords.ScriptedModel, [User("Go, please."), .. turns.SelectMany(static t => t)]) with { System = script, SystemNotes = ["Memory is at /mnt/memory."], Attempt = attempt }));
}
