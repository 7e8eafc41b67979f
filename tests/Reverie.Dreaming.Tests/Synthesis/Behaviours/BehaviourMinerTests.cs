using System.Globalization;
using Reverie.Dreaming.Review;
using Reverie.Dreaming.Synthesis;
using Reverie.Dreaming.Synthesis.Behaviours;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Tests.Synthesis.Behaviours;

public sealed class BehaviourMinerTests
{
    private const int Sessions = 120;

    [Fact]
    public void An_id_that_was_never_mentioned_is_found_to_go_with_failure()
    {
        var insight = Assert.Single(Mine(Play((i, chance) =>
        {
            var guesses = i % 3 == 0;
            var id = Text($"bay_{100 + i}");
            return Session(i, guesses ? chance(0.1) : chance(0.8)).User(guesses ? "Please reserve a bay." : $"Please reserve {id}.")
                .Call("reserve", new { bay = id, hours = 2 });
        })));

        Assert.Equal(ChangeKind.Mistake, insight.Kind);
        Assert.Equal("habits", insight.Topic);
        Assert.Equal("Do not guess bay for reserve", insight.Title);
        Assert.Contains(insight.Quotes, q => q.Text.StartsWith("bay_", StringComparison.Ordinal));
    }

    [Fact]
    public void Looking_before_asking_is_found_in_code()
    {
        string[] tables = ["ship", "crew", "port", "cargo", "fare"];
        var insight = Assert.Single(Mine(Play((i, chance) =>
        {
            var looks = i % 2 == 0;
            var draft = Session(i, looks ? chance(0.85) : chance(0.3), task: Text($"t{i / 2 % 30}"));
            if (looks) draft.Call("query", new { sql = "SHOW TABLES" }, string.Join(", ", tables));
            return draft.Call("query", new { sql = $"SELECT count(*) FROM {tables[i % 5]}" }).Call("query", new { sql = $"SELECT name FROM {tables[i % 5]} WHERE id > {i}" });
        })));

        Assert.Equal(ChangeKind.Workflow, insight.Kind);
        Assert.StartsWith("Prefer SHOW in sql of query", insight.Title, StringComparison.Ordinal);
        Assert.Contains("For example: `SHOW TABLES`", insight.Lines);
    }

    [Fact]
    public void Giving_up_before_the_closing_call_is_found()
    {
        var insight = Assert.Single(Mine(Play((i, chance) =>
        {
            var closes = i % 4 != 0;
            var draft = Session(i, closes && chance(0.6)).Call("search", new { words = Text($"thing {i}") });
            for (var n = 0; n < 1 + i % 3; n++) draft.Call("search", new { words = Text($"thing {i} {n}") });
            return closes ? draft.Call("answer", new { text = Text($"it is {i}") }) : draft;
        })));

        Assert.Equal("Do not stop before answer", insight.Title);
        Assert.Contains("no session succeeded without it", insight.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Acting_against_a_stated_fact_is_found_with_the_policy_on_it()
    {
        var insight = Assert.Single(Mine(Play((i, chance) =>
        {
            var insured = i % 2 == 0;
            var cancels = i % 3 != 0;
            var id = Text($"R{1000 + i}");
            var draft = Session(i, cancels && !insured ? chance(0.1) : chance(0.8))
                .System("You are the desk.\n- A booking must only be cancelled when the guest has insurance.\n- Be polite.")
                .User($"It is about {id}.")
                .Call("get_booking", new { booking_id = id }, $$"""{"booking_id": "{{id}}", "insurance": "{{(insured ? "yes" : "no")}}"}""");
            return cancels ? draft.Call("cancel_booking", new { booking_id = id }) : draft.Call("add_note", new { booking_id = id, text = "asked" });
        })));

        Assert.Equal("Do not call cancel_booking when insurance is no", insight.Title);
        Assert.Contains("The policy on it: “A booking must only be cancelled when the guest has insurance.”", insight.Lines);
        Assert.Contains(insight.Quotes, q => q.Text == "\"insurance\": \"no\"");
        Assert.Contains(insight.Quotes, q => q.Text.StartsWith("A booking must", StringComparison.Ordinal));
    }

    [Fact]
    public void Repeating_the_same_call_is_found_beyond_what_is_kept_of_its_input()
    {
        var insight = Assert.Single(Mine(Play((i, chance) =>
        {
            var repeats = i % 3 == 0;
            var draft = Session(i, repeats ? chance(0.1) : chance(0.8));
            for (var n = 0; n < 3; n++)
                draft.Call("run", new { code = new string('#', 300) + Text($" {i} {(repeats ? 0 : n)}") }, Text($"printed {i}"));
            return draft;
        })));

        Assert.Equal("Do not repeat the same run call", insight.Title);
    }

    [Fact]
    public void A_value_that_goes_with_failure_is_found()
    {
        string[] modes = ["fast", "safe", "dry"];
        var insight = Assert.Single(Mine(Play((i, chance) =>
            Session(i, i % 3 == 0 ? chance(0.2) : chance(0.85)).Call("press", new { mode = modes[i % 3], count = i }))));

        Assert.Equal("Be careful with mode = fast for press", insight.Title);
        Assert.Contains(insight.Quotes, q => q.Text == "\"mode\":\"fast\"");
    }

    [Fact]
    public void What_hard_tasks_explain_is_not_reported()
    {
        // Hard tasks mostly fail and mostly need the crane; within a task the crane makes no difference.
        Assert.Empty(Mine(Play((i, chance) => Crane(i, chance, Text($"t{i % 20}")), 240)));
    }

    [Fact]
    public void The_same_is_reported_with_a_caveat_when_every_task_ran_once()
    {
        var insights = Mine(Play((i, chance) => Crane(i, chance, Text($"t{i}")), 240));

        Assert.All(insights, i => Assert.Contains("harder tasks may explain a part of it", i.Rationale, StringComparison.Ordinal));
        Assert.NotEmpty(insights);
    }

    [Fact]
    public void What_a_weak_agent_explains_is_not_reported()
    {
        Assert.Empty(Mine(Play((i, chance) =>
        {
            var weak = i % 2 == 0;
            var draft = new SessionDraft(Id(i), weak ? chance(0.2) : chance(0.85), agent: weak ? "weak" : "strong").Call("plan", new { item = i });
            return chance(weak ? 0.9 : 0.1) ? draft.Call("retry", new { item = i }) : draft.Call("ship", new { item = i });
        }, 200)));
    }

    [Fact]
    public void Long_sessions_are_not_blamed_where_success_ends_them()
    {
        // Every call has the same chance; the session ends at the first success or after eight calls.
        Assert.Empty(Mine(Play((i, chance) =>
        {
            var calls = 0;
            var success = false;
            while (calls < 8 && !success)
            {
                calls++;
                success = chance(0.1);
            }
            var draft = Session(i, success, task: Text($"t{i % 40}"));
            for (var n = 0; n < calls; n++) draft.Call(n % 3 == 2 ? "look" : "try", new { code = Text($"attempt {n % 4}") }, Text($"no {n}"));
            return draft;
        }, 240)));
    }

    [Fact]
    public void Beside_a_workflow_no_order_of_calls_is_recommended()
    {
        var toolbox = SessionDraft.Toolbox(Play((i, chance) =>
        {
            var soaks = i % 2 == 0;
            var draft = Session(i, soaks ? chance(0.95) : chance(0.1)).Call("scan", new { tray = i });
            if (soaks) draft.Call("soak", new { tray = i });
            return draft.Call("place", new { tray = i });
        }));

        Assert.NotEmpty(BehaviourMiner.Mine(toolbox));
        Assert.Empty(BehaviourMiner.Mine(toolbox, new HashSet<string>(StringComparer.Ordinal) { "scan", "soak", "place" }));
    }

    [Fact]
    public void Sessions_without_verdict_do_not_vote()
    {
        var judged = Play(Guessing);
        var unjudged = Play((i, _) => Session(i + 1000, null).User("Please reserve a bay.").Call("reserve", new { bay = Text($"bay_{i}"), hours = 2 }), 400);

        Assert.Equal(Told(Mine(judged)), Told(Mine([.. judged, .. unjudged])));
        Assert.Empty(Mine(unjudged));
    }

    [Fact]
    public void Few_sessions_say_nothing() => Assert.Empty(Mine(Play(Guessing, 14)));

    [Fact]
    public void The_order_of_sessions_makes_no_difference()
    {
        var sessions = Play(Guessing);
        var expected = Told(Mine(sessions));
        for (var seed = 1; seed <= 5; seed++)
        {
            var mixed = sessions.ToArray();
            new Random(seed).Shuffle(mixed);
            Assert.Equal(expected, Told(Mine(mixed)));
        }
        Assert.NotEmpty(expected);
    }

    [Fact]
    public void Labels_given_at_random_give_nothing()
    {
        const int Runs = 60;
        var withInsights = 0;
        for (var seed = 1; seed <= Runs; seed++)
        {
            var random = new Random(seed);
            if (Mine(Enumerable.Range(0, 160).Select(i => Wandering(i, random).Review())).Count > 0) withInsights++;
        }

        Assert.InRange(withInsights, 0, Runs / 20);
    }

    [Fact]
    public void Secrets_are_never_quoted()
    {
        var insights = Mine(Play((i, chance) =>
        {
            var guesses = i % 3 == 0;
            return Session(i, guesses ? chance(0.1) : chance(0.8)).User(guesses ? "Log in." : Text($"Log in as user_{i}@example.com"))
                .Call("login", new { account = Text($"user_{i}@example.com") });
        }));

        Assert.All(insights.SelectMany(i => i.Quotes), q => Assert.DoesNotContain('@', q.Text));
        Assert.NotEmpty(insights);
    }

    private static SessionDraft Guessing(int i, Func<double, bool> chance)
    {
        var guesses = i % 3 == 0;
        var id = Text($"bay_{100 + i}");
        return Session(i, guesses ? chance(0.1) : chance(0.8)).User(guesses ? "Please reserve a bay." : $"Please reserve {id}.").Call("reserve", new { bay = id, hours = 2 });
    }

    private static SessionDraft Crane(int i, Func<double, bool> chance, string task)
    {
        var hard = i % 20 < 10;
        var draft = Session(i, chance(hard ? 0.15 : 0.85), task).Call("lift", new { item = i });
        return chance(hard ? 0.8 : 0.2) ? draft.Call("crane", new { item = i }).Call("done", new { item = i }) : draft.Call("done", new { item = i });
    }

    /// <summary>A session of random calls with random values whose result has nothing to do with them.</summary>
    private static SessionDraft Wandering(int i, Random random)
    {
        string[] tools = ["find", "open", "edit", "test", "ship", "ask"];
        string[] modes = ["fast", "safe", "dry"];
        string[] words = ["SELECT", "SHOW", "DROP", "UPDATE"];
        var draft = Session(i, random.NextDouble() < 0.5, task: Text($"t{i % 40}")).User("Go on.");
        for (var n = random.Next(3, 10); n > 0; n--)
        {
            if (random.Next(4) == 0) draft.User(Text($"and item_{random.Next(40)}"));
            draft.Call(tools[random.Next(tools.Length)],
                new { item = Text($"item_{random.Next(40)}"), mode = modes[random.Next(3)], code = $"{words[random.Next(4)]} a FROM b WHERE {random.Next(5)}" },
                $$"""{"state": "{{modes[random.Next(3)]}}"}""", random.Next(5) == 0);
        }
        return draft;
    }

    private static List<Insight> Mine(IEnumerable<SessionReview> sessions) => [.. BehaviourMiner.Mine(SessionDraft.Toolbox(sessions))];

    private static List<string> Told(List<Insight> insights) =>
        insights.ConvertAll(i => string.Join('\n', [i.Key, i.Title, .. i.Lines, i.Summary, i.Rationale, .. i.Quotes.Select(q => q.ToString())]));

    private static List<SessionReview> Play(Func<int, Func<double, bool>, SessionDraft> play, int sessions = Sessions)
    {
        var random = new Random(20260101);
        return [.. Enumerable.Range(0, sessions).Select(i => play(i, share => random.NextDouble() < share).Review())];
    }

    private static SessionDraft Session(int i, bool? satisfied, string? task = null) => new(Id(i), satisfied, task);

    private static string Id(int i) => Text($"s{i:000}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
