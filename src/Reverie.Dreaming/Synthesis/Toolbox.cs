using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis;

/// <summary>
/// Sessions of agents that work with the same tools. Tools of one name in different toolboxes are different tools:
/// nothing is compared across toolboxes.
/// </summary>
internal sealed class Toolbox
{
    /// <summary>A short name for files and headings, unique in the dream, e.g. <c>airline-support</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The sessions, ordered by start and then key.</summary>
    public required IReadOnlyList<SessionReview> Sessions { get; init; }

    /// <summary>The metadata key that names the person a session worked for; null when none does.</summary>
    public required string? PersonKey { get; init; }

    private const int PersonCharsMax = 64;

    /// <summary>The person of a session; null when nobody is named, or when the name is no name but a text.</summary>
    public string? PersonOf(SessionReview session) =>
        PersonKey is not null && session.Metadata.TryGetValue(PersonKey, out var person) && person.Length is > 0 and <= PersonCharsMax && Instructions.Score(person) < Instructions.PlantedScoreMin ? person : null;

    /// <summary>Who a session speaks for when support is counted: its person, or the session itself.</summary>
    public string PrincipalOf(SessionReview session) => PersonOf(session) ?? session.Key;

    /// <summary>Distinct principals of <paramref name="sessions"/>.</summary>
    public int Principals(IEnumerable<SessionReview> sessions) => sessions.Select(PrincipalOf).Distinct(StringComparer.Ordinal).Count();

    /// <summary>What the session was set to do, where the source names its tasks; the session itself otherwise. A lesson rests on several tasks.</summary>
    public static string TaskOf(SessionReview session) =>
        session.Metadata.TryGetValue("task_id", out var task) || session.Metadata.TryGetValue("task", out task) ? task : session.Key;

    /// <summary>Distinct tasks of <paramref name="sessions"/>.</summary>
    public static int Tasks(IEnumerable<SessionReview> sessions) => sessions.Select(TaskOf).Distinct(StringComparer.Ordinal).Count();
}
