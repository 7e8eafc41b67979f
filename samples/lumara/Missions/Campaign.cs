using Lumara.Flying;
using Reverie.Dreaming;
using Reverie.Protocol.Sessions;

namespace Lumara.Missions;

/// <summary>Before, dream, after: the sites of one seed.</summary>
/// <param name="Seed">Of the sites.</param>
/// <param name="Before">Each site as a new pilot lands on it.</param>
/// <param name="After">The same with the playbook.</param>
/// <param name="Playbook">What the dream wrote; empty where it wrote nothing.</param>
public sealed record Campaign(int Seed, IReadOnlyList<Flown> Before, IReadOnlyList<Flown> After, string Playbook)
{
    /// <summary>Practice flights before a dream, unless told.</summary>
    public const int PracticeCount = 900;

    /// <summary>Practice flights to one site.</summary>
    private const int FlightsPerSite = 6;

    /// <summary>Sites landed on before and not after.</summary>
    public int Lost => Before.Zip(After).Count(static p => p.First.IsGood && !p.Second.IsGood);

    /// <summary>The flights to the sites that are shown.</summary>
    public static IReadOnlyList<Mission> Shown(int seed, int sites) => [.. Site.Generate(seed, sites).Select(Mission.Shown)];

    /// <summary>The practice flights, to other sites than those that are shown.</summary>
    public static IReadOnlyList<Mission> Practice(int seed, int sites, int count) =>
        Mission.Practice(Site.Generate(seed, sites + (count + FlightsPerSite - 1) / FlightsPerSite).Skip(sites), count);

    /// <summary>Flies it all in this process.</summary>
    /// <param name="seed">Of the sites.</param>
    /// <param name="sites">How many are shown.</param>
    /// <param name="practice">Practice flights.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Campaign> FlyAsync(int seed, int sites, int practice, CancellationToken cancellationToken)
    {
        var shown = Shown(seed, sites);
        var before = shown.Select(static m => LocalCrew.Record(m, "")).ToList();
        var practised = Practice(seed, sites, practice).Select(static m => LocalCrew.Record(m, "").Transcript);
        var sessions = before.Select(static f => f.Transcript).Concat(practised).Select(static t => SessionTranscript.Parse(t)).ToAsyncEnumerable();
        var dream = await new Dreamer(new DreamOptions()).DreamAsync(sessions, MemoryTree.Of([]), null, cancellationToken);
        var playbook = PlaybookOf(dream.Memory);
        return new Campaign(seed, before.ConvertAll(static f => f.Flown), [.. shown.Select(m => LocalCrew.Fly(m, playbook))], playbook);
    }

    /// <summary>The playbooks of a store, one after the other.</summary>
    public static string PlaybookOf(MemoryTree memory) => string.Concat(memory.Texts.Where(static t => t.Key.StartsWith("playbooks/", StringComparison.Ordinal)).Select(static t => t.Value));
}
