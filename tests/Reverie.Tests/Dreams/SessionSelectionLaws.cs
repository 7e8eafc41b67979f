using FsCheck;
using FsCheck.Fluent;
using Reverie.Dreaming.Review;
using Reverie.Dreams.Selection;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Sessions;

namespace Reverie.Tests.Dreams;

/// <summary>What holds for the choice of sessions, whatever the sessions are.</summary>
public sealed class SessionSelectionLaws
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<SessionCandidate[]> Candidates =
        from seeds in Gen.Choose(0, int.MaxValue).ArrayOf()
        select seeds.Distinct().Select(Draw).ToArray();

    private static readonly Gen<DreamSessionFilter> Filters =
        from limit in Gen.Choose(1, 30)
        from isWeighted in Gen.Elements(true, false)
        from seed in Gen.Choose(0, 1000)
        from weight in Gen.Elements(0.5, 1.0, 3.0, 40.0)
        from result in Gen.Elements("", "satisfied", "none")
        from errors in Gen.Elements<int?>(null, 0, 2)
        from days in Gen.Elements<int?>(null, 10, 40)
        from isNew in Gen.Elements(true, false)
        select Filter(limit, isWeighted, seed, weight, result, errors, days, isNew);

    private static DreamSessionFilter Any { get; } = new()
    {
        Agents = [],
        CreatedAt = null,
        EndedAt = null,
        Metadata = new Dictionary<string, string>(),
        Sources = [],
        OutcomeResults = [],
        ScoreMin = null,
        ErrorsMin = null,
        ErrorsMax = null,
        ExcludeSuspect = false,
        ExcludeImported = false,
        ExcludeSessionIds = [],
        MemoryStoreId = null,
        NotDreamtByStore = null,
        IncludeArchived = false,
        Limit = 10_000,
        Sampling = SessionSampling.Newest,
        Seed = 0,
        GradedWeight = 3,
    };

    [Fact]
    public void The_same_sessions_in_any_order_give_the_same_choice() => Holds(static (filter, all) =>
        Ids(SessionSelection.Of(filter, all, Now)).SequenceEqual(Ids(SessionSelection.Of(filter, all.Reverse(), Now))));

    [Fact]
    public void At_most_the_limit_is_chosen_and_all_of_fewer() => Holds(static (filter, all) =>
        SessionSelection.Of(filter, all, Now) is var choice && choice.Chosen.Count == Math.Min(filter.Limit, choice.Matched));

    [Fact]
    public void What_is_excluded_is_never_chosen() => Holds(static (filter, all) =>
    {
        var excluded = all.Where(static (_, i) => i % 2 == 0).Select(static c => c.Id).ToList();
        return !Ids(SessionSelection.Of(filter with { ExcludeSessionIds = excluded }, all, Now)).Intersect(excluded, StringComparer.Ordinal).Any();
    });

    [Fact]
    public void Every_chosen_session_meets_every_condition() => Holds(static (filter, all) => SessionSelection.Of(filter, all, Now).Chosen.All(c =>
        (filter.OutcomeResults.Count == 0 || filter.OutcomeResults[0] == c.Result)
        && (filter.ErrorsMin is null || c.Signs?.Errors >= filter.ErrorsMin)
        && (filter.CreatedAt is null || c.CreatedAt >= Now.AddDays(-filter.CreatedAt.LastDays!.Value))
        && (filter.NotDreamtByStore is null || c.IsNew)));

    [Fact]
    public void A_limit_that_grows_only_adds() => Holds(static (filter, all) =>
        Ids(SessionSelection.Of(filter, all, Now)).SequenceEqual(Ids(SessionSelection.Of(filter with { Limit = filter.Limit + 3 }, all, Now)).Take(filter.Limit)));

    [Fact]
    public void More_weight_never_lowers_the_share_of_judged_sessions() => Holds(static (filter, all) =>
    {
        var drawn = filter with { Sampling = SessionSampling.Weighted };
        return Share(drawn with { GradedWeight = drawn.GradedWeight * 2 }) >= Share(drawn);

        int Share(DreamSessionFilter by) => SessionSelection.Of(by, all, Now).Chosen.Count(static c => c.IsGraded);
    });

    [Fact]
    public void Weights_raise_the_share_as_much_as_they_say()
    {
        var all = Enumerable.Range(0, 3000).Select(static i => Draw(i) with { Outcome = i % 2 == 0 ? new SessionOutcome(true, null, null) : null, Evaluations = [] }).ToArray();
        var choice = SessionSelection.Of(Any with { Sampling = SessionSampling.Weighted, Limit = 150, Seed = 1 }, all, Now).Chosen;

        Assert.InRange(choice.Count(static c => c.IsGraded), 95, 130);
    }

    private static DreamSessionFilter Filter(int limit, bool isWeighted, int seed, double weight, string result, int? errors, int? days, bool isNew) => Any with
    {
        Limit = limit,
        Sampling = isWeighted ? SessionSampling.Weighted : SessionSampling.Newest,
        Seed = seed,
        GradedWeight = weight,
        OutcomeResults = result.Length == 0 ? [] : [result],
        ErrorsMin = errors,
        CreatedAt = days is null ? null : new SessionTimes { Gte = null, Lt = null, LastDays = days },
        NotDreamtByStore = isNew ? "memstore_1" : null,
    };

    private static IEnumerable<string> Ids(SessionSelection selection) => selection.Chosen.Select(static c => c.Id);

    private static void Holds(Func<DreamSessionFilter, SessionCandidate[], bool> law) => Prop.ForAll((from f in Filters from c in Candidates select (f, c)).ToArbitrary(), x => law(x.f, x.c))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(new Replay(new Rnd(20_260_101, 0x9E3779B97F4A7C15), null)));

    private static SessionCandidate Draw(int seed)
    {
        var random = new Random(seed);
        var begun = Now.AddHours(-random.Next(2000));
        return new SessionCandidate
        {
            Id = $"sesn_{seed}",
            Agent = $"agent-{random.Next(3)}",
            Source = "test",
            CreatedAt = begun,
            EndedAt = begun.AddMinutes(random.Next(600)),
            ChangedAt = begun.AddDays(1),
            EventCount = random.Next(1, 100),
            NextSeq = 100,
            Metadata = new Dictionary<string, string>(),
            Outcome = random.Next(3) switch { 0 => new SessionOutcome(true, random.NextDouble(), null), 1 => new SessionOutcome(false, null, null), _ => null },
            Evaluations = [],
            IsNew = random.Next(2) == 0,
            Signs = random.Next(5) == 0 ? null : new SessionSigns(random.Next(4), random.Next(2)),
        };
    }
}
