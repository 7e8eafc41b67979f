using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis;

/// <summary>Sorts sessions into toolboxes and finds out who they worked for.</summary>
internal static class Toolboxes
{
    private const double SameToolsMin = 0.5;
    private const double SameToolsAcrossSourcesMin = 0.8;

    private static readonly string[] PersonWords =
        ["user", "requester", "requested", "person", "customer", "client", "caller", "operator", "owner", "author", "reporter", "opened", "raised", "asked", "asker",
         "member", "employee", "staff", "account", "principal", "actor", "contact", "speaker", "sender", "colleague", "who", "by", "from", "for", "name", "human",
         "submitter", "creator", "patron", "guest", "patient", "clerk", "analyst", "engineer", "keeper", "handler", "lead", "crew", "worker", "agent_for", "on_behalf"];

    private static readonly string[] Holders = ["id", "key", "handle", "login", "email", "mail", "ref", "code", "no", "number", "behalf"];

    private static readonly string[] VagueWords = ["by", "from", "for", "name", "who", "lead"];

    public static List<Toolbox> Sort(IReadOnlyList<SessionReview> sessions)
    {
        var ordered = sessions.OrderBy(static s => s.CreatedAt).ThenBy(static s => s.Key, StringComparer.Ordinal).ToList();
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
            toolboxes.Add(new Toolbox { Name = unique, Sessions = members, PersonKey = PersonKeyOf(members) });
        }
        return toolboxes;
    }

    /// <summary>
    /// The metadata key that names people: preferably one that says so ("user", "requester"), its values recurring in
    /// several sessions and looking like names; otherwise a key whose values look like handles.
    /// </summary>
    public static string? PersonKeyOf(IReadOnlyList<SessionReview> sessions)
    {
        string? best = null;
        double bestScore = 0;
        foreach (var key in sessions.SelectMany(static s => s.Metadata.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var values = sessions.Select(s => s.Metadata.GetValueOrDefault(key)).OfType<string>().Where(static v => v.Length > 0).ToList();
            var distinct = values.Distinct(StringComparer.Ordinal).ToList();
            if (distinct.Count < 2 || values.Count < sessions.Count / 4) continue;
            var handles = distinct.Count(LooksLikePerson) / (double)distinct.Count;
            var named = NamesPerson(key, handles >= 0.5);
            var recurring = values.Count >= 2 * distinct.Count;
            if (!recurring && !named) continue;
            if (distinct.TrueForAll(static v => v.All(static c => char.IsDigit(c) || c is '.' or '-')) && !named) continue;
            var score = (named ? 2 : 0) + 2 * handles + (recurring ? 0.5 : 0) - (handles < 0.5 && !named ? 3 : 0);
            if (score <= bestScore || score < 1.5) continue;
            bestScore = score;
            best = key;
        }
        return best;
    }

    /// <summary>
    /// The last word says what a field holds ("user_tool_calls" are calls), and "ended_by" or "name" speak of people only
    /// where the values do.
    /// </summary>
    private static bool NamesPerson(string key, bool valuesDo)
    {
        var words = Words.OfIdentifier(key);
        if (words.Count == 0 || !(IsPerson(words[^1]) || Holders.Contains(words[^1], StringComparer.Ordinal))) return false;
        return words.Exists(w => IsPerson(w) && (valuesDo || !VagueWords.Contains(w, StringComparer.Ordinal)));
    }

    private static bool IsPerson(string word) => PersonWords.Contains(word, StringComparer.Ordinal);

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
        return slug.Length == 0 ? "work" : slug;
    }

    private sealed record Member(string Source, string Agent, List<SessionReview> Sessions, HashSet<string> Tools)
    {
        public string Domain { get; } = Sessions[0].Metadata.GetValueOrDefault("domain", "");
    }
}
