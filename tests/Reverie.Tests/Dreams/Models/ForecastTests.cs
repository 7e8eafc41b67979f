using System.Runtime.CompilerServices;
using Reverie.Dreaming.Models;
using Reverie.Dreams.Models;
using Reverie.Inference;
using Reverie.Protocol.Dreams;

namespace Reverie.Tests.Dreams.Models;

/// <summary>What a forecast says against what the dream then takes of a service that answers well.</summary>
public sealed class ForecastTests
{
    private const double Tolerance = 0.25;

    [Theory]
    [InlineData("vet", 21, 10, ModelDream.Claude)]
    [InlineData("podcast", 22, 40, "claude-opus-4-5")]
    [InlineData("harbour", 23, 150, ModelDream.Claude)]
    [InlineData("ski", 24, 500, "claude-sonnet-5")]
    [InlineData("lawfirm", 25, 1000, "openai/some-model")]
    public async Task Tokens_cost_and_requests_are_foretold_to_a_quarter(string place, int seed, int sessions, string id)
    {
        var dream = new ModelDream(place, seed, sessions);
        await using var server = await ModelDream.ServiceAsync("good");

        var forecast = await dream.ForecastAsync(DreamCaps.None, ModelHabits.Usual, id: id);
        var report = (await dream.RunAsync(ModelDream.Model(server, id: id))).Report;

        Near(server.Requests.Count, forecast.Requests);
        Near(ModelDream.Sum(report.Usage), ModelDream.Sum(forecast.Usage));
        Near(report.Usage.InputTokens, forecast.Usage.InputTokens);
        Near(report.Usage.OutputTokens, forecast.Usage.OutputTokens);
        Near(report.Usage.CacheReadInputTokens, forecast.Usage.CacheReadInputTokens);
        Near(report.Usage.CacheCreationInputTokens, forecast.Usage.CacheCreationInputTokens);
        Assert.Equal(report.CostUsd is null, forecast.CostUsd is null);
        Near((double)(report.CostUsd ?? 0), (double)(forecast.CostUsd ?? 0));
        Assert.Equal(report.Inputs, forecast.Inputs);
        Assert.False(forecast.ReachesBudget);
    }

    [Theory]
    [InlineData(30_000, null)]
    [InlineData(null, 0.003)]
    public async Task A_budget_that_is_too_small_shows_in_the_forecast(int? tokens, double? cost)
    {
        var dream = new ModelDream("vet", 21);
        var caps = new DreamCaps(tokens, (decimal?)cost);
        await using var server = await ModelDream.ServiceAsync("good");
        var model = ModelDream.Model(server, caps);

        var forecast = await dream.ForecastAsync(caps, ModelHabits.Usual);
        var report = (await dream.RunAsync(model)).Report;

        Assert.True(forecast.ReachesBudget);
        Assert.True(model.HasReachedBudget);
        Near(ModelDream.Sum(report.Usage), ModelDream.Sum(forecast.Usage));
    }

    [Fact]
    public async Task What_a_model_did_lately_says_how_long_it_will_take_and_how_many_tokens()
    {
        var dream = new ModelDream("vet", 21);
        var clock = new StoppedClock();
        await using var server = await ModelDream.ServiceAsync("good");
        var answers = new Tally();
        await dream.RunAsync(ModelDream.Model(server, answers: answers, clock: clock, around: p => new Slow(p, clock)), clock);

        var forecast = await dream.ForecastAsync(DreamCaps.None, ModelHabits.Of(answers.Past), clock);
        var report = (await dream.RunAsync(ModelDream.Model(server, clock: clock, around: p => new Slow(p, clock)), clock)).Report;

        Near(report.DurationMs, forecast.DurationMs);
        Near(ModelDream.Sum(report.Usage), ModelDream.Sum(forecast.Usage));
    }

    [Theory]
    [InlineData("podcast", 22, 40, "sloppy", ModelDream.Claude)]
    [InlineData("harbour", 23, 150, "sloppy", ModelDream.Claude)]
    [InlineData("vet", 21, 10, "over-long", ModelDream.Claude)]
    [InlineData("harbour", 23, 150, "over-long", "claude-opus-4-5")]
    [InlineData("ski", 24, 500, "malformed", "openai/some-model")]
    public async Task A_model_that_answers_badly_is_known_by_its_last_dream(string place, int seed, int sessions, string mode, string id)
    {
        await using var server = await ModelDream.ServiceAsync(mode);
        var answers = new Tally();
        await new ModelDream("bakery", 40, 100).RunAsync(ModelDream.Model(server, answers: answers, id: id));
        var dream = new ModelDream(place, seed, sessions);

        var forecast = await dream.ForecastAsync(DreamCaps.None, ModelHabits.Of(answers.Past), id: id);
        var model = ModelDream.Model(server, id: id);
        var report = (await dream.RunAsync(model)).Report;

        Near(model.Requests, forecast.Requests);
        Near(ModelDream.Sum(report.Usage), ModelDream.Sum(forecast.Usage));
        Assert.Equal(report.CostUsd is null, forecast.CostUsd is null);
        Near((double)(report.CostUsd ?? 0), (double)(forecast.CostUsd ?? 0));
    }

    [Fact]
    public async Task The_built_in_dreamer_takes_nothing()
    {
        var forecast = await new ModelDream("vet", 21).ForecastAsync(DreamCaps.None, ModelHabits.Usual, id: "reverie/local");

        Assert.Equal(("reverie/local", 0, 0m, DreamUsage.None), (forecast.Model, forecast.Requests, forecast.CostUsd, forecast.Usage));
    }

    private static void Near(double actual, double foretold) => Assert.InRange(foretold, actual * (1 - Tolerance), actual * (1 + Tolerance));

    /// <summary>Stands still until it is moved.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Move(TimeSpan by) => _ticks += by.Ticks;
    }

    /// <summary>Takes four seconds, and thirty milliseconds a token.</summary>
    private sealed class Slow(IModelProvider provider, StoppedClock clock) : IModelProvider
    {
        public async IAsyncEnumerable<ModelUpdate> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var update in provider.StreamAsync(request, cancellationToken))
            {
                if (update is ModelCompleted whole) clock.Move(TimeSpan.FromSeconds(4) + whole.Response.Usage.OutputTokens * TimeSpan.FromMilliseconds(30));
                yield return update;
            }
        }
    }

    /// <summary>Sums up what was answered.</summary>
    private sealed class Tally : IDreamAnswers
    {
        private readonly AnswersInMemory _inner = new();
        private readonly Dictionary<string, RequestSize> _sizes = [];

        private readonly List<PastAnswers> _past = [];

        public IReadOnlyList<PastAnswers> Past => [.. _past.GroupBy(static p => p.Step).Select(static g => g.Aggregate(static (a, b) => new PastAnswers(a.Step, a.Answers + b.Answers, a.Repairs + b.Repairs, a.UnreadableRepairs + b.UnreadableRepairs,
            a.RequestBytes + b.RequestBytes, a.InputTokens + b.InputTokens, a.TypicalBytes + b.TypicalBytes, a.OutputTokens + b.OutputTokens, a.Duration + b.Duration)))];

        public ValueTask<KeptRequest?> FindAsync(string request, CancellationToken cancellationToken) => _inner.FindAsync(request, cancellationToken);

        public ValueTask BeginAsync(string request, RequestSize size, CancellationToken cancellationToken)
        {
            _sizes[request] = size;
            return _inner.BeginAsync(request, size, cancellationToken);
        }

        public ValueTask WithdrawAsync(string request, CancellationToken cancellationToken) => _inner.WithdrawAsync(request, cancellationToken);

        public ValueTask KeepAsync(string request, KeptAnswer answer, CancellationToken cancellationToken)
        {
            var size = _sizes[request];
            var isLost = size.IsRepair && !new DreamAnswer(answer.Text, answer.IsCut).IsReadable;
            _past.Add(new PastAnswers(size.Step, 1, size.IsRepair ? 1 : 0, isLost ? 1 : 0, size.RequestBytes, answer.Usage.AllInputTokens, size.TypicalBytes, answer.Usage.OutputTokens, answer.Duration));
            return _inner.KeepAsync(request, answer, cancellationToken);
        }
    }
}
