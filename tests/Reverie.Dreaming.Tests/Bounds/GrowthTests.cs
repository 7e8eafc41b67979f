using System.Globalization;
using Reverie.Dreaming.Curation;
using Reverie.Dreaming.Review;
using Reverie.Dreaming.Synthesis;
using Reverie.Dreaming.Synthesis.Behaviours;
using Reverie.Dreaming.Synthesis.Preferences;
using Reverie.Dreaming.Synthesis.Remedies;
using Reverie.Dreaming.Synthesis.Workflows;

namespace Reverie.Dreaming.Tests.Bounds;

/// <summary>Transcripts that would make a careless dreamer compare everything with everything.</summary>
public sealed class GrowthTests
{
    [Fact]
    public void The_people_of_a_toolbox_are_counted_once_for_all_wishes()
    {
        var sessions = new Counted<SessionReview>(Reviews(40, static (draft, i) =>
        {
            draft.User("go ahead");
            for (var n = 0; n < 10; n++) draft.User($"Please {(i % 2 == 0 ? "always" : "do not ever")} keep {Word(i / 2 * 10 + n)} near me");
        }, static i => i % 2 == 0 ? "ada" : "bob"));
        var toolbox = new Toolbox { Name = "work", Sessions = sessions, PersonKey = "task_id", PrincipalsMin = 2 };
        Actions.Name(toolbox);

        var wishes = PreferenceMiner.Mine(toolbox).Insights;

        Assert.InRange(wishes.Count, 100, 400);
        Assert.InRange(sessions.Reads, 1, 20 * sessions.Count);
    }

    [Fact]
    public void Many_tools_in_each_session_are_not_paired_with_each_other() => Growth.IsLinear(40, static tools =>
    {
        var toolbox = Toolbox(20, (draft, i) =>
        {
            for (var n = 0; n < tools; n++) draft.Call($"tool_{Word(i * tools + n)}", new { what = "x" });
        });
        return () =>
        {
            WorkflowMiner.Mine(toolbox);
            _ = BehaviourMiner.Mine(toolbox).Count();
        };
    });

    [Fact]
    public void Entries_that_share_a_word_are_not_compared_with_each_other() => Growth.IsLinear(400, static entries =>
    {
        var lines = Enumerable.Range(0, entries).Select(static i => $"- the {Word(i % 5)} of {Word(i + 5)} stands by {Word(i + 6)} and {Word(i + 7)}\n");
        var memory = MemoryTree.Of([KeyValuePair.Create("a.md", string.Concat(lines))]);
        return () => StoreMeters.Of(memory, CancellationToken.None);
    });

    [Fact]
    public void Many_kinds_of_errors_are_not_compared_with_each_other() => Growth.IsLinear(20, static sessions =>
    {
        var reviews = Reviews(sessions, static (draft, i) =>
        {
            for (var n = 0; n < 20; n++) draft.Call("weld", new { what = "x" }, $"Error: {Word(3 * (i * 20 + n))} {Word(3 * (i * 20 + n) + 1)} {Word(3 * (i * 20 + n) + 2)}", fails: true);
        });
        var toolbox = new Toolbox { Name = "work", Sessions = reviews, PersonKey = null, PrincipalsMin = 2 };
        return () => ErrorClusters.Assign(toolbox);
    });

    [Fact]
    public void Many_fields_are_each_looked_for_only_where_they_stand()
    {
        var toolbox = Toolbox(40, static (draft, i) =>
        {
            for (var n = 0; n < 10; n++)
                draft.Call("weld", new Dictionary<string, string>(StringComparer.Ordinal) { [$"field{i * 10 + n}"] = "x" }, n % 2 == 0 ? "Error: the seam is bad" : "ok", fails: n % 2 == 0);
        });
        var group = Assert.Single(ErrorClusters.Assign(toolbox));
        var worked = new Counted<Occurrence>([.. toolbox.Sessions.SelectMany(static s => s.Steps.Where(static step => step.Succeeded).Select(step => new Occurrence(s, step)))]);
        var error = new ErrorCase
        {
            Toolbox = toolbox,
            Group = group,
            Worked = new WorkedCalls(worked, new Precedence("weld", new HashSet<string>(StringComparer.Ordinal))),
            AllSuccesses = worked,
            Commands = new(() => new CommandWords(toolbox, "weld", worked)),
            SameToolResolutions = [],
            OtherToolResolutions = 0,
            CommonValues = new HashSet<string>(StringComparer.Ordinal),
            UsualPause = 1,
        };

        _ = ArgumentRemedies.Find(error).Count();

        Assert.InRange(worked.Reads, 1, 4 * worked.Count);
    }

    [Fact]
    public void Only_fields_of_nearly_all_calls_can_be_sub_commands()
    {
        var steps = Reviews(20, static (draft, i) => draft.Call("weld", new Dictionary<string, string>(StringComparer.Ordinal) { ["mode"] = "x", [$"field{i}"] = "x" })).SelectMany(static s => s.Steps).ToList();

        Assert.Equal(["mode"], Actions.UsualPaths(steps));
    }

    [Fact]
    public void Of_very_many_errors_those_of_most_sessions_are_looked_into()
    {
        var toolbox = Toolbox(3, static (draft, i) =>
        {
            draft.Call("clock_in", new { shift = Word(900_000 + i) }, "welcome");
            for (var n = 0; n <= RemedyMiner.ErrorsMax; n++) draft.Call("weld", new { what = "x" }, $"Error: {Word(n)} {Word(700_000 + n)}", fails: true);
        });

        var findings = RemedyMiner.Mine(toolbox, ErrorClusters.Assign(toolbox), new SideBySide(1, CancellationToken.None));

        Assert.Single(findings.Refused, static r => r.Reason.Contains("more than can be looked into", StringComparison.Ordinal));
    }

    private static Toolbox Toolbox(int sessions, Action<SessionDraft, int> write)
    {
        var toolbox = new Toolbox { Name = "work", Sessions = Reviews(sessions, write), PersonKey = null, PrincipalsMin = 2 };
        Actions.Name(toolbox);
        ErrorClusters.Assign(toolbox);
        return toolbox;
    }

    private static List<SessionReview> Reviews(int sessions, Action<SessionDraft, int> write, Func<int, string>? task = null)
    {
        var reviews = new List<SessionReview>();
        for (var i = 0; i < sessions; i++)
        {
            var draft = new SessionDraft(i.ToString("00000", CultureInfo.InvariantCulture), satisfied: i % 2 == 0, task: task?.Invoke(i));
            write(draft, i);
            reviews.Add(draft.Review());
        }
        return reviews;
    }

    /// <summary>A word for each number, like no other: letters only, so that it is no id.</summary>
    private static string Word(int number)
    {
        Span<char> word = stackalloc char[8];
        var hash = (ulong)number * 11400714819323198485UL + 977;
        for (var i = 0; i < word.Length; i++, hash /= 26) word[i] = (char)('a' + hash % 26);
        return word.ToString();
    }
}
