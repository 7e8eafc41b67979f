namespace Reverie.Dreaming.Tests.Planted;

/// <summary>Four people who work with one agent, in turn.</summary>
internal static class Team
{
    public static readonly string[] People = ["ada.l", "bob.k", "cleo.m", "dan.o"];

    /// <summary>One session each, in turn, told by <paramref name="tell"/>.</summary>
    public static List<SessionScript> Sessions(int count, Action<SessionScript, int> tell, int from = 1) =>
        [.. Enumerable.Range(0, count).Select(i =>
        {
            var script = new SessionScript(from + i, People[i % People.Length]) { Ids = i % 3 == 0 };
            tell(script, i);
            return script;
        })];

    /// <summary>An error with its way out: dates must be written year first. The lesson most tests start from.</summary>
    public static void BookByDate(SessionScript script, int i) => script
        .Asks($"Reserve berth {100 + i} for a boat of {10 + i} metres.")
        .Fails("book_berth", $"{{'berth':'B-{100 + i}','date':'{10 + i}.06.2024'}}", "the date could not be understood")
        .Calls("book_berth", $"{{'berth':'B-{100 + i}','date':'2024-06-{10 + i}'}}", $"reserved, slip {3000 + 7 * i}")
        .Answers("It is reserved.");

    public static List<SessionScript> Harbour(int count = 8, int from = 1) => Sessions(count, BookByDate, from);
}
