using System.Globalization;
using System.Text.Json;

namespace Reverie.Server.Tests.Proof;

/// <summary>
/// A hundred sessions with lessons that rest on two to twenty of them. Every session has words that no other one has, in
/// whatever it says, calls and hears.
/// </summary>
internal static class MarkedSessions
{
    private static readonly (string Thing, int Sessions)[] Lessons =
    [
        ("berth", 2), ("crane", 2), ("pilot", 3), ("tug", 3), ("lock", 4), ("shed", 5), ("rail", 6), ("dock", 7), ("quay", 8), ("ferry", 10), ("barge", 12), ("slip", 18), ("yard", 20),
    ];

    private static readonly string[] People = ["ada.l", "bob.k", "cleo.m", "dan.o", "eve.p"];

    private static readonly string[] Wishes = ["Please always quote prices in euros", "Quote prices in euros, never in dollars", "I want every price quoted in euros", "Prices in euros as always, please"];

    public static int Count { get; } = Lessons.Sum(static l => l.Sessions);

    /// <summary>The words of session <paramref name="number"/> all hold this.</summary>
    public static string Marker(int number, string prefix = "zq") => string.Create(CultureInfo.InvariantCulture, $"{prefix}{number:000}");

    public static string Lines(string source, string prefix = "zq") => string.Concat(Lessons.SelectMany(static l => Enumerable.Repeat(l.Thing, l.Sessions)).Select((thing, i) => Line(source, prefix, thing, i) + "\n"));

    private static string Line(string source, string prefix, string thing, int i)
    {
        var mark = Marker(i, prefix);
        var at = new DateTimeOffset(2026, 5, 1, 9, 0, 0, TimeSpan.Zero).AddHours(6 * i);
        List<object> events =
        [
            Said("user.message", $"Reserve the {thing} for {mark}boat."),
            .. Call($"book_{thing}", new { place = $"{mark}place", date = $"{10 + i % 20}.06.2026" }, $"the date could not be understood, case {mark}case", isError: true, 1),
            .. Call($"book_{thing}", new { place = $"{mark}place", date = $"2026-06-{10 + i % 20}" }, $"reserved as {mark}slip", isError: false, 2),
            .. Call("show_setting", new { name = $"{mark}name" }, "log retention = 14 days", isError: false, 3),
            Said("agent.message", $"Done, {mark}answer."),
            Said("user.message", $"{Wishes[i % Wishes.Length]}, also for {mark}crate."),
        ];
        return JsonSerializer.Serialize(new
        {
            external_id = $"{mark}id",
            source,
            agent = "harbour",
            title = $"{mark} title",
            created_at = at,
            metadata = new { user = People[i % People.Length], ticket = $"{mark}ticket" },
            outcome = new { result = i % 3 == 0 ? "failed" : "satisfied", explanation = $"{mark}verdict" },
            events,
        });

        object[] Call(string tool, object input, string answer, bool isError, int n) =>
        [
            new { type = "agent.tool_use", id = $"{mark}use{n}", name = tool, input },
            new { type = "agent.tool_result", tool_use_id = $"{mark}use{n}", content = Text(answer), is_error = isError },
        ];
    }

    private static object Said(string type, string text) => new { type, content = Text(text) };

    private static object[] Text(string text) => [new { type = "text", text }];
}
