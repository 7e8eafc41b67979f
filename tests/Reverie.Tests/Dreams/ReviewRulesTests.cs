using Reverie.Dreams.Review;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;

namespace Reverie.Tests.Dreams;

public sealed class ReviewRulesTests
{
    [Theory]
    [InlineData("payments/**", "payments/a/b.md", true)]
    [InlineData("/payments/**", "payments/b.md", true)]
    [InlineData("*.md", "a.md", true)]
    [InlineData("*.md", "deep/a.md", false)]
    [InlineData("**/*.md", "deep/a.md", true)]
    [InlineData("payments/**", "repayments/a.md", false)]
    [InlineData("{a,b}/*", "b/c", true)]
    public void A_pattern_covers_paths_with_or_without_the_first_slash(string pattern, string path, bool isCovered) =>
        Assert.Equal(isCovered, ReviewRules.Asks(Policy() with { HighStakesPaths = [pattern] }, Change() with { Path = path }) is not null);

    [Fact]
    public void A_rename_is_covered_where_it_goes_to() =>
        Assert.NotNull(ReviewRules.Asks(Policy() with { HighStakesPaths = ["payments/**"] }, Change() with { Op = ChangeOp.Rename, NewPath = "payments/a.md" }));

    [Fact]
    public void A_rule_asks_when_every_condition_of_it_is_met()
    {
        var rule = new ReviewRule { Name = "r", Kinds = [ChangeKind.Fact, ChangeKind.Stale], ConfidenceBelow = 0.8, Paths = ["notes/*"], Deletions = true, PrincipalsBelow = 3 };
        var change = Change() with { Confidence = 0.79, Edits = [new TextEdit(0, "gone", "")] };

        Assert.True(Asks(rule, change));
        Assert.False(Asks(rule, change with { Kind = ChangeKind.Merge }));
        Assert.False(Asks(rule, change with { Confidence = 0.8 }));
        Assert.False(Asks(rule, change with { Path = "other/a.md" }));
        Assert.False(Asks(rule, change with { Edits = [new TextEdit(0, "gone", "come")] }));
        Assert.False(Asks(rule, change with { Edits = [new TextEdit(0, " \n", "")] }));
        Assert.True(Asks(rule, change with { Op = ChangeOp.Delete, Edits = [] }));
        Assert.False(Asks(rule, change with { Evidence = [.. Enumerable.Range(0, 3).Select(Quote)] }));
        Assert.True(Asks(rule, change with { Evidence = [Quote(1), Quote(1), Quote(2)] }));
        Assert.True(Asks(rule, change with { Evidence = [] }));
        // What stands behind it counts, not what is quoted of it.
        Assert.False(Asks(rule, change with { Evidence = [Quote(1)], Support = new ChangeSupport(40, 3) }));
        Assert.True(Asks(rule, change with { Evidence = [.. Enumerable.Range(0, 6).Select(Quote)], Support = new ChangeSupport(40, 2) }));
    }

    [Fact]
    public void Rules_count_in_their_mode_alone_and_the_first_that_matches_is_named()
    {
        var policy = Policy() with { Rules = [new ReviewRule { Name = "no", Kinds = [ChangeKind.Merge] }, new ReviewRule { Name = "first", Kinds = [ChangeKind.Fact] }, new ReviewRule { Name = "second", Kinds = [ChangeKind.Fact] }] };

        Assert.Null(ReviewRules.Asks(policy, Change()));
        Assert.Equal("rule first", ReviewRules.Asks(policy with { Mode = ReviewMode.Rules }, Change()));
        Assert.Null(ReviewRules.Asks(policy with { Mode = ReviewMode.Rules }, Change() with { Kind = ChangeKind.Workflow }));
        Assert.Equal("the store's policy asks for every change", ReviewRules.Asks(policy with { Mode = ReviewMode.Ask }, Change()));
    }

    [Fact]
    public void A_list_of_keys_names_those_who_may_and_an_empty_one_everybody()
    {
        Assert.True(ReviewRules.Has([], new ApiActor("apikey_1")));
        Assert.True(ReviewRules.Has(["apikey_1"], new ApiActor("apikey_1")));
        Assert.False(ReviewRules.Has(["apikey_1"], new ApiActor("apikey_2")));
        Assert.False(ReviewRules.Has(["apikey_1"], new SessionActor("apikey_1")));
        Assert.True(ReviewRules.Has(["apikey_1"], new UserActor("user_operator")));
    }

    private static bool Asks(ReviewRule rule, Change change) => ReviewRules.Asks(Policy() with { Mode = ReviewMode.Rules, Rules = [rule] }, change) is not null;

    private static ReviewPolicy Policy() => new() { MemoryStoreId = Id<MemoryStore>.Parse("memstore_1") };

    private static Evidence Quote(int session) => new() { Session = $"test/{session}", Event = "0", Quote = "words" };

    private static Change Change() => new()
    {
        Id = "c1",
        Op = ChangeOp.Modify,
        Path = "notes/a.md",
        BeforeSha256 = null,
        AfterSha256 = null,
        Kind = ChangeKind.Fact,
        Summary = "",
        Rationale = "",
        Confidence = 0.9,
        Status = ChangeStatus.Applied,
        Evidence = [Quote(1)],
        Edits = [new TextEdit(0, "", "words")],
    };
}
