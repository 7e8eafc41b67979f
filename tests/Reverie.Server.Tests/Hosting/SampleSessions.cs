using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Reverie.Server.Tests.Hosting;

/// <summary>Sessions to import: real ones with lessons in them, and short ones made for a test.</summary>
internal static class SampleSessions
{
    /// <summary>The first <paramref name="count"/> lines of the sample that the repository comes with.</summary>
    public static string First(int count) => string.Concat(Lines().Take(count));

    /// <summary>A hundred sessions of one agent, from which a dream makes several changes.</summary>
    public static string WithLessons() => string.Concat(Lines().TakeLast(100));

    /// <summary>A session in which a person says these texts, one after the other.</summary>
    public static string Said(string externalId, DateTimeOffset at, params string[] texts) => JsonSerializer.Serialize(new
    {
        external_id = externalId,
        source = "test",
        agent = "tester",
        title = externalId,
        created_at = at,
        metadata = new { team = "ops" },
        events = texts.Select(static text => new { type = "user.message", content = new[] { new { type = "text", text } } }),
    }) + "\n";

    /// <summary>Imports JSON lines and returns the ids of the sessions, in the order of the lines.</summary>
    public static async Task<List<string>> ImportAsync(this TestServer server, string lines)
    {
        using var content = new StringContent(lines, Encoding.UTF8, "application/x-ndjson");
        (await server.SendAsync(HttpMethod.Post, "/v1/reverie/sessions/import", content)).Expect(HttpStatusCode.OK);
        var ids = new List<string>();
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var session = JsonElement.Parse(line);
            var (source, external) = (session.GetProperty("source").GetString()!, session.GetProperty("external_id").GetString()!);
            var found = (await server.GetAsync($"/v1/reverie/sessions?source={source}&external_id={Uri.EscapeDataString(external)}")).Expect(HttpStatusCode.OK);
            ids.Add(found.Json.GetProperty("data")[0].GetProperty("id").GetString()!);
        }
        return ids;
    }

    private static IEnumerable<string> Lines()
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "sql.sessions.jsonl.gz")), CompressionMode.Decompress), Encoding.UTF8);
        while (reader.ReadLine() is { } line) yield return line + "\n";
    }
}
