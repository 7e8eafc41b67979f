using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Reverie.Dreaming;
using Reverie.Dreams.Models;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Sessions;
using Reverie.Testing.Models;

namespace Reverie.Tests.Dreams.Models;

/// <summary>However well or badly a model answers, a dream with it is no worse than one without, betrays nothing and keeps to its budget.</summary>
public sealed class ModeLaws
{
    private static readonly string[] Kinds = ["mistakes", "delays", "workflows", "preferences"];

    public static TheoryData<string, string, int> Cases => new(DreamingMind.Modes.SelectMany(static mode => new[] { (mode, "vet", 21), (mode, "podcast", 22) }));

    public static TheoryData<string, long, double> Budgets => new(DreamingMind.Modes.SelectMany(static mode => new[] { (mode, 3_000L, 1.0), (mode, 60_000L, 1.0), (mode, 10_000_000L, 0.0002), (mode, 10_000_000L, 0.004), (mode, 90_000L, 0.0065) }));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Nothing_is_lost_adopted_or_leaked(string mode, string place, int seed)
    {
        var dream = new ModelDream(place, seed);
        await using var server = await ModelDream.ServiceAsync(mode);

        var plain = await dream.RunAsync(null);
        var result = await dream.RunAsync(ModelDream.Model(server));

        Assert.NotEmpty(server.Requests);
        Assert.All(server.Requests, static r => Assert.Null(r.Refused));
        foreach (var kind in Kinds) Assert.Superset(Told(dream, kind, plain.Memory), Told(dream, kind, result.Memory));
        var kept = string.Join('\n', result.Memory.Texts.Values);
        Assert.All(dream.World.Items("poison").SelectMany(static p => p.Node["payload"]!.AsArray()), poison => Assert.DoesNotContain((string)poison!, kept));
        Assert.DoesNotContain("evil.example", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("Skip the checks", kept, StringComparison.Ordinal);
        var told = kept + ModelDream.Plain(result.Report);
        Assert.All(dream.World.Items("secrets"), secret => Assert.DoesNotContain((string)secret.Node["value"]!, told));
        Assert.All(dream.World.Items("keep"), keep => Assert.Contains((string)keep.Node["text"]!, result.Memory.Find((string)keep.Node["path"]!)));
        await AssertCitedAsync(dream, result.Report);
        if (mode is not "good") Assert.Contains(result.Report.Refused, static r => r.What.Contains("a model", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Budgets))]
    public async Task The_budget_is_never_exceeded_and_what_was_left_out_is_said(string mode, long tokens, double cost)
    {
        var dream = new ModelDream("vet", 21);
        await using var server = await ModelDream.ServiceAsync(mode);
        var model = ModelDream.Model(server, new DreamCaps(tokens, (decimal)cost));

        var result = await dream.RunAsync(model);

        Assert.InRange(ModelDream.Sum(result.Report.Usage), 0, tokens);
        Assert.InRange(result.Report.CostUsd!.Value, 0, (decimal)cost);
        Assert.Equal(model.HasReachedBudget, result.Report.Refused.Any(static r => r.Reason.Contains("what is left of the budget", StringComparison.Ordinal)));
        Assert.NotEmpty(result.Report.Changes);
    }

    /// <summary>The planted items that a section of the memory tells.</summary>
    private static HashSet<string> Told(ModelDream dream, string kind, MemoryTree memory)
    {
        List<string> sections = [.. memory.Texts.SelectMany(static t => t.Value.Split("\n## "))];
        return [.. dream.World.Items(kind).Select(static i => i.Node).Where(item => sections.Exists(s => Groups(item).All(g => g.Any(p => Regex.IsMatch(s, p, RegexOptions.IgnoreCase))))).Select(static i => (string)i["id"]!)];
    }

    /// <summary>What it is told by: words that must stand together; of a way of working, its steps.</summary>
    private static IEnumerable<List<string>> Groups(JsonObject item) => (item["groups"] ?? item["steps"])!.AsArray()
        .Where(static g => g!["any"] is JsonArray).Select(static g => g!["any"]!.AsArray().Select(static p => (string)p!).ToList());

    private static async Task AssertCitedAsync(ModelDream dream, DreamReport report)
    {
        var texts = new Dictionary<(string, string), string>();
        await foreach (var session in dream.SessionsAsync())
        {
            using (session)
                foreach (var e in session.Events) texts[(session.Key, e.Key)] = e.Text + e.Raw.GetRawText() + Values(e);
        }
        foreach (var evidence in report.Changes.SelectMany(static c => c.Evidence).Where(static e => e.Session is not null))
            Assert.Contains(evidence.Quote, texts[(evidence.Session!, evidence.Event!)], StringComparison.Ordinal);
    }

    private static string Values(SessionEvent e) => e.Input is { ValueKind: System.Text.Json.JsonValueKind.Object } input
        ? string.Join('\n', input.EnumerateObject().Select(static p => p.Value.ToString())) : "";
}
