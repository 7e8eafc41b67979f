using System.Runtime.CompilerServices;
using Reverie.Dreams.Models;
using Reverie.Inference;
using Reverie.Testing.Models;

namespace Reverie.Tests.Dreams.Models;

/// <summary>Asking within a budget, with answers that are kept and providers that fail.</summary>
public sealed class AskedModelTests
{
    private readonly ModelDream _dream = new("vet", 21);

    [Fact]
    public async Task A_dream_that_is_begun_again_pays_for_nothing_twice()
    {
        await using var server = await ModelDream.ServiceAsync("good");
        var answers = new AnswersInMemory();

        var first = await _dream.RunAsync(ModelDream.Model(server, answers: answers));
        var asked = server.Requests.Count;
        var second = await _dream.RunAsync(ModelDream.Model(server, answers: answers));

        Assert.Equal(asked, server.Requests.Count);
        Assert.Equal(ModelDream.Plain(first.Report), ModelDream.Plain(second.Report));
        Assert.Equal(first.Memory.Texts, second.Memory.Texts);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task A_dream_that_dies_between_two_requests_goes_on_with_the_next(int answered)
    {
        await using var whole = await ModelDream.ServiceAsync("good");
        var undisturbed = await _dream.RunAsync(ModelDream.Model(whole));
        await using var server = await ModelDream.ServiceAsync("good");
        var answers = new AnswersInMemory();

        await Assert.ThrowsAsync<ProcessDied>(() => _dream.RunAsync(ModelDream.Model(server, answers: answers, around: p => new Dying(p, answered))));
        var model = ModelDream.Model(server, answers: answers);
        var result = await _dream.RunAsync(model);

        Assert.Equal(whole.Requests.Count, server.Requests.Count);
        Assert.Equal(whole.Requests.Count, server.Requests.Select(static r => r.Body.GetRawText()).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(undisturbed.Memory.Texts, result.Memory.Texts);
        Assert.Equal(ModelDream.Plain(undisturbed.Report with { CostUsd = null }), ModelDream.Plain(result.Report with { CostUsd = null }));
        // The one on its way when the process died may have been paid for.
        Assert.True(result.Report.CostUsd > undisturbed.Report.CostUsd);
    }

    [Fact]
    public async Task A_provider_that_is_busy_is_asked_again_and_nothing_shows()
    {
        await using var server = await ModelDream.ServiceAsync("good");
        server.Enqueue(FakeAnswer.Failing(529, "overloaded_error", "Overloaded"), FakeAnswer.Failing(429, "rate_limit_error", "Slow down"));

        var result = await _dream.RunAsync(ModelDream.Model(server, clock: new InstantClock()));

        Assert.DoesNotContain(result.Report.Refused, static r => r.Reason.Contains("could not be asked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stream_that_breaks_off_is_asked_again_and_counted_as_paid_for()
    {
        await using var server = await ModelDream.ServiceAsync("good");
        server.Enqueue(FakeAnswer.Text("{}") with { CutAfterEvents = 3 });
        await using var whole = await ModelDream.ServiceAsync("good");
        var undisturbed = await _dream.RunAsync(ModelDream.Model(whole));

        var result = await _dream.RunAsync(ModelDream.Model(server, clock: new InstantClock()));

        Assert.Equal(undisturbed.Memory.Texts, result.Memory.Texts);
        Assert.True(result.Report.CostUsd > undisturbed.Report.CostUsd);
    }

    [Theory]
    [InlineData(401, "authentication_error", 1)]
    [InlineData(402, "billing_error", 1)]
    [InlineData(500, "api_error", 6)]
    public async Task A_provider_that_cannot_be_asked_ends_the_models_part_and_not_the_dream(int status, string type, int requests)
    {
        await using var server = await ModelDream.ServiceAsync("good");
        server.Respond = _ => FakeAnswer.Failing(status, type, "no");
        var plain = await _dream.RunAsync(null);

        var result = await _dream.RunAsync(ModelDream.Model(server, clock: new InstantClock()));

        Assert.Equal(requests, server.Requests.Count);
        Assert.Equal(plain.Memory.Texts, result.Memory.Texts);
        Assert.Equal((0, 0m), (ModelDream.Sum(result.Report.Usage), result.Report.CostUsd));
        Assert.Contains(result.Report.Refused, static r => r.Reason.Contains("could not be asked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_that_is_refused_leaves_the_others_alone()
    {
        await using var server = await ModelDream.ServiceAsync("good");
        server.Enqueue(FakeAnswer.Failing(400, "invalid_request_error", "prompt is too long: 9 tokens > 8 maximum"));

        var result = await _dream.RunAsync(ModelDream.Model(server));

        Assert.True(server.Requests.Count > 2);
        Assert.Single(result.Report.Refused, static r => r.Reason.Contains("could not be asked", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ModelDream.Claude, "output_config")]
    [InlineData("openai/some-model", "response_format")]
    public async Task Answers_are_kept_to_one_schema_where_the_provider_can(string id, string field)
    {
        await using var server = await ModelDream.ServiceAsync("good");

        await _dream.RunAsync(ModelDream.Model(server, id: id));

        Assert.All(server.Requests, static r => Assert.Null(r.Refused));
        Assert.Contains("\"json_schema\"", Assert.Single(server.Requests.Select(r => r.Body.GetProperty(field).GetRawText()).Distinct(StringComparer.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ModelDream.Claude, "output_config")]
    [InlineData("openai/some-model", "response_format")]
    public async Task A_service_that_refuses_the_schema_is_asked_without_and_nothing_is_lost(string id, string field)
    {
        await using var whole = await ModelDream.ServiceAsync("good");
        var undisturbed = await _dream.RunAsync(ModelDream.Model(whole, id: id));
        await using var server = await ModelDream.ServiceAsync("good");
        var mind = server.Respond!;
        server.Respond = body => HasSchema(body) ? FakeAnswer.Failing(400, "invalid_request_error", $"{field}: Extra inputs are not permitted") : mind(body);
        var answers = new AnswersInMemory();

        var result = await _dream.RunAsync(ModelDream.Model(server, answers: answers, id: id));
        var again = await _dream.RunAsync(ModelDream.Model(server, answers: answers, id: id));

        Assert.Equal(undisturbed.Memory.Texts, result.Memory.Texts);
        Assert.Equal(undisturbed.Memory.Texts, again.Memory.Texts);
        // Once for each dream that begins: what is refused costs nothing.
        Assert.Equal(2, server.Requests.Count(r => HasSchema(r.Body)));
        Assert.Equal(whole.Requests.Count, server.Requests.Count(r => !HasSchema(r.Body)));
        Assert.InRange(ModelDream.Sum(result.Report.Usage), 1, ModelDream.Sum(undisturbed.Report.Usage));
        Assert.Equal(result.Report.CostUsd, again.Report.CostUsd);

        bool HasSchema(System.Text.Json.JsonElement body) => body.TryGetProperty(field, out var found) && found.GetRawText().Contains("json_schema", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_shared_beginning_is_paid_once()
    {
        await using var server = await ModelDream.ServiceAsync("good");

        var result = await _dream.RunAsync(ModelDream.Model(server));

        var usage = result.Report.Usage;
        var shared = server.Requests.Where(static r => r.Body.GetProperty("messages")[0].GetProperty("content").GetArrayLength() == 2).ToList();
        Assert.True(shared.Count > 1);
        Assert.InRange(usage.CacheReadInputTokens, (shared.Count - 1) * usage.CacheCreationInputTokens, server.Requests.Count * usage.CacheCreationInputTokens);
    }

    [Fact]
    public async Task A_compatible_endpoint_that_tells_no_usage_is_counted_by_the_most_it_can_have_taken()
    {
        await using var server = await ModelDream.ServiceAsync("good");
        var mind = server.Respond!;
        server.Respond = body => mind(body) is { } answer ? answer with { Quirks = ["no_usage"] } : null;

        var result = await _dream.RunAsync(ModelDream.Model(server, new DreamCaps(40_000, null), id: "openai/some-model"));

        Assert.InRange(server.Requests.Sum(static r => r.Body.GetRawText().Length / 4), 1, 40_000);
        Assert.Contains(result.Report.Refused, static r => r.Reason.Contains("budget of 40000 tokens", StringComparison.Ordinal));
        Assert.Null(result.Report.CostUsd);
    }

    [Fact]
    public async Task A_model_that_is_gone_when_the_dream_begins_is_done_without()
    {
        var plain = await _dream.RunAsync(null);

        var result = await _dream.RunAsync(new AbsentModel("claude-opus-5", "needs a key"));

        Assert.Equal(plain.Memory.Texts, result.Memory.Texts);
        Assert.Equal("claude-opus-5", result.Report.Model);
        Assert.Contains(result.Report.Refused, static r => r.Reason.Contains("needs a key", StringComparison.Ordinal));
    }

    private sealed class ProcessDied : Exception;

    /// <summary>Ends the process when it is asked once more than it may.</summary>
    private sealed class Dying(IModelProvider provider, int requests) : IModelProvider
    {
        private int _left = requests;

        public async IAsyncEnumerable<ModelUpdate> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (_left-- == 0) throw new ProcessDied();
            await foreach (var update in provider.StreamAsync(request, cancellationToken)) yield return update;
        }
    }

    /// <summary>Whatever waits has waited.</summary>
    private sealed class InstantClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.FromMilliseconds(1), period);
    }
}
