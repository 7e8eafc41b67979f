using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis;

/// <summary>
/// Sessions of agents that work with the same tools. Tools of one name in different toolboxes are different tools:
/// nothing is compared across toolboxes.
/// </summary>
internal sealed class Toolbox
{
    private const int PersonCharsMax = 64;

    private readonly Lazy<Dictionary<SessionReview, string>> _people;
    private readonly Lazy<Dictionary<SessionReview, string>> _tasks;
    private readonly Lazy<bool> _isOfOnePerson;

    public Toolbox()
    {
        _people = new(NamePeople);
        _tasks = new(() => TaskNames.Of(Sessions!));
        _isOfOnePerson = new(() => PersonKey is not null && _people.Value.Count == Sessions!.Count && _people.Value.Values.Distinct(StringComparer.Ordinal).Count() == 1);
    }

    /// <summary>A short name for files and headings, unique in the dream, e.g. <c>airline-support</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The sessions, ordered by start and then key.</summary>
    public required IReadOnlyList<SessionReview> Sessions { get; init; }

    /// <summary>The metadata key that names the person a session worked for; null when none does.</summary>
    public required string? PersonKey { get; init; }

    /// <summary>How many independent principals anything learnt from these sessions needs.</summary>
    public required int PrincipalsMin { get; init; }

    /// <summary>Where the dates of the dream's sessions end; what is dated later says nothing about what holds now.</summary>
    public DateTimeOffset DatesEnd { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>The sessions whose date can be believed.</summary>
    public IEnumerable<SessionReview> Dated => Sessions.Where(s => s.CreatedAt <= DatesEnd);

    /// <summary>
    /// The person of a session, in one spelling: by the key that names people, or where none does the owner of the home directory it worked in. Null when
    /// nobody is named, or when the name is no name but a text.
    /// </summary>
    public string? PersonOf(SessionReview session) => _people.Value.GetValueOrDefault(session);

    /// <summary>
    /// Who a session speaks for when support is counted: its person, or where nobody is named what it tells. Sessions in
    /// which word for word the same happened are one witness, whether they are copies or a task run again. On somebody's own
    /// machine it is the environment that answers: each session is a witness of it.
    /// </summary>
    public string PrincipalOf(SessionReview session) => (PersonKey is null ? null : PersonOf(session)) ?? session.Log;

    /// <summary>True when a key names people and every session was done for the same one: what they teach is sound as far as that person is.</summary>
    public bool IsOfOnePerson => _isOfOnePerson.Value;

    /// <summary>Distinct principals of <paramref name="sessions"/>; of one person's toolbox its distinct tellings, on whose word alone nothing is applied.</summary>
    public int Principals(IEnumerable<SessionReview> sessions) => sessions.Select(s => IsOfOnePerson ? s.Log : PrincipalOf(s)).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Distinct tellings: a session that repeats another one of its principal word for word adds nothing.</summary>
    public int Tellings(IEnumerable<SessionReview> sessions) => sessions.Select(s => (PrincipalOf(s), s.Log)).Distinct().Count();

    /// <summary>True when enough independent principals stand behind <paramref name="sessions"/>.</summary>
    public bool IsIndependent(IEnumerable<SessionReview> sessions) => Principals(sessions) >= PrincipalsMin;

    /// <summary>What the session was set to do, where the source names its tasks; the session itself otherwise. A lesson rests on several tasks.</summary>
    public string TaskOf(SessionReview session) => _tasks.Value[session];

    /// <summary>Distinct tasks of <paramref name="sessions"/>.</summary>
    public int Tasks(IEnumerable<SessionReview> sessions) => sessions.Select(TaskOf).Distinct(StringComparer.Ordinal).Count();

    /// <summary>"Solo" and "solo " are one person, called by the spelling that was used most.</summary>
    private Dictionary<SessionReview, string> NamePeople()
    {
        var people = new Dictionary<SessionReview, string>();
        var named = Sessions.Select(s => (Session: s, Name: ((PersonKey is null ? Homes.OwnerOf(s.Metadata) : s.Metadata[PersonKey]) ?? "").Trim()))
            .Where(static p => p.Name.Length is > 0 and <= PersonCharsMax && Instructions.Score(p.Name) < Instructions.PlantedScoreMin);
        foreach (var person in named.GroupBy(static p => SameName(p.Name), StringComparer.Ordinal))
        {
            var spelling = person.GroupBy(static p => p.Name, StringComparer.Ordinal).OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal).First().Key;
            foreach (var (session, _) in person) people.Add(session, spelling);
        }
        return people;
    }

    /// <summary>A name without what differs from one writing of it to the next: case, spaces, characters nobody sees.</summary>
    public static string SameName(string name) =>
        string.Join(' ', HiddenText.Strip(name).ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
