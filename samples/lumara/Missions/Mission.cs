using Lumara.Crew;
using Lumara.Flying;

namespace Lumara.Missions;

/// <summary>One order to the crew.</summary>
/// <param name="Site">Where to land.</param>
/// <param name="Flight">Decides the day and all chance.</param>
/// <param name="Pilot">Who flies.</param>
/// <param name="IsPractice">Whether the pilot tries a way of its own.</param>
public sealed record Mission(Site Site, string Flight, string Pilot, bool IsPractice)
{
    private static readonly string[] Pilots = ["Ada", "Bela", "Chidi", "Dora", "Emeka", "Freya", "Goran", "Hana"];

    /// <summary>What the crew is told.</summary>
    public string Order => $"{Words.Order}land at {Site.Name}. Flight {Flight}, pilot {Pilot}.{(IsPractice ? " " + Words.Practice : "")}";

    /// <summary>What the session is called.</summary>
    public string Name => $"{Site.Name}, flight {Flight}";

    /// <summary>The flight on which a site is shown.</summary>
    public static Mission Shown(Site site) => new(site, "1", Pilots[0], IsPractice: false);

    /// <summary>Practice flights, in turn to each site and by each pilot.</summary>
    public static IReadOnlyList<Mission> Practice(IEnumerable<Site> sites, int count) =>
        [.. Enumerable.Range(2, count).SelectMany(flight => sites.Select(site => (site, flight))).Take(count)
            .Select(static (s, i) => new Mission(s.site, FormattableString.Invariant($"{s.flight}"), Pilots[i % Pilots.Length], IsPractice: true))];
}
