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
    [InlineData("vet", 21)]
    [InlineData("podcast", 22)]
    [InlineData("harbour", 23)]
    public async Task Tokens_cost_and_requests_are_foretold_to_a_quarter(string place, int seed)
    {
        var dream = new ModelDream(place, seed);
        await using var server = await ModelDream.ServiceAsync("good");

        var forecast = await dream.ForecastAsync(DreamCaps.None, ModelHabits.Usual);
        var report = (await dream.RunAsync(ModelDream.Model(server))).Report;

        Near(server.Requests.Count, forecast.Requests);
        Near(ModelDream.Sum(report.Usage), ModelDream.Sum(forecast.Usage));
        Near(report.Usage.InputTokens, forecast.Usage.InputTokens);
        Near(report.Usage.OutputTokens, forecast.Usage.OutputTokens);
        Near(report.Usage.CacheReadInputTokens, forecast.Usage.CacheReadInputTokens);
        Near(report.Usage.CacheCreationInputTokens, forecast.Usage.CacheCreationInputTokens);
        Near((double)report.CostUsd!.Value, (double)forecast.CostUsd!.Value);
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

    [Fact]
    public async Task Explore()
    {
        foreach (var (place, seed, sessions) in new[] { ("vet", 21, 10), ("podcast", 22, 40), ("harbour", 23, 150), ("ski", 24, 500), ("lawfirm", 25, 2000) })
            foreach (var (mode, id, tokens) in new[] { ("good", "claude-haiku-5-5", 0L), ("good", "claude-opus-4-5", 0L), ("good", "openai/some-model", 0L), ("good", "claude-haiku-5-5", 60_000L), ("sloppy", "claude-haiku-5-5", 0L), ("over-long", "claude-haiku-5-5", 0L), ("malformed", "openai/some-model", 0L) })
            {
                var caps = tokens == 0 ? DreamCaps.None : new DreamCaps(tokens, null);
                await using var server = await ModelDream.ServiceAsync(mode);
                var tally = new Tally();
                await new ModelDream("bakery", 40, 100).RunAsync(ModelDream.Model(server, answers: tally, id: id));
                server.Forget();
                var dream = new ModelDream(place, seed, sessions);
                var first = await dream.ForecastAsync(caps, ModelHabits.Usual, id: id);
                var learned = await dream.ForecastAsync(caps, ModelHabits.Of(tally.Past), id: id);
                var model = ModelDream.Model(server, caps, id: id);
                var report = (await dream.RunAsync(model)).Report;
                var used = ModelDream.Sum(report.Usage);
                TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant($"{place,-8} {sessions,5} {mode,-10} {id,-18} {tokens,6}: requests {model.Requests,3} {(double)first.Requests / model.Requests:0.00} {(double)learned.Requests / model.Requests:0.00}; tokens {used,7} {(double)ModelDream.Sum(first.Usage) / used:0.00} {(double)ModelDream.Sum(learned.Usage) / used:0.00}; out {(double)first.Usage.OutputTokens / report.Usage.OutputTokens:0.00} {(double)learned.Usage.OutputTokens / report.Usage.OutputTokens:0.00}; cost {(report.CostUsd is { } c && c > 0 ? (double)(first.CostUsd!.Value / c) : 0):0.00} {(report.CostUsd is { } d && d > 0 ? (double)(learned.CostUsd!.Value / d) : 0):0.00}"));
            }
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
