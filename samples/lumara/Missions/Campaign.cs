using Lumara.Flying;
using Reverie.Dreaming;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Sessions;

namespace Lumara.Missions;

/// <summary>Before, dream, after: the sites of one seed.</summary>
/// <param name="Seed">Of the sites.</param>
/// <param name="Before">Each site as a new pilot lands on it.</param>
/// <param name="After">The same with the playbook.</param>
/// <param name="Playbook">What the dream wrote; empty where it wrote nothing.</param>
public sealed record Campaign(int Seed, IReadOnlyList<Flown> Before, IReadOnlyList<Flown> After, string Playbook)
{
    /// <summary>Practice flights before a dream.</summary>
    public const int PracticeCount = 900;

    /// <summary>Sites at which they are flown; none of those that are shown.</summary>
    public const int PracticeSites = 150;

    /// <summary>Sites landed on before and not after.</summary>
    public int Lost => Before.Zip(After).Count(static p => p.First.IsGood && !p.Second.IsGood);

    /// <summary>Flies it all in this process.</summary>
    public static async Task<Campaign> FlyAsync(int seed, int sites, CancellationToken cancellationToken)
    {
        var places = Site.Generate(seed, sites);
        var shown = places.Select(Mission.Shown).ToList();
        var before = shown.ConvertAll(static m => LocalCrew.Fly(m, ""));
        var practice = Mission.Practice(Site.Generate(seed, sites + PracticeSites).Skip(sites), PracticeCount).Select(static m => LocalCrew.Fly(m, "")).ToList();
        var dream = await new Dreamer(new DreamOptions()).DreamAsync(Read([.. before, .. practice]), MemoryTree.Of([]), null, cancellationToken);
        var playbook = PlaybookOf(dream.Memory);
        return new Campaign(seed, before, shown.ConvertAll(m => LocalCrew.Fly(m, playbook)), playbook);
    }

    /// <summary>The playbooks of a store, one after the other.</summary>
    public static string PlaybookOf(MemoryTree memory) => string.Concat(memory.Texts.Where(static t => t.Key.StartsWith("playbooks/", StringComparison.Ordinal)).Select(static t => t.Value));

    private static async IAsyncEnumerable<SessionTranscript> Read(IReadOnlyList<Flown> flown)
    {
        foreach (var one in flown) yield return one.Read();
        await Task.CompletedTask;
    }
}
