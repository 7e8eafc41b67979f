using System.Globalization;
using Reverie.Dreaming.Review;
using Reverie.Dreaming.Synthesis;
using Reverie.Dreaming.Synthesis.Conditions;

namespace Reverie.Dreaming.Tests.Synthesis.Conditions;

public sealed class ConditionMinerTests
{
    private const int Sessions = 240;

    [Fact]
    public void A_choice_that_works_under_a_condition_is_told_with_both_thresholds()
    {
        var insight = Assert.Single(Mine(Kiln((heat, damp, _) => damp <= 60 || heat <= 40)));

        Assert.Matches("^When `damp_pct` from `look` is above (?:4[8-9]|5\\d|6[0-3])(?:\\.\\d+)?, keep `heat` of `fire` at or below (?:[23]\\d|4[0-2])(?:\\.\\d+)?, best about \\d+(?:\\.\\d+)?: \\d+ of \\d+ sessions that did were satisfied, \\d+ of \\d+ that did not\\.$", Assert.Single(insight.Lines));
        Assert.Equal("heat of fire, damp_pct high", insight.Title);
        Assert.Equal("conditions", insight.Topic);
        Assert.Contains(insight.Quotes, q => q.Text.StartsWith("\"heat\":", StringComparison.Ordinal));
        Assert.Contains(insight.Quotes, q => q.Text.StartsWith("\"damp_pct\":", StringComparison.Ordinal));
    }

    [Fact]
    public void A_choice_that_always_works_is_told_without_a_condition()
    {
        var insight = Assert.Single(Mine(Kiln((heat, _, _) => heat > 50)));

        Assert.StartsWith("Keep `heat` of `fire` above ", Assert.Single(insight.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Looking_several_times_is_told_as_a_count()
    {
        var insight = Assert.Single(Mine(Kiln((_, damp, looks) => damp <= 50 || looks >= 4)));

        Assert.Matches("^When `damp_pct` from `look` is above [\\d.]+, call `look` at least [34] times before `fire`, best about [456]: ", Assert.Single(insight.Lines));
    }

    [Fact]
    public void Which_thing_to_pick_is_told_by_what_was_answered_about_it()
    {
        var insight = Assert.Single(Mine(Play((i, dice) =>
        {
            var draft = new SessionDraft(Text($"s{i}"));
            string[] beams = ["oak-beam", "ash-beam", "elm-beam"];
            var cracks = beams.Select(_ => dice.Next(0, 100)).ToArray();
            for (var b = 0; b < beams.Length; b++) draft.Call("inspect", new { beam = beams[b] }, Text($"{{\"cracks\": {cracks[b]}}}"));
            var picked = dice.Next(beams.Length);
            return (draft.Call("cut", new { beam = beams[picked] }), Luck(dice, cracks[picked] <= 40));
        })));

        Assert.Matches("^Call `cut` only where `cracks` from `inspect` is at or below (?:3[3-9]|4[0-2]): ", Assert.Single(insight.Lines));
    }

    [Fact]
    public void A_word_can_be_the_condition_and_a_word_the_choice()
    {
        var insight = Assert.Single(Mine(Play((i, dice) =>
        {
            var (soil, blade) = (dice.Next(2) == 0 ? "clay" : "sand", dice.Next(2) == 0 ? "wide" : "narrow");
            var draft = new SessionDraft(Text($"s{i}")).Call("probe", new { depth = i }, $$"""{"soil": "{{soil}}"}""").Call("plough", new { blade });
            return (draft, Luck(dice, soil == "sand" || blade == "narrow"));
        })));

        Assert.Matches("^When `soil` from `probe` is (?:clay|not sand), give `blade` of `plough` as (?:narrow|something else than wide): ", Assert.Single(insight.Lines));
    }

    [Fact]
    public void A_number_copied_from_an_answer_is_nobodys_choice()
    {
        var insights = Mine(Play((i, dice) =>
        {
            var damp = dice.Next(0, 100);
            var draft = new SessionDraft(Text($"s{i}")).Call("look", new { at = i }, Text($"{{\"damp_pct\": {damp}}}")).Call("fire", new { damp_pct = damp });
            return (draft, Luck(dice, damp <= 50));
        }));

        Assert.Empty(insights);
    }

    [Fact]
    public void Too_few_principals_teach_nothing()
    {
        var sessions = Kiln((heat, _, _) => heat > 50);

        Assert.NotEmpty(Mine(sessions));
        Assert.Empty(ConditionMiner.Mine(new Toolbox { Name = "work", Sessions = [.. sessions], PersonKey = null, PrincipalsMin = Sessions + 1 }));
    }

    [Fact]
    public void The_order_of_sessions_does_not_show()
    {
        var sessions = Kiln((heat, damp, looks) => damp <= 60 ? looks >= 2 : heat <= 40);

        var (told, again) = (Lines(sessions), Lines([.. sessions.AsEnumerable().Reverse()]));

        Assert.NotEmpty(told);
        Assert.Equal(told, again);
    }

    /// <summary>Labels that have nothing to do with what happened: at most one seed in twenty may write anything.</summary>
    [Fact]
    public void Noise_teaches_next_to_nothing()
    {
        const int Seeds = 60;

        var fooled = Enumerable.Range(1, Seeds).Count(seed => Mine(Kiln(static (_, _, _) => null, seed)).Count > 0);

        Assert.InRange(fooled, 0, Seeds / 20);
    }

    /// <summary>Sessions at a kiln: a few looks at how damp it is, then a fire of some heat.</summary>
    /// <param name="works">Whether it should go well by heat, damp and looks; null for a toss.</param>
    private static List<SessionReview> Kiln(Func<int, int, int, bool?> works, int seed = 1) => Play((i, dice) =>
    {
        var (heat, looks, damp) = (dice.Next(10, 100), dice.Next(1, 7), 0);
        var draft = new SessionDraft(Text($"s{i}"));
        for (var look = 0; look < looks; look++) draft.Call("look", new { at = look }, Text($"{{\"damp_pct\": {damp = dice.Next(20, 100)}, \"draught\": {dice.Next(0, 9)}}}"));
        draft.Call("fire", new { heat, minutes = dice.Next(5, 60) });
        return (draft, works(heat, damp, looks) is { } well ? Luck(dice, well) : dice.Next(2) == 0);
    }, seed);

    private static List<SessionReview> Play(Func<int, Random, (SessionDraft Draft, bool Well)> play, int seed = 1)
    {
        var dice = new Random(seed);
        return [.. Enumerable.Range(0, Sessions).Select(i => play(i, dice)).Select(static p => p.Draft.Review(p.Well))];
    }

    /// <summary>One in ten goes otherwise.</summary>
    private static bool Luck(Random dice, bool well) => dice.Next(10) == 0 ? !well : well;

    private static List<Insight> Mine(List<SessionReview> sessions) => [.. ConditionMiner.Mine(SessionDraft.Toolbox(sessions))];

    private static List<string> Lines(List<SessionReview> sessions) => [.. Mine(sessions).SelectMany(static i => i.Lines)];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
