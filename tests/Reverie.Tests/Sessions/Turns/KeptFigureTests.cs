using FsCheck;
using FsCheck.Fluent;
using Reverie.Inference;
using Reverie.Sessions.Turns;

namespace Reverie.Tests.Sessions.Turns;

/// <summary>What is kept beside the log and read again, and how long a failed request waits.</summary>
public sealed class KeptFigureTests
{
    private static readonly Gen<long> Tokens = Gen.Choose(0, int.MaxValue).Select(static n => (long)n * 1000);
    private static readonly Gen<decimal> Dollars = Gen.Choose(0, int.MaxValue).Select(static n => n / 1_000_000m);
    private static readonly Gen<string?> Words = Gen.Elements("cyber", "", "\"{}\\", "ü😀", null);

    private static readonly Gen<ModelUsage> Usages = Gen.Select(Gen.ArrayOf(Tokens, 5), static t =>
        new ModelUsage { InputTokens = t[0], OutputTokens = t[1], CacheReadInputTokens = t[2], CacheCreation5mInputTokens = t[3], CacheCreation1hInputTokens = t[4] });

    private static readonly Gen<RequestNote> Notes = Gen.Select(Gen.Zip(Gen.Zip(Gen.Zip(Tokens, Dollars), Gen.Zip(Words, Words)), Gen.Zip(Gen.Choose(0, 63), Usages)), static drawn =>
    {
        var (((tokens, dollars), (category, explanation)), (flags, judged)) = drawn;
        return new RequestNote
        {
            CacheCreation1hInputTokens = tokens,
            Cost = dollars,
            Refusal = (flags & 1) == 0 ? null : new ModelRefusal(category, explanation),
            IsUnpriced = (flags & 2) != 0,
            IsSummary = (flags & 4) != 0,
            IsTooLong = (flags & 8) != 0,
            IsInterrupted = (flags & 16) != 0,
            Judged = (flags & 32) == 0 ? null : judged,
        };
    });

    [Fact]
    public void A_note_reads_as_it_was_written() => Prop.ForAll(Notes.ToArbitrary(), static note => Assert.Equal(note, note.Write() is { } json ? RequestNote.Read(json) : RequestNote.None)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(2, false, 0.25, 2.25, false)]
    [InlineData(2, false, null, 0, true)]
    [InlineData(0, true, 0.25, 0, true)]
    public void Judging_is_paid_with_the_request_and_hides_the_sum_where_a_price_is_missing(double own, bool isUnpriced, double? judging, double cost, bool isHidden)
    {
        var judged = new ModelUsage { InputTokens = 5 };
        var note = new RequestNote { Cost = (decimal)own, IsUnpriced = isUnpriced }.With(judged, (decimal?)judging);

        Assert.Equal(((decimal)cost, isHidden, judged), (note.Cost, note.IsUnpriced, note.Judged));
    }

    [Fact]
    public void What_was_not_judged_takes_no_place() => Assert.Null(RequestNote.None.With(ModelUsage.None, 0).Write());

    [Fact]
    public void A_note_of_nothing_takes_no_place() => Assert.Null(new RequestNote().Write());

    [Fact]
    public void A_cost_reads_as_it_was_written() => Prop.ForAll(Usages.ToArbitrary(), Dollars.ToArbitrary(), Gen.Elements(true, false).ToArbitrary(), static (usage, dollars, isPriced) =>
    {
        var cost = new SessionCost(usage, isPriced ? dollars : null);
        Assert.Equal(cost, SessionCost.Read(cost.Write()));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_was_used_before_anything_was_written() => Assert.Equal(SessionCost.None, SessionCost.Read(null));

    [Fact]
    public void An_hour_at_work_has_its_price_and_a_model_without_one_hides_the_sum()
    {
        Assert.Equal(1.08m, new SessionCost(ModelUsage.None, 1).Total(TimeSpan.FromHours(1)));
        Assert.Null(new SessionCost(ModelUsage.None, null).Total(TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Waiting_calls_read_as_they_were_written() => Prop.ForAll(Gen.ListOf(Gen.Choose(0, 99).Select(static n => new WaitingCall($"sevt_{n}", n % 2 == 0 ? CallKind.Custom : CallKind.BuiltIn, n % 3 == 0 ? null : $"sthr_{n % 3}"))).ToArbitrary(),
        static calls => Assert.Equal(calls, WaitingCalls.Read(WaitingCalls.Write(calls)))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1, null, 1)]
    [InlineData(2, null, 2)]
    [InlineData(5, null, 16)]
    [InlineData(1, 7, 7)]
    [InlineData(5, 7, 16)]
    [InlineData(1, 119, 119)]
    [InlineData(1, 100_000, 120)]
    public void A_wait_doubles_and_is_longer_when_the_provider_asks(int failures, int? asked, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), BackOff.Wait(failures, asked is { } longer ? TimeSpan.FromSeconds(longer) : null));
}
