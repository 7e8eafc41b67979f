using System.Text.Json;
using Reverie.Inference;
using Reverie.Testing.Models;
using static Reverie.Tests.Inference.Asking;

namespace Reverie.Tests.Inference;

public sealed class MessagesProviderTests : IAsyncLifetime
{
    private static readonly string Picture = Convert.ToBase64String([1, 2, 3]);

    private FakeModelServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeModelServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static FakeAnswer Everything => new()
    {
        Blocks =
        [
            FakeAnswer.Thinking("First the directory — then the rest 🗂.", "sig-1"),
            FakeAnswer.RedactedThinking("redacted-1"),
            FakeAnswer.TextBlock("Ich schaue nach: 日本語 🎉.\n\nTwo calls."),
            FakeAnswer.ToolUse("toolu_1", "bash", new { command = "ls -la \"a b\" 🎉", deep = new { list = new[] { 1, 2 } } }),
            FakeAnswer.ToolUse("toolu_2", "pwd", new { }),
        ],
        Usage = JsonSerializer.SerializeToElement(new { input_tokens = 11, output_tokens = 22, cache_read_input_tokens = 33, cache_creation_input_tokens = 44, cache_creation = new { ephemeral_5m_input_tokens = 40, ephemeral_1h_input_tokens = 4 } }),
    };

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 7)]
    [InlineData(5, 64)]
    [InlineData(17, 1000)]
    [InlineData(4096, 0)]
    public async Task However_it_is_cut_an_answer_is_the_same(int chunkChars, int writeBytes)
    {
        _server.Enqueue(Everything with { ChunkChars = chunkChars, WriteBytes = writeBytes });

        var response = await AskAsync(_server, Request(Claude, User("Go.")));

        Assert.Equal(
        [
            new ThinkingBlock("First the directory — then the rest 🗂.", "sig-1"),
            new RedactedThinkingBlock("redacted-1"),
            new TextBlock("Ich schaue nach: 日本語 🎉.\n\nTwo calls."),
            new ToolUseBlock("toolu_1", "bash", Everything.Blocks[3].GetProperty("input").GetRawText()),
            new ToolUseBlock("toolu_2", "pwd", "{}"),
        ], response.Blocks);
        Assert.Equal(ModelStopReason.ToolUse, response.StopReason);
        Assert.Equal(new ModelUsage { InputTokens = 11, OutputTokens = 22, CacheReadInputTokens = 33, CacheCreation5mInputTokens = 40, CacheCreation1hInputTokens = 4 }, response.Usage);
    }

    [Fact]
    public async Task What_was_thought_and_called_goes_back_as_it_was()
    {
        _server.Enqueue(Everything);
        var first = await AskAsync(_server, Request(Claude, User("Go.")));

        var second = await AskAsync(_server, Request(Claude, User("Go."), Assistant([.. ModelBlocksJson.Read(ModelBlocksJson.Write(first.Blocks))]),
            User(Result("toolu_1", "a"), new ToolResultBlock("toolu_2", [], IsError: true))));

        Assert.Equal([new TextBlock("ok")], second.Blocks);
    }

    [Fact]
    public async Task Every_kind_of_block_is_taken()
    {
        _server.Enqueue(new FakeAnswer { Blocks = [FakeAnswer.ToolUse("toolu_1", "bash", new { command = "x" })] });
        await AskAsync(_server, Request(Claude, User("Go.")));
        ModelBlock[] content =
        [
            new TextBlock("text"), new TextBlock("  \n"), new ImageBlock(new Base64Source("image/png", Picture)), new ImageBlock(new UrlSource("https://example.com/a.png")),
            new DocumentBlock(new Base64Source("application/pdf", Picture), "title", "context"), new DocumentBlock(new PlainTextSource("plain"), null, null),
            new DocumentBlock(new UrlSource("https://example.com/a.pdf"), null, null), new SearchResultBlock("https://example.com", "title", ["found"], IsCitable: true),
        ];

        var response = await AskAsync(_server, Request(Claude, User(content), Assistant(new TextBlock(""), new ToolUseBlock("toolu_1", "bash", """{"command":"x"}""")),
            User(new TextBlock("and more"), new ToolResultBlock("toolu_1", content, IsError: true))) with
        { System = "system", SystemNotes = ["note"], Tools = [new ModelTool("bash", "runs", Schema), new ModelTool("read", "reads", Schema)] });

        Assert.Equal([new TextBlock("ok")], response.Blocks);
        Assert.Equal("system\n\nnote", _server.Requests[^1].Body.GetProperty("system")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_turn_later_everything_before_is_read_from_the_cache()
    {
        var tools = new[] { new ModelTool("bash", "runs commands", Schema) };
        List<ModelMessage> messages = [User(new string('a', 4000))];
        var request = Request(Claude) with { System = new string('s', 4000), Tools = tools, Messages = messages };
        var first = (await AskAsync(_server, request)).Usage;
        for (var turn = 0; turn < 4; turn++)
        {
            _server.Enqueue(new FakeAnswer { Blocks = [FakeAnswer.ToolUse($"toolu_{turn}", "bash", new { command = $"{turn}" })] });
            var called = await AskAsync(_server, request);
            messages.AddRange([Assistant([.. called.Blocks]), User(Result($"toolu_{turn}", new string('r', 400)))]);
        }

        var last = (await AskAsync(_server, request)).Usage;

        Assert.Equal(0, first.CacheReadInputTokens);
        Assert.InRange(first.CacheCreation5mInputTokens, 2000, 2100);
        Assert.InRange(last.CacheReadInputTokens, first.CacheCreation5mInputTokens + 300, 3000);
        Assert.InRange(last.CacheCreation5mInputTokens, 90, 200);
        Assert.Equal(0, last.InputTokens);
    }

    [Fact]
    public async Task Effort_speed_and_geography_are_asked_for()
    {
        await AskAsync(_server, Request("claude-opus-5-5", User("Go.")) with { Effort = "xhigh", Speed = "fast", InferenceGeo = "us", MaxTokens = 777 });

        var received = Assert.Single(_server.Requests);
        Assert.Equal("fast-mode-2026-02-01", received.Beta);
        Assert.Equal("xhigh", received.Body.GetProperty("output_config").GetProperty("effort").GetString());
        Assert.Equal("us", received.Body.GetProperty("inference_geo").GetString());
        Assert.Equal(777, received.Body.GetProperty("max_tokens").GetInt32());
        Assert.Equal("adaptive", received.Body.GetProperty("thinking").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("claude-opus-4-8", "system")]
    [InlineData("claude-sonnet-4-5", "user")]
    public async Task The_operator_is_heard_in_the_midst_of_a_conversation(string model, string role)
    {
        await AskAsync(_server, Request(model, User("Go."), new ModelMessage(ModelRole.System, [new TextBlock("Be brief.")])));
        await AskAsync(_server, Request(model, User("Go."), Assistant(new TextBlock("Gone.")), new ModelMessage(ModelRole.System, [new TextBlock("Be brief.")])));

        Assert.Equal(role, _server.Requests[0].Body.GetProperty("messages").EnumerateArray().Last().GetProperty("role").GetString());
        Assert.Contains("Be brief.", _server.Requests[1].Body.GetProperty("messages").EnumerateArray().Last().GetRawText());
    }

    [Theory]
    [InlineData("end_turn", ModelStopReason.EndTurn)]
    [InlineData("max_tokens", ModelStopReason.MaxTokens)]
    [InlineData("stop_sequence", ModelStopReason.StopSequence)]
    [InlineData("pause_turn", ModelStopReason.PauseTurn)]
    [InlineData("model_context_window_exceeded", ModelStopReason.ContextWindowExceeded)]
    [InlineData("something_new", ModelStopReason.EndTurn)]
    public async Task Reasons_to_stop_are_told(string said, ModelStopReason reason)
    {
        _server.Enqueue(FakeAnswer.Text("text") with { StopReason = said });

        Assert.Equal(reason, (await AskAsync(_server, Request(Claude, User("Go.")))).StopReason);
    }

    [Fact]
    public async Task A_refusal_says_why()
    {
        _server.Enqueue(new FakeAnswer { StopReason = "refusal", StopDetails = JsonSerializer.SerializeToElement(new { type = "refusal", category = "cyber", explanation = "No." }) });

        var response = await AskAsync(_server, Request(Claude, User("Go.")));

        Assert.Equal(ModelStopReason.Refusal, response.StopReason);
        Assert.Equal(new ModelRefusal("cyber", "No."), response.Refusal);
    }

    [Fact]
    public async Task A_call_that_was_cut_off_is_left_out_and_a_broken_one_is_told()
    {
        var cut = FakeAnswer.ToolUse("toolu_1", "bash", """{"command": "l""");
        _server.Enqueue(new FakeAnswer { Blocks = [FakeAnswer.TextBlock("text"), cut], StopReason = "max_tokens" }, new FakeAnswer { Blocks = [cut] });

        Assert.Equal([new TextBlock("text")], (await AskAsync(_server, Request(Claude, User("Go.")))).Blocks);
        Assert.Equal([new ToolUseBlock("toolu_1", "bash", "{}") { InvalidInput = """{"command": "l""" }], (await AskAsync(_server, Request(Claude, User("Go.")))).Blocks);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""", "additionalProperties")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","minLength":1}},"required":["a"],"additionalProperties":false}""", "minLength")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","items":{"type":"object"}}},"required":["a"],"additionalProperties":false}""", "additionalProperties")]
    public async Task A_schema_the_service_does_not_know_is_refused(string schema, string word)
    {
        var error = await FailsAsync(_server, Request(Claude, User("Go.")) with { AnswerSchema = schema });

        Assert.Equal(ModelFailure.RequestFailed, error.Failure);
        Assert.Contains("output_config.format.schema", error.Message, StringComparison.Ordinal);
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, "rate_limit_error", ModelFailure.RateLimited, true)]
    [InlineData(529, "overloaded_error", ModelFailure.Overloaded, true)]
    [InlineData(500, "api_error", ModelFailure.Server, true)]
    [InlineData(504, "timeout_error", ModelFailure.Server, true)]
    [InlineData(402, "billing_error", ModelFailure.Billing, false)]
    [InlineData(403, "permission_error", ModelFailure.Authentication, false)]
    [InlineData(404, "not_found_error", ModelFailure.RequestFailed, false)]
    [InlineData(400, "invalid_request_error", ModelFailure.RequestFailed, false)]
    public async Task Errors_say_whether_to_try_again(int status, string type, ModelFailure failure, bool isRetryable)
    {
        _server.Enqueue(FakeAnswer.Failing(status, type, "the reason", retryAfter: "7"));

        var error = await FailsAsync(_server, Request(Claude, User("Go.")));

        Assert.Equal((failure, isRetryable), (error.Failure, error.IsRetryable));
        Assert.Equal(TimeSpan.FromSeconds(7), error.RetryAfter);
        Assert.Contains("the reason", error.Message);
        Assert.Equal("req_fake", error.RequestId);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Credit_and_length_are_told_from_other_bad_requests()
    {
        _server.Enqueue(FakeAnswer.Failing(400, "invalid_request_error", "Your credit balance is too low to access the Anthropic API."));
        Assert.Equal(ModelFailure.Billing, (await FailsAsync(_server, Request(Claude, User("Go.")))).Failure);

        _server.ContextTokens = 100;
        Assert.Equal(ModelFailure.ContextWindowExceeded, (await FailsAsync(_server, Request(Claude, User(new string('x', 1000))))).Failure);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task A_stream_that_breaks_off_is_no_answer(int events)
    {
        _server.Enqueue(Everything with { CutAfterEvents = events }, Everything with { EndAfterEvents = events });

        Assert.Equal(ModelFailure.Network, (await FailsAsync(_server, Request(Claude, User("Go.")))).Failure);
        Assert.Equal(ModelFailure.Network, (await FailsAsync(_server, Request(Claude, User("Go.")))).Failure);
    }

    [Fact]
    public async Task An_error_within_a_stream_is_one()
    {
        _server.Enqueue(Everything with { Error = new FakeError { Type = "overloaded_error", Message = "Overloaded" }, ErrorAfterEvents = 4 });

        var error = await FailsAsync(_server, Request(Claude, User("Go.")));

        Assert.Equal(ModelFailure.Overloaded, error.Failure);
        Assert.Contains("Overloaded", error.Message);
    }

    [Fact]
    public async Task A_silent_provider_counts_as_lost()
    {
        _server.Enqueue(Everything with { HangAfterEvents = 4 });
        var provider = Provider(Registry(_server, silence: TimeSpan.FromMilliseconds(300)), Claude);

        var error = await Assert.ThrowsAsync<ModelException>(() => UpdatesAsync(provider, Request(Claude, User("Go."))));

        Assert.Equal(ModelFailure.Network, error.Failure);
    }

    [Fact]
    public async Task Cancelling_ends_the_stream_at_once()
    {
        _server.Enqueue(Everything with { HangAfterEvents = 6 });
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in Provider(Registry(_server), Claude).StreamAsync(Request(Claude, User("Go.")), interrupt.Token))
                if (update is ThinkingStarted) await interrupt.CancelAsync();
        });
    }

    [Fact]
    public async Task A_key_is_told_to_nobody()
    {
        const string secret = "sk-ant-very-secret-key-0123456789";
        var options = new InferenceOptions { AnthropicApiKey = secret, AnthropicBaseUrl = new Uri(_server.Url) };
        var wrong = await Assert.ThrowsAsync<ModelException>(() => UpdatesAsync(Provider(new ModelRegistry(options, TimeProvider.System), Claude), Request(Claude, User("Go."))));
        _server.Enqueue(FakeAnswer.Failing(400, "invalid_request_error", $"you sent {_server.Key}"));
        var repeated = await FailsAsync(_server, Request(Claude, User("Go.")));

        Assert.Equal(ModelFailure.Authentication, wrong.Failure);
        Assert.DoesNotContain(secret, wrong + options.ToString());
        Assert.DoesNotContain(_server.Key, repeated.ToString());
    }

    [Fact]
    public async Task A_provider_that_is_not_there_is_a_network_failure()
    {
        var options = new InferenceOptions { AnthropicApiKey = "key", AnthropicBaseUrl = new Uri("http://127.0.0.1:1") };

        var error = await Assert.ThrowsAsync<ModelException>(() => UpdatesAsync(Provider(new ModelRegistry(options, TimeProvider.System), Claude), Request(Claude, User("Go."))));

        Assert.Equal(ModelFailure.Network, error.Failure);
    }
}
