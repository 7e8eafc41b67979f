using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Reverie.Testing.Models;

namespace Reverie.Tests.Inference;

/// <summary>The fake service refuses what the real ones refuse: otherwise what passes here proves nothing.</summary>
public sealed class FakeModelServerTests : IAsyncLifetime
{
    private const string Use = """{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"bash","input":{}}]}""";
    private const string Result = """{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"x"}]}""";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private FakeModelServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeModelServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"role":"assistant","content":"hi"}""", "first message must use the \\u0022user\\u0022 role")]
    [InlineData("""{"role":"user","content":""}""", "must be non-empty")]
    [InlineData("""{"role":"user","content":[{"type":"text","text":" "}]}""", "non-whitespace")]
    [InlineData("""{"role":"user","content":[]}""", "non-empty content")]
    [InlineData("""{"role":"user","content":"a"},{"role":"assistant","content":"b"}""", "prefill")]
    [InlineData("""{"role":"user","content":"a"},""" + Use + """,{"role":"user","content":"b"}""", "without `tool_result`")]
    [InlineData("""{"role":"user","content":"a"},""" + Result, "unexpected `tool_use_id`")]
    [InlineData("""{"role":"user","content":"a"},""" + Use + """,{"role":"user","content":[{"type":"text","text":"x"},{"type":"tool_result","tool_use_id":"t1"}]}""", "must come first")]
    [InlineData("""{"role":"user","content":"a"},""" + Use + """,{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","is_error":true}]}""", "content cannot be empty")]
    [InlineData("""{"role":"user","content":"a"},{"role":"assistant","content":[{"type":"thinking","thinking":"x","signature":"forged"}]},{"role":"user","content":"b"}""", "Invalid `signature`")]
    [InlineData("""{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/bmp","data":"AQID"}}]}""", "media_type")]
    [InlineData("""{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"?"}}]}""", "base64")]
    [InlineData("""{"role":"user","content":[{"type":"text","text":"a","extra":1}]}""", "Extra inputs are not permitted")]
    [InlineData("""{"role":"user","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":"a","cache_control":{"type":"ephemeral"}}]}""", "maximum of 4")]
    [InlineData("""{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"system","content":"c"}""", "must immediately follow")]
    public async Task The_messages_api_refuses_what_it_refuses(string messages, string expected)
    {
        var (status, body) = await PostAsync("/v1/messages", $$"""{"model":"claude-opus-5","max_tokens":10,"stream":true,"messages":[{{messages}}]}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("invalid_request_error", body);
        Assert.Contains(expected, body.Replace("\\u0060", "`"));
    }

    [Theory]
    [InlineData("""{"model":"claude-opus-5","stream":true,"messages":[{"role":"user","content":"a"}]}""", HttpStatusCode.BadRequest, "max_tokens: Field required")]
    [InlineData("""{"model":"claude-opus-5","max_tokens":1,"stream":true,"surprise":1,"messages":[{"role":"user","content":"a"}]}""", HttpStatusCode.BadRequest, "surprise: Extra inputs")]
    [InlineData("""{"model":"gpt","max_tokens":1,"stream":true,"messages":[{"role":"user","content":"a"}]}""", HttpStatusCode.NotFound, "not_found_error")]
    [InlineData("{", HttpStatusCode.BadRequest, "not valid JSON")]
    public async Task Fields_are_checked(string body, HttpStatusCode status, string expected)
    {
        var answer = await PostAsync("/v1/messages", body);

        Assert.Equal(status, answer.Status);
        Assert.Contains(expected, answer.Body);
    }

    [Fact]
    public async Task Thinking_that_is_dropped_before_a_call_is_missed()
    {
        _server.Enqueue(new FakeAnswer { Blocks = [FakeAnswer.Thinking("thought", "s"), FakeAnswer.ToolUse("t1", "bash", new { })] });
        await PostAsync("/v1/messages", """{"model":"claude-opus-5","max_tokens":10,"stream":true,"messages":[{"role":"user","content":"a"}]}""");

        var (status, body) = await PostAsync("/v1/messages", $$"""{"model":"claude-opus-5","max_tokens":10,"stream":true,"messages":[{"role":"user","content":"a"},{{Use}},{{Result}}]}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("must start with a thinking block", body);
    }

    [Theory]
    [InlineData("""{"role":"tool","tool_call_id":"x","content":"y"}""", "must be a response to a preceeding message")]
    [InlineData("""{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]}""", "did not have response messages: a")]
    [InlineData("""{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{"}}]}""", "not valid JSON")]
    [InlineData("""{"role":"user","content":null}""", "expected a string")]
    [InlineData("""{"role":"wizard","content":"x"}""", "Invalid value")]
    public async Task Chat_completions_refuse_what_they_refuse(string message, string expected)
    {
        var (status, body) = await PostAsync("/v1/chat/completions", $$"""{"model":"m","stream":true,"messages":[{"role":"user","content":"a"},{{message}}]}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(expected, body);
    }

    [Fact]
    public async Task As_a_process_it_is_told_and_asked_over_http()
    {
        var told = await _http.PostAsJsonAsync($"{_server.Url}/control/answers", new[] { new { match = "weather", blocks = new[] { new { type = "text", text = "Rain." } } } }, Asking.Token);
        var other = await PostAsync("/v1/messages", """{"model":"claude-opus-5","max_tokens":10,"stream":true,"messages":[{"role":"user","content":"a"}]}""");
        var matching = await PostAsync("/v1/messages", """{"model":"claude-opus-5","max_tokens":10,"stream":true,"messages":[{"role":"user","content":"the weather"}]}""");
        var received = await _http.GetFromJsonAsync<JsonElement>($"{_server.Url}/control/requests", Asking.Token);
        await _http.DeleteAsync($"{_server.Url}/control", Asking.Token);

        Assert.Equal(HttpStatusCode.OK, told.StatusCode);
        Assert.DoesNotContain("Rain.", other.Body);
        Assert.Contains("Rain.", matching.Body);
        Assert.Equal(2, received.GetArrayLength());
        Assert.Empty(_server.Requests);
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _server.Url + path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("authorization", $"Bearer {_server.Key}");
        request.Headers.TryAddWithoutValidation("anthropic-version", "2023-06-01");
        using var response = await _http.SendAsync(request, Asking.Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Asking.Token));
    }
}
