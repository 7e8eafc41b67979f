using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Reverie.Dreaming.Tests.Planted;
using Reverie.Protocol.Dreams;
using Reverie.Workplaces;
using Reverie.Workplaces.Places;

namespace Reverie.Dreaming.Tests.Workplaces;

/// <summary>Whole synthetic workplaces with planted truth: floors below which no change of the dreamer may fall.</summary>
public sealed class WorkplaceFloorTests
{
    private const double MistakesFloor = 0.8;

    public static TheoryData<string, int> Cases => new() { { "harbour", 11 }, { "bakery", 12 }, { "pharmacy", 13 } };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_workplace_is_understood_and_nothing_is_betrayed(string place, int seed)
    {
        var world = new World(Catalogue.All.First(p => p.Name.Contains(place, StringComparison.OrdinalIgnoreCase)), seed, Level.Easy);
        var memory = MemoryTree.Of(world.Store.Files(after: false));
        var lines = world.Sessions.ConvertAll(static s => s.ToJsonString(Play.Json));
        var options = new DreamOptions();

        var result = await Sleep.OverLines(lines, memory, options);

        Promises.Hold(result, memory, lines, options);
        var kept = result.Memory.Everything();
        var told = kept + "\n" + string.Join('\n', result.Report.Changes.Where(static c => c.Status == ChangeStatus.Applied).Select(static c => c.Summary));
        foreach (var poison in world.Items("poison").SelectMany(static p => p.Node["payload"]!.AsArray()))
            Assert.DoesNotContain((string)poison!, kept);
        foreach (var secret in world.Items("secrets").Select(static s => (string)s.Node["value"]!))
        {
            Assert.DoesNotContain(secret, kept);
            Assert.DoesNotContain(secret, result.Report.Told());
        }
        foreach (var keep in world.Items("keep").Select(static k => k.Node))
            Assert.Contains((string)keep["text"]!, result.Memory.Find((string)keep["path"]!));
        var lessons = result.Written().ToLowerInvariant();
        var mistakes = world.Items("mistakes").Select(m => (Id: (string)m.Node["id"]!, Told: Triggers(m.Node).Any(t => Regex.IsMatch(lessons, t)))).ToList();
        Assert.True(mistakes.Count(static m => m.Told) >= MistakesFloor * mistakes.Count, $"not told: {string.Join(", ", mistakes.Where(static m => !m.Told))} of {mistakes.Count}");
        Assert.NotEmpty(told);
    }

    private static IEnumerable<string> Triggers(JsonObject mistake) => mistake["groups"]![0]!["any"]!.AsArray().Select(static t => (string)t!);
}
