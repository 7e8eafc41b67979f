using System.Net;
using System.Text.Json;
using Reverie.Server.Tests.Hosting;
using Reverie.Storage;

namespace Reverie.Server.Tests.Proof;

/// <summary>Short words for what tests of provenance do.</summary>
internal static class ProofWorld
{
    /// <summary>A dream takes about a second; past this it hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Dreams over the sessions onto the store, and waits for the end.</summary>
    public static async Task<string> DreamAsync(this TestServer server, string store, IEnumerable<string> sessions)
    {
        var id = store.Split('/')[^1];
        var dream = (await server.PostAsync("/v1/reverie/dreams", new
        {
            inputs = new object[] { new { type = "memory_store", memory_store_id = id }, new { type = "sessions", session_ids = sessions } },
            model = "reverie/local",
            output_behavior = new { type = "update_existing", memory_store_id = id },
        })).Expect(HttpStatusCode.OK).Id;
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var now = (await server.GetAsync($"/v1/dreams/{dream}")).Expect(HttpStatusCode.OK).Json;
            if (now.GetProperty("ended_at").ValueKind != JsonValueKind.Null)
            {
                Assert.Equal("completed", now.GetProperty("status").GetString());
                return dream;
            }
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "the dream does not end");
        }
    }

    public static async Task<JsonElement> ReportAsync(this TestServer server, string dream) => (await server.GetAsync($"/v1/reverie/dreams/{dream}/report")).Expect(HttpStatusCode.OK).Json;

    /// <summary>Path → text.</summary>
    public static async Task<SortedDictionary<string, string>> TreeAsync(this TestServer server, string store)
    {
        var page = (await server.GetAsync($"{store}/memories?view=full&limit=20")).Expect(HttpStatusCode.OK).Json.GetProperty("data");
        return new(page.EnumerateArray().ToDictionary(static m => m.GetProperty("path").GetString()!, static m => m.GetProperty("content").GetString()!, StringComparer.Ordinal), StringComparer.Ordinal);
    }

    public static async Task<List<JsonElement>> PassagesAsync(this TestServer server, string store, string path) =>
        [.. (await server.GetAsync($"{store.Replace("/v1/", "/v1/reverie/", StringComparison.Ordinal)}/provenance?path={path}&limit=1000")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray()];

    /// <summary>Every text of every table that holds <paramref name="word"/>, with the name of its column.</summary>
    public static async Task<List<string>> HoldersAsync(this TestServer server, string word)
    {
        await using var database = server.OpenDatabase();
        var columns = await database.ReadAsync(static db => db.QueryAsync(
            db.Dialect == Dialect.Sqlite
                ? "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND lower(p.type) = 'text' ORDER BY 1, 2"
                : "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text' ORDER BY 1, 2",
            static r => (Table: r.GetString(0), Column: r.GetString(1))), TestContext.Current.CancellationToken);
        var found = new List<string>();
        foreach (var (table, column) in columns)
        {
            found.AddRange(await database.ReadAsync(db => db.QueryAsync($"SELECT {column} FROM {table} WHERE lower({column}) LIKE '%{word}%'", r => $"{table}.{column}: {r.GetString(0)}"), TestContext.Current.CancellationToken));
        }
        return found;
    }
}
