using System.Text.Json.Nodes;
using Reverie.Dreaming.Review;
using Reverie.Dreaming.Synthesis;

namespace Reverie.Dreaming.Models;

/// <summary>Some sessions of one toolbox, in excerpts, with the names a model cites their events by.</summary>
internal sealed class Excerpts
{
    /// <summary>Sessions of one request.</summary>
    public const int SessionsMax = 20;

    /// <summary>Requests for one toolbox, and for all of them: what bounds a dream over very many sessions.</summary>
    public const int GroupsPerToolboxMax = 6;

    /// <inheritdoc cref="GroupsPerToolboxMax"/>
    public const int GroupsMax = 12;

    private const int EventsMax = 10;
    private const int WordsMax = 3;

    private readonly Dictionary<string, CitableEvent> _events = new(StringComparer.Ordinal);

    private Excerpts(Toolbox toolbox, IReadOnlyList<SessionReview> sessions, CitableEvents events)
    {
        Toolbox = toolbox;
        Sessions = sessions;
        var lines = new List<JsonObject>();
        foreach (var (number, session) in sessions.Index())
        {
            lines.Add(new JsonObject { ["session"] = $"s{number + 1}", ["judged"] = session.Satisfied switch { true => "good", false => "failed", null => "not" } });
            foreach (var (at, shown) in Telling(session, events).Index())
            {
                var name = $"s{number + 1}.e{at + 1}";
                _events.Add(name, shown);
                lines.Add(shown.Line(name));
            }
        }
        Block = QuotedData.Block(lines);
    }

    public Toolbox Toolbox { get; }

    public IReadOnlyList<SessionReview> Sessions { get; }

    /// <summary>As the model sees them.</summary>
    public string Block { get; }

    public IReadOnlyCollection<CitableEvent> Events => _events.Values;

    /// <summary>The event of a name; null when there is none.</summary>
    public CitableEvent? Find(string name) => _events.GetValueOrDefault(name);

    /// <summary>
    /// Groups of sessions for all toolboxes in which several principals speak, the largest toolbox first. Of many sessions as
    /// many failed as good ones are taken where there are, spread evenly over time.
    /// </summary>
    public static List<Excerpts> Of(IReadOnlyList<Toolbox> toolboxes, CitableEvents events)
    {
        var groups = new List<Excerpts>();
        foreach (var toolbox in toolboxes.Where(static b => b.IsIndependent(b.Sessions)).OrderByDescending(static b => b.Sessions.Count).ThenBy(static b => b.Name, StringComparer.Ordinal))
        {
            var most = Math.Min(GroupsPerToolboxMax, GroupsMax - groups.Count) * SessionsMax;
            if (most <= 0) break;
            var chosen = Choose(toolbox.Sessions, most);
            var count = (chosen.Count + SessionsMax - 1) / SessionsMax;
            for (var i = 0; i < count; i++) groups.Add(new Excerpts(toolbox, [.. chosen.Where((_, at) => at % count == i)], events));
        }
        return groups;
    }

    private static List<SessionReview> Choose(IReadOnlyList<SessionReview> sessions, int most)
    {
        if (sessions.Count <= most) return [.. sessions];
        List<SessionReview> failed = [.. sessions.Where(static s => s.Satisfied == false)];
        List<SessionReview> good = [.. sessions.Where(static s => s.Satisfied == true)];
        List<SessionReview> other = [.. sessions.Where(static s => s.Satisfied is null)];
        var half = most / 2;
        var ofFailed = Math.Min(failed.Count, Math.Max(half, most - good.Count - other.Count));
        var ofGood = Math.Min(good.Count, most - ofFailed);
        var chosen = Spread(failed, ofFailed).Concat(Spread(good, ofGood)).Concat(Spread(other, Math.Min(other.Count, most - ofFailed - ofGood))).ToHashSet();
        return [.. sessions.Where(chosen.Contains)];
    }

    private static IEnumerable<SessionReview> Spread(List<SessionReview> sessions, int count) =>
        Enumerable.Range(0, count).Select(i => sessions[(int)((long)i * sessions.Count / count)]);

    /// <summary>What people said first, what failed with what came next, and how it ended.</summary>
    private static IEnumerable<CitableEvent> Telling(SessionReview session, CitableEvents events)
    {
        List<CitableEvent> all = [.. events.Of(session).DistinctBy(static e => e.Key, StringComparer.Ordinal)];
        var chosen = new SortedSet<int>(all.Index().Where(static e => e.Item.Label == EvidenceLabel.User).Take(WordsMax).Select(static e => e.Index));
        foreach (var (at, _) in all.Index().Where(static e => e.Item.HasFailed))
        {
            for (var next = at; next <= at + 2 && next < all.Count && chosen.Count < EventsMax; next++)
                if (all[next].Label != EvidenceLabel.Operator) chosen.Add(next);
        }
        for (var at = all.Count - 1; at >= 0 && chosen.Count < EventsMax; at--)
            if (all[at].Label != EvidenceLabel.Operator) chosen.Add(at);
        return chosen.Select(at => all[at]);
    }
}
