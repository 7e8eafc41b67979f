using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis;

/// <summary>Sorts sessions into toolboxes and finds out who they worked for.</summary>
internal static class Toolboxes
{
    private const double SameToolsMin = 0.5;
    private const double SameToolsAcrossSourcesMin = 0.8;

    /// <summary>Values of a key that sort sessions by people rather than by some few kinds.</summary>
    private const int CrowdMin = 5;

    private static readonly TimeSpan GapMin = TimeSpan.FromDays(365);

    /// <summary>A toolbox's name becomes a directory's: short enough for any file system, in any script.</summary>
    private const int NameCharsMax = 60;

    private static readonly string[] PersonWords =
        ["user", "requester", "requested", "person", "customer", "client", "caller", "operator", "owner", "author", "reporter", "opened", "raised", "asked", "asker",
         "member", "employee", "staff", "account", "principal", "actor", "contact", "speaker", "sender", "colleague", "human", "submitter", "submitted", "creator", "created",
         "patron", "guest", "patient", "clerk", "analyst", "engineer", "keeper", "handler", "crew", "worker", "who", "initiator", "initiated", "reviewer", "supervisor",
         "demandeur", "nutzer", "benutzer", "utilisateur", "usuario", "ordered", "logged", "filed", "called", "spoke", "dispatcher", "officer", "lead", "boss", "chef", "pilot"];

    /// <summary>Names of keys that sort sessions by something else than people.</summary>
    private static readonly string[] OtherWords =
        ["model", "mode", "strategy", "domain", "dataset", "database", "db", "trial", "version", "ended", "status", "result", "type", "kind", "level", "hardness", "language", "locale",
         "region", "env", "environment", "project", "repo", "repository", "team", "service", "app", "product", "tenant", "org", "site", "room", "hall", "lane", "table", "ward", "unit",
         "dept", "department", "season", "weather", "priority", "severity", "channel", "shift", "ticket", "task", "job", "bought", "tool", "turns", "platform", "calls", "count", "steps", "seed", "run", "reflections", "branch", "office", "matter", "billing"];

    private static readonly string[] WeakPersonWords = ["by", "from", "for", "name", "on_behalf"];

    public static List<Toolbox> Sort(IReadOnlyList<SessionReview> sessions, int principalsMin)
    {
        var ordered = sessions.OrderBy(static s => s.CreatedAt).ThenBy(static s => s.Key, StringComparer.Ordinal).ToList();
        var datesEnd = DatesEnd(ordered);
        var agents = ordered.GroupBy(static s => (s.Source, s.Agent))
            .OrderBy(static g => g.Key.Source, StringComparer.Ordinal).ThenBy(static g => g.Key.Agent, StringComparer.Ordinal)
            .Select(static g => new Member(g.Key.Source, g.Key.Agent, [.. g], ToolsOf(g))).ToList();

        var boxes = new List<List<Member>>();
        foreach (var agent in agents.OrderByDescending(static a => a.Sessions.Count).ThenBy(static a => a.Source, StringComparer.Ordinal).ThenBy(static a => a.Agent, StringComparer.Ordinal))
        {
            var home = boxes.Where(box => box.Exists(other => Alike(agent, other)))
                .OrderByDescending(box => box.Max(other => Similarity(agent, other))).FirstOrDefault();
            if (home is null) boxes.Add([agent]);
            else home.Add(agent);
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var toolboxes = new List<Toolbox>();
        foreach (var box in boxes.OrderBy(static b => b.Min(static m => m.Source + "/" + m.Agent), StringComparer.Ordinal))
        {
            var members = box.SelectMany(static m => m.Sessions).OrderBy(static s => s.CreatedAt).ThenBy(static s => s.Key, StringComparer.Ordinal).ToList();
            var name = NameOf(box);
            var unique = name;
            for (var i = 2; !names.Add(unique); i++) unique = $"{name}-{i}";
            toolboxes.Add(new Toolbox { Name = unique, Sessions = members, PersonKey = PersonKeyOf(members), PrincipalsMin = principalsMin, DatesEnd = datesEnd });
        }
        return toolboxes;
    }

    /// <summary>
    /// The last date that can be believed. The dreamer has no clock, so a date is held against the others: walking on from
    /// the median, the first gap longer than a year and longer than the way walked so far ends the dates.
    /// </summary>
    public static DateTimeOffset DatesEnd(IReadOnlyList<SessionReview> ordered)
    {
        if (ordered.Count == 0) return DateTimeOffset.MaxValue;
        var median = (ordered.Count - 1) / 2;
        for (var i = median; i + 1 < ordered.Count; i++)
        {
            var gap = ordered[i + 1].CreatedAt - ordered[i].CreatedAt;
            if (gap > GapMin && gap > ordered[i].CreatedAt - ordered[median].CreatedAt) return ordered[i].CreatedAt;
        }
        return DateTimeOffset.MaxValue;
    }

    /// <summary>
    /// The metadata key that names people. Several signs are added up: a name that says so ("user", "requester"), values
    /// that look like names and recur, and above all wishes that recur under one value of the key and no other.
    /// </summary>
    public static string? PersonKeyOf(IReadOnlyList<SessionReview> sessions)
    {
        var recorded = sessions.SelectMany(static s => s.Metadata.Names).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(k => (Key: k, Values: sessions.Select(s => s.Metadata[k]).OfType<string>().Where(static v => v.Length > 0).ToList()))
            .Select(static k => (k.Key, k.Values, Distinct: Distinct(k.Values))).ToList();
        var keys = recorded.FindAll(k => k.Values.Count >= sessions.Count / 4 && k.Distinct.Count >= 2);
        var repeated = PersonalTopics.Of(sessions);
        // Of keys that count or measure, the values say nothing about people.
        var mostValues = keys.Where(static k => k.Values.Count >= 4 * k.Distinct.Count && HasLetters(k.Distinct)).Select(static k => k.Distinct.Count).DefaultIfEmpty(0).Max();
        string? best = null;
        double bestScore = 0;
        foreach (var (key, values, distinct) in keys)
        {
            var parts = Words.OfIdentifier(key);
            var named = NamesPeople(parts);
            var weakly = !named && parts.Count == 1 && parts.Any(static w => WeakPersonWords.Contains(w, StringComparer.Ordinal));
            if (named && Counts(parts)) continue;
            var handles = distinct.Count(LooksLikePerson) / (double)distinct.Count;
            var versions = distinct.TrueForAll(static v => v.Contains('.') && v.All(static c => char.IsDigit(c) || c is '.' or 'v'));
            var numbers = distinct.TrueForAll(static v => v.All(static c => char.IsDigit(c) || c is '-'));
            var perValue = values.Count / (double)distinct.Count;
            var surprise = PersonalTopics.Surprise(repeated, key, values);
            // A crowd: several that recur, and no other key that recurs has as many.
            var crowd = distinct.Count >= CrowdMin && distinct.Count == mostValues && perValue >= 4 && HasLetters(distinct);
            // Some sign there must be, beside recurring at all.
            if (!named && !weakly && handles < 0.5 && surprise < 0.2 && keys.Count > 1 && !crowd) continue;
            if (numbers && !named && surprise < 0.5) continue;
            // The record's own keys recur too: what was run, how it ended.
            if (!named && parts.Exists(static w => OtherWords.Contains(w, StringComparer.Ordinal))) continue;
            var score = (named ? 1.5 : weakly ? 0.7 : 0) + 1.2 * handles + (distinct.Count >= 5 && Numbered(distinct) ? 0.5 : 0)
                + (perValue >= 4 ? 1 : perValue >= 2 && distinct.Count * 3 <= sessions.Count ? 0 : -2.5) + (distinct.Count == mostValues && perValue >= 4 ? 0.5 : 0)
                + (distinct.Count >= 4 ? 0.3 : -0.7) - (distinct.TrueForAll(static v => v.Length == 1) ? 1 : 0) + (keys.Count == 1 && distinct.Count >= 3 ? 1 : 0)
                + Math.Min(3, 0.7 * surprise) - (versions ? 4 : numbers ? 0.3 : 0);
            if (score <= bestScore || score < 1.5) continue;
            bestScore = score;
            best = key;
        }
        return best ?? recorded.Where(k => IsOnePerson(k.Key, k.Values, k.Distinct, sessions.Count)).Select(static k => k.Key).FirstOrDefault();
    }

    /// <summary>Everything was done for one person: the key names people, every session holds it, and it says the same in all.</summary>
    private static bool IsOnePerson(string key, List<string> values, List<string> distinct, int sessions)
    {
        var parts = Words.OfIdentifier(key);
        return values.Count == sessions && NamesPeople(parts) && !Counts(parts) && !parts.Exists(static w => OtherWords.Contains(w, StringComparer.Ordinal))
            && distinct is [var one] && (parts is ["user", ..] || LooksLikePerson(one));
    }

    /// <summary>The values, each once however it is spelt.</summary>
    private static List<string> Distinct(List<string> values) => [.. values.Distinct(StringComparer.Ordinal).DistinctBy(Toolbox.SameName, StringComparer.Ordinal)];

    private static bool HasLetters(List<string> values) => values.TrueForAll(static v => v.Any(char.IsLetter));

    private static bool NamesPeople(List<string> parts) => parts.Exists(static w => PersonWords.Contains(w, StringComparer.Ordinal));

    /// <summary>"user_tool_calls" counts something, "user_id" names somebody.</summary>
    private static bool Counts(List<string> parts) => parts.Exists(static w => w is "count" or "calls" or "tool" or "mode" or "type" or "agent" or "version" or "turns");

    /// <summary>Two parts ("ada.l", "Ada Lovelace", "u-113"), or a capitalised name.</summary>
    private static bool LooksLikePerson(string value)
    {
        if (value.Length is < 2 or > 60 || value.Contains('/')) return false;
        if (value.Contains('@')) return true;
        var parts = value.Split(['.', ' ', '_', '-'], StringSplitOptions.RemoveEmptyEntries);
        var lettersOnly = parts.All(static p => p.All(static c => char.IsLetter(c) || c == '\''));
        if (parts.Length == 2 && lettersOnly) return parts.Any(static p => p.Length == 1) || value.Contains('.') || (char.IsUpper(parts[0][0]) && char.IsUpper(parts[1][0]));
        return parts.Length == 1 && lettersOnly && char.IsUpper(value[0]) && value.Any(char.IsLower) && value.Length > 2;
    }

    /// <summary>One word and a number each: u-113, desk7.</summary>
    private static bool Numbered(List<string> values) =>
        values.TrueForAll(static v => v.Length is >= 2 and <= 24 && char.IsLetter(v[0]) && char.IsDigit(v[^1]) && !v.Contains(' '))
        && values.Select(static v => v.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')).Distinct(StringComparer.Ordinal).Count() == 1;

    private static bool Alike(Member a, Member b)
    {
        if (a.Source == b.Source && (a.Tools.Count == 0 || b.Tools.Count == 0)) return a.Tools.Count == b.Tools.Count;
        if (a.Domain != b.Domain) return false;
        return Similarity(a, b) >= (a.Source == b.Source ? SameToolsMin : SameToolsAcrossSourcesMin);
    }

    private static double Similarity(Member a, Member b)
    {
        var shared = a.Tools.Count(b.Tools.Contains);
        var all = a.Tools.Count + b.Tools.Count - shared;
        return all == 0 ? 1 : (double)shared / all;
    }

    /// <summary>Tools that occur in at least a twentieth of the agent's sessions; a stray call makes no toolbox.</summary>
    private static HashSet<string> ToolsOf(IEnumerable<SessionReview> sessions)
    {
        var all = sessions.ToList();
        return all.SelectMany(static s => s.Steps.Select(static t => t.Tool).Distinct(StringComparer.Ordinal))
            .GroupBy(static t => t, StringComparer.Ordinal).Where(g => g.Count() * 20 >= all.Count)
            .Select(static g => g.Key).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What the agents' names have in common, else the domain, else the source.</summary>
    private static string NameOf(List<Member> box)
    {
        var parts = box.ConvertAll(static m => m.Agent.Split(['-', '_', ' ', '/', '.'], StringSplitOptions.RemoveEmptyEntries));
        var shared = parts[0].TakeWhile((part, i) => parts.TrueForAll(p => p.Length > i && p[i] == part)).ToList();
        var name = shared.Count > 0 ? string.Join('-', shared) : box[0].Domain is { Length: > 0 } domain ? domain : box[0].Source;
        var slug = string.Join('-', Words.Split(name));
        slug = Clip.Prefix(slug, NameCharsMax).TrimEnd('-');
        return slug.Length > 0 && box.TrueForAll(static m => IsNamed(m.Agent)) && IsNamed(name) && Names.IsName(slug) ? slug : "work";
    }

    /// <summary>Agents may have names of several words.</summary>
    private static bool IsNamed(string name) => Names.IsName(name.Replace(' ', '-'));

    private sealed record Member(string Source, string Agent, List<SessionReview> Sessions, HashSet<string> Tools)
    {
        public string Domain { get; } = Sessions[0].Metadata["domain"] ?? "";
    }
}
