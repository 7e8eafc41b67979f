using System.Text.Json;
using Reverie.Inference;
using Reverie.Testing.Models;
using static Reverie.Tests.Inference.Asking;

namespace Reverie.Tests.Inference;

public sealed class ChatCompletionsProviderTests : IAsyncLifetime
{
    private static readonly string Picture = Convert.ToBase64String([1, 2, 3]);

    private FakeModelServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeModelServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static FakeAnswer Everything => new()
    {
        Blocks =
        [
            FakeAnswer.Thinking("Let me think 🗂.", "unused"),
            FakeAnswer.TextBlock("Zwei Aufrufe: 日本語 🎉."),
            FakeAnswer.ToolUse("call_a", "bash", new { command = "ls \"a b\" 🎉" }),
            FakeAnswer.ToolUse("call_b", "pwd", new { }),
        ],
        Usage = JsonSerializer.SerializeToElement(new { prompt_tokens = 100, completion_tokens = 7, prompt_tokens_details = new { cached_tokens = 60 } }),
    };

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 7)]
    [InlineData(17, 1000)]
    [InlineData(4096, 0)]
    public async Task However_it_is_cut_an_answer_is_the_same(int chunkChars, int writeBytes)
    {
        _server.Enqueue(Everything with { ChunkChars = chunkChars, WriteBytes = writeBytes });

        var response = await AskAsync(_server, Request(OpenAi, User("Go.")));

        Assert.Equal(
        [
            new ThinkingBlock("Let me think 🗂.", null),
            new TextBlock("Zwei Aufrufe: 日本語 🎉."),
            new ToolUseBlock("call_a", "bash", Everything.Blocks[2].GetProperty("input").GetRawText()),
            new ToolUseBlock("call_b", "pwd", "{}"),
        ], response.Blocks);
        Assert.Equal(ModelStopReason.ToolUse, response.StopReason);
        Assert.Equal(new ModelUsage { InputTokens = 40, CacheReadInputTokens = 60, OutputTokens = 7 }, response.Usage);
        Assert.Equal("some-model", _server.Requests[0].Body.GetProperty("model").GetString());
    }

    [Theory]
    [InlineData("no_usage")]
    [InlineData("no_ids")]
    [InlineData("same_ids")]
    [InlineData("no_index")]
    [InlineData("no_done")]
    [InlineData("no_finish")]
    [InlineData("stop_for_tools")]
    [InlineData("whole_arguments")]
    [InlineData("no_ids", "no_index", "no_usage", "stop_for_tools", "whole_arguments")]
    public async Task Servers_that_speak_it_almost_are_understood(params string[] quirks)
    {
        _server.Enqueue(Everything with { Quirks = quirks }, Everything with { Quirks = quirks });

        var first = await AskAsync(_server, Request(OpenAi, User("Go.")));
        var calls = first.Blocks.OfType<ToolUseBlock>().ToList();
        var second = await AskAsync(_server, Request(OpenAi, User("Go."), Assistant([.. first.Blocks]), User([.. calls.Select(c => Result(c.Id, "done"))])));

        Assert.Equal(["bash", "pwd"], calls.Select(c => c.Name));
        Assert.Equal(ModelStopReason.ToolUse, first.StopReason);
        Assert.Equal(4, calls.Concat(second.Blocks.OfType<ToolUseBlock>()).Select(c => c.Id).Distinct().Count());
    }

    [Fact]
    public async Task Every_kind_of_block_is_taken()
    {
        ModelBlock[] content =
        [
            new TextBlock("text"), new TextBlock("  \n"), new ImageBlock(new Base64Source("image/png", Picture)), new ImageBlock(new UrlSource("https://example.com/a.png")),
            new DocumentBlock(new Base64Source("application/pdf", Picture), "title", "context"), new DocumentBlock(new PlainTextSource("plain"), null, null),
            new DocumentBlock(new UrlSource("https://example.com/a.pdf"), null, null), new SearchResultBlock("https://example.com", "title", ["found"], IsCitable: true),
        ];

        await AskAsync(_server, Request(OpenAi, User(content), Assistant(new ThinkingBlock("thought", "signed elsewhere"), new ToolUseBlock("call_1", "bash", "{}")),
            User(new ToolResultBlock("call_1", content, IsError: true), new TextBlock("and more")), new ModelMessage(ModelRole.System, [new TextBlock("Be brief.")])) with
        { System = "system", SystemNotes = ["note"], Tools = [new ModelTool("bash", "runs", Schema)], Effort = "low", MaxTokens = 50 });

        var body = Assert.Single(_server.Requests).Body;
        Assert.Equal("system\n\nnote", body.GetProperty("messages")[0].GetProperty("content").GetString());
        Assert.Equal("low", body.GetProperty("reasoning_effort").GetString());
        Assert.Contains($"data:image/png;base64,{Picture}", body.GetProperty("messages")[1].GetRawText());
        Assert.Contains($"data:image/png;base64,{Picture}", body.GetProperty("messages")[4].GetRawText());
        Assert.Contains("Be brief.", body.GetProperty("messages")[4].GetRawText());
    }

    [Theory]
    [InlineData("max_tokens", ModelStopReason.MaxTokens)]
    [InlineData("refusal", ModelStopReason.Refusal)]
    [InlineData("end_turn", ModelStopReason.EndTurn)]
    public async Task Reasons_to_stop_are_told(string said, ModelStopReason reason)
    {
        _server.Enqueue(FakeAnswer.Text("text") with { StopReason = said });

        Assert.Equal(reason, (await AskAsync(_server, Request(OpenAi, User("Go.")))).StopReason);
    }

    [Fact]
    public async Task A_refusal_in_words_is_one()
    {
        _server.Enqueue(new FakeAnswer { Blocks = [JsonSerializer.SerializeToElement(new { type = "refusal", refusal = "I will not." })] });

        Assert.Equal(new ModelRefusal(null, "I will not."), (await AskAsync(_server, Request(OpenAi, User("Go.")))).Refusal);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""", "additionalProperties")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","minLength":1}},"required":["a"],"additionalProperties":false}""", "minLength")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","items":{"type":"object"}}},"required":["a"],"additionalProperties":false}""", "additionalProperties")]
    public async Task A_schema_the_service_does_not_know_is_refused(string schema, string word)
    {
        var error = await FailsAsync(_server, Request(OpenAi, User("Go.")) with { AnswerSchema = schema });

        Assert.Equal(ModelFailure.RequestFailed, error.Failure);
        Assert.Contains("Invalid schema for response_format", error.Message, StringComparison.Ordinal);
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, "rate_limit_exceeded", ModelFailure.RateLimited)]
    [InlineData(429, "insufficient_quota", ModelFailure.Billing)]
    [InlineData(503, "overloaded", ModelFailure.Overloaded)]
    [InlineData(500, "server_error", ModelFailure.Server)]
    [InlineData(400, "exceed_context_size_error", ModelFailure.ContextWindowExceeded)]
    [InlineData(404, "model_not_found", ModelFailure.RequestFailed)]
    public async Task Errors_say_whether_to_try_again(int status, string code, ModelFailure failure)
    {
        _server.Enqueue(FakeAnswer.Failing(status, code, "the reason", retryAfter: "7"));

        var error = await FailsAsync(_server, Request(OpenAi, User("Go.")));

        Assert.Equal(failure, error.Failure);
        Assert.Equal(TimeSpan.FromSeconds(7), error.RetryAfter);
        Assert.Contains("the reason", error.Message);
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_stream_that_breaks_off_is_no_answer(int events)
    {
        _server.Enqueue(Everything with { CutAfterEvents = events }, Everything with { EndAfterEvents = events }, Everything with { Error = new FakeError { Type = "server_error" }, ErrorAfterEvents = events });

        Assert.Equal(ModelFailure.Network, (await FailsAsync(_server, Request(OpenAi, User("Go.")))).Failure);
        Assert.Equal(ModelFailure.Network, (await FailsAsync(_server, Request(OpenAi, User("Go.")))).Failure);
        Assert.Equal(ModelFailure.Server, (await FailsAsync(_server, Request(OpenAi, User("Go.")))).Failure);
    }

    [Fact]
    public async Task A_key_is_told_to_nobody()
    {
        _server.Enqueue(FakeAnswer.Failing(400, "invalid_request_error", $"you sent {_server.Key}"));

        Assert.DoesNotContain(_server.Key, (await FailsAsync(_server, Request(OpenAi, User("Go.")))).ToString());
    }
}
