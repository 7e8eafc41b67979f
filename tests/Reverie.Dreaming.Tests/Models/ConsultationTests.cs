using System.Text.Json.Nodes;
using Reverie.Dreaming.Models;
using Reverie.Dreaming.Tests.Planted;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Tests.Models;

/// <summary>What a model may do in a dream, and what comes of it when it is wrong.</summary>
public sealed class ConsultationTests
{
    private static JsonObject Keep(JsonObject line, Func<string, string> text) => new() { ["key"] = (string)line["key"]!, ["verdict"] = "keep", ["text"] = text((string)line["text"]!) };

    private static string Entailed(DreamRequest request, bool holds) => SpokenModel.Items(SpokenModel.Data(request).Select(l => new JsonObject { ["key"] = (string)l["key"]!, ["entailed"] = holds }));

    private static SpokenModel NoFinds() => new SpokenModel().To(DreamStep.Find, []);

    [Fact]
    public async Task A_rewording_that_holds_and_that_a_second_look_agrees_with_is_written_with_its_counts()
    {
        var model = NoFinds().To(DreamStep.Word, static r => SpokenModel.Items(SpokenModel.Data(r).Select(static l => Keep(l, static t => "Whenever" + t[4..]))));

        var result = await model.DreamAsync(Team.Harbour(), MemoryTree.Empty);

        var lesson = result.Lesson(ChangeKind.Mistake, "book_berth", "Whenever");
        Assert.Contains("Because: seen in", lesson, StringComparison.Ordinal);
        Assert.Equal(model.Usage, result.Report.Usage);
    }

    [Theory]
    [InlineData(" Or run `rm_all`.")]
    [InlineData(" Never mind.")]
    public async Task A_rewording_that_adds_something_is_asked_for_once_more_and_then_the_miners_words_stand(string added)
    {
        var plain = await Sleep.Over(Team.Harbour());
        var model = NoFinds().To(DreamStep.Word, r => SpokenModel.Items(SpokenModel.Data(r).Select(l => Keep(l, t => t + added))));

        var result = await model.DreamAsync(Team.Harbour(), MemoryTree.Empty);

        Assert.Equal(2, model.Asked.Count(static r => r.Step == DreamStep.Word));
        Assert.Contains("refused, because", model.Asked[1].Task, StringComparison.Ordinal);
        Assert.Equal(plain.Memory.Everything(), result.Memory.Everything());
        Assert.Contains(result.Report.Refused, static r => r.What.StartsWith("a model's wording", StringComparison.Ordinal) && r.Reason.EndsWith("the dreamer's own words stand", StringComparison.Ordinal));
        Assert.DoesNotContain("rm_all", result.Report.Told(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_answer_that_holds_repairs_the_first()
    {
        var asked = 0;
        var model = NoFinds().To(DreamStep.Word, r => asked++ == 0 ? "Certainly! Here it is." : SpokenModel.Items(SpokenModel.Data(r).Select(static l => Keep(l, static t => "Whenever" + t[4..]))));

        var result = await model.DreamAsync(Team.Harbour(), MemoryTree.Empty);

        Assert.Contains("Whenever", result.Written(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_second_look_disagrees_the_miners_words_stand()
    {
        var plain = await Sleep.Over(Team.Harbour());
        var model = NoFinds().To(DreamStep.Check, static r => Entailed(r, holds: false));

        var result = await model.DreamAsync(Team.Harbour(), MemoryTree.Empty);

        Assert.Equal(plain.Memory.Everything(), result.Memory.Everything());
        Assert.Contains(result.Report.Refused, static r => r.Reason.Contains("a second look did not find it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_check_sees_nothing_but_the_claim_its_basis_and_the_cited_events()
    {
        var model = NoFinds();

        await model.DreamAsync(Team.Harbour(), Sleep.Store(("notes.md", "- The crane is blue.\n")));

        var check = Assert.Single(model.Asked, static r => r.Step == DreamStep.Check);
        Assert.Null(check.Shared);
        Assert.DoesNotContain("crane", check.Task, StringComparison.Ordinal);
        Assert.All(SpokenModel.Data(check), static line => Assert.Equal(["basis", "claim", "events", "key"], line.Select(static f => f.Key).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("merge_into")]
    public async Task What_the_counts_bear_out_is_neither_dropped_nor_merged_into_something_else(string verdict)
    {
        var sessions = Team.Sessions(12, static (s, i) =>
        {
            Team.BookByDate(s, i);
            s.Fails("weigh_fish", $"{{'fish':'F-{i}','unit':'lb'}}", "scale counts kilograms").Calls("weigh_fish", $"{{'fish':'F-{i}','unit':'kg'}}", $"{i} kg");
        });
        var plain = await Sleep.Over(sessions);
        var model = NoFinds().To(DreamStep.Check, static r => Entailed(r, holds: false)).To(DreamStep.Word, r => SpokenModel.Items(SpokenModel.Data(r).Select(l => verdict == "drop" || (string)l["key"]! == "i1"
            ? new JsonObject { ["key"] = (string)l["key"]!, ["verdict"] = "drop", ["text"] = null }
            : new JsonObject { ["key"] = (string)l["key"]!, ["verdict"] = "merge_into", ["into"] = "i1", ["text"] = null })));

        var result = await model.DreamAsync(sessions, MemoryTree.Empty);

        Assert.Equal(plain.Memory.Everything(), result.Memory.Everything());
        Assert.Contains(result.Report.Refused, static r => r.What.StartsWith("a model would", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_insight_of_its_own_is_proposed_with_quotes_labels_and_our_own_count()
    {
        var model = Finding("preference", "Radio channel", "People want the radio channel named in every answer", "name the radio channel");

        var result = await model.DreamAsync(Radio(), MemoryTree.Empty);

        var change = Assert.Single(result.Report.Changes, static c => c.Summary.StartsWith("A model found", StringComparison.Ordinal));
        Assert.Equal(ChangeStatus.Proposed, change.Status);
        Assert.Contains("4 independent principals", change.Rationale, StringComparison.Ordinal);
        Assert.Contains("sources: user", change.Edits[0].Insert, StringComparison.Ordinal);
        Assert.All(change.Evidence, static e => Assert.Equal("name the radio channel", e.Quote));
        Assert.Single(model.Asked, static r => r.Step == DreamStep.Check && SpokenModel.Data(r).Count == 1 && SpokenModel.Data(r)[0]["basis"] is null);
    }

    [Theory]
    [InlineData("preference", "People want channel 16 named in every answer", "name the radio channel")] // 16 is in no event
    [InlineData("preference", "People want the radio channel named in every answer", "name the radio chanel")] // no such quote
    [InlineData("rule", "People want the radio channel named in every answer", "name the radio channel")] // no such kind
    [InlineData("preference", "People want the channel named", "x")] // too short a quote
    public async Task An_insight_of_its_own_that_cites_what_is_not_there_is_refused(string kind, string text, string quote)
    {
        var result = await Finding(kind, "Radio channel", text, quote).DreamAsync(Radio(), MemoryTree.Empty);

        Assert.DoesNotContain(result.Report.Changes, static c => c.Summary.StartsWith("A model found", StringComparison.Ordinal));
        Assert.Contains(result.Report.Refused, static r => r.What.StartsWith("insights of a model's own", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_sessions_of_one_person_are_one_principal()
    {
        var result = await Finding("preference", "Radio channel", "People want the radio channel named in every answer", "name the radio channel", principals: 1).DreamAsync(Radio(), MemoryTree.Empty);

        Assert.Contains(result.Report.Refused, static r => r.What.StartsWith("a model's own insight", StringComparison.Ordinal) && r.Reason.Contains("1 independent principals", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("web_page", "mistake", false)]
    [InlineData("web_page", "fact", false)]
    [InlineData("gauge", "mistake", false)]
    [InlineData("gauge", "fact", true)]
    public async Task What_rests_on_answers_alone_is_a_reported_fact_at_most_and_on_strangers_nothing(string tool, string kind, bool isProposed)
    {
        var sessions = Team.Sessions(8, (s, i) => s.Asks($"What about basin {i}?").Calls(tool, "{}", $"basin {i}: the sill is dry at low water"));
        var model = Finding(kind, "Dry sill", "The sill is dry at low water", "the sill is dry at low water");

        var result = await model.DreamAsync(sessions, MemoryTree.Empty);

        var change = result.Report.Changes.SingleOrDefault(static c => c.Summary.StartsWith("A model found", StringComparison.Ordinal));
        Assert.Equal(isProposed, change is not null);
        if (change is not null) Assert.Contains("Tools reported: The sill", change.Edits[0].Insert, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_model_nothing_differs_and_with_the_same_answers_neither()
    {
        var one = await new SpokenModel().DreamAsync(Radio(), MemoryTree.Empty);
        var other = await new SpokenModel().DreamAsync(Enumerable.Reverse(Radio()), MemoryTree.Empty);

        Assert.Equal(DreamReportJson.Write(one.Report), DreamReportJson.Write(other.Report));
        Assert.Equal(one.Memory.Everything(), other.Memory.Everything());
    }

    [Theory]
    [InlineData(200)]
    [InlineData(2_000)]
    public async Task However_many_sessions_there_are_the_requests_are_few(int count)
    {
        var model = new SpokenModel();

        await model.DreamAsync(Team.Sessions(count, static (s, i) => s.Asks($"Move boat {i}.").Calls("move", $"{{'boat':{i}}}", $"moved {i}")), MemoryTree.Empty);

        Assert.InRange(model.Asked.Count, 1, 40);
        Assert.All(model.Asked, static r => Assert.InRange(r.Task.Length + r.Shared?.Length ?? 0, 0, 120_000));
    }

    [Fact]
    public async Task A_model_that_cannot_be_asked_any_more_is_asked_no_more()
    {
        var plain = await Sleep.Over(Team.Harbour());
        var model = new SpokenModel().To(DreamStep.Word, static _ => throw new DreamModelException(DreamModelFailure.Unavailable, "the model is gone"));

        var result = await model.DreamAsync(Team.Harbour(), MemoryTree.Empty);

        Assert.Single(model.Asked);
        Assert.Equal(plain.Memory.Everything(), result.Memory.Everything());
        Assert.Contains(result.Report.Refused, static r => r.Reason.Contains("the model is gone", StringComparison.Ordinal));
    }

    /// <summary>Eight sessions of four people, all of whom say the same.</summary>
    private static List<SessionScript> Radio() => Team.Sessions(8, static (s, i) => s.Asks($"Boat {i} comes in. Please name the radio channel too.").Calls("log_boat", $"{{'boat':{i}}}", $"logged {i}"));

    private static SpokenModel Finding(string kind, string title, string text, string quote, int principals = 4) => new SpokenModel().To(DreamStep.Find, request => SpokenModel.Items(new JsonObject
    {
        ["kind"] = kind,
        ["title"] = title,
        ["text"] = text,
        // People take turns: every fourth session is of the same one.
        ["cites"] = new JsonArray([.. SpokenModel.Data(request).Where(l => l["event"] is not null && ((string)l["text"]!).Contains(quote[..1], StringComparison.Ordinal) && (string)l["from"]! != "agent" && ((string)l["from"]! == "user") == (kind is "preference" or "rule"))
            .DistinctBy(static l => ((string)l["event"]!).Split('.')[0]).Where((_, i) => principals > 1 || i % 4 == 0).Take(4)
            .Select(l => (JsonNode)new JsonObject { ["event"] = (string)l["event"]!, ["quote"] = quote })]),
    }));
}
