using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Reverie.Server.Tests.Hosting;
using Reverie.Storage;

namespace Reverie.Server.Tests.Storage;

/// <summary>
/// A server that is killed while many write: what it acknowledged is there, and nothing is half there. REVERIE_KILL_ROUNDS
/// sets how often, for long runs.
/// </summary>
public sealed class KillTests(PostgresCluster cluster) : IDisposable
{
    private const int Writers = 8;

    private static readonly int? Rounds = int.TryParse(Environment.GetEnvironmentVariable("REVERIE_KILL_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : null;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("reverie-kill-test-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public Task What_was_acknowledged_survives_on_sqlite() => KillRepeatedlyAsync(null, Rounds ?? 20);

    [Fact]
    public async Task What_was_acknowledged_survives_on_postgres()
    {
        var postgres = await cluster.CreateDatabaseAsync();
        Assert.SkipWhen(postgres is null, PostgresServer.NotHere);
        await KillRepeatedlyAsync(postgres, Rounds ?? 6);
    }

    private async Task KillRepeatedlyAsync(string? postgres, int rounds)
    {
        var random = new Random((int)Law.Seed);
        var written = new Dictionary<string, IReadOnlyDictionary<string, int>>(StringComparer.Ordinal);
        for (var round = 0; round < rounds; round++)
        {
            using var server = await ReverieProcess.ServeAsync(postgres, _data.FullName);
            using var http = Connect(server);
            if (written.Count > 0) await CheckAsync(http, written.Last().Key, written.Last().Value);
            var store = await StoreAsync(http);
            written[store] = await WriteUntilKilledAsync(server, http, store, acknowledgements: random.Next(1, 150));
        }
        using var last = await ReverieProcess.ServeAsync(postgres, _data.FullName);
        using var client = Connect(last);
        foreach (var (store, memories) in written) await CheckAsync(client, store, memories);
        await CheckDatabaseAsync(postgres);
    }

    /// <summary>The last number acknowledged for each memory.</summary>
    private static async Task<IReadOnlyDictionary<string, int>> WriteUntilKilledAsync(ReverieProcess server, HttpClient http, string store, int acknowledgements)
    {
        var acknowledged = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var count = 0;
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(WriteAsync));
        await killed.Task;
        return acknowledged;

        async Task WriteAsync(int writer)
        {
            try
            {
                var memory = await PostAsync(http, $"{store}/memories", new { path = $"/{writer}", content = "0" });
                for (var number = 0; ; number++)
                {
                    acknowledged[memory] = number;
                    if (Interlocked.Increment(ref count) == acknowledgements)
                    {
                        await server.KillAsync();
                        killed.SetResult();
                        return;
                    }
                    await PostAsync(http, $"{store}/memories/{memory}", new { content = $"{number + 1}" });
                }
            }
            catch (HttpRequestException error) when (error.StatusCode is null)
            {
                // Its connection died with the server.
            }
        }
    }

    /// <summary>Each memory holds 0, 1, 2 … to the number acknowledged last, or one more that was under way; and the newest is its text.</summary>
    private static async Task CheckAsync(HttpClient http, string store, IReadOnlyDictionary<string, int> acknowledged)
    {
        var versions = await AllAsync(http, $"{store}/memory_versions?view=full&limit=20");
        versions.Reverse();
        var histories = versions.GroupBy(static v => v.GetProperty("memory_id").GetString()!, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.ToList(), StringComparer.Ordinal);
        var memories = (await AllAsync(http, $"{store}/memories?view=full&limit=20")).ToDictionary(static m => m.GetProperty("id").GetString()!, StringComparer.Ordinal);

        Assert.Equal(memories.Keys.Order(StringComparer.Ordinal), histories.Keys.Order(StringComparer.Ordinal));
        Assert.Subset(memories.Keys.ToHashSet(StringComparer.Ordinal), acknowledged.Keys.ToHashSet(StringComparer.Ordinal));
        foreach (var (id, history) in histories)
        {
            var numbers = history.ConvertAll(static v => int.Parse(v.GetProperty("content").GetString()!, CultureInfo.InvariantCulture));
            var last = acknowledged.TryGetValue(id, out var number) ? number : -1;
            Assert.Equal(Enumerable.Range(0, numbers.Count), numbers);
            Assert.InRange(numbers[^1], Math.Max(last, 0), last + 1);
            Assert.Equal(history.Select(static (_, i) => i == 0 ? "created" : "modified"), history.Select(static v => v.GetProperty("operation").GetString()));
            Assert.Equal(history[^1].GetProperty("id").GetString(), memories[id].GetProperty("memory_version_id").GetString());
            Assert.Equal(history[^1].GetProperty("content").GetString(), memories[id].GetProperty("content").GetString());
        }
    }

    private async Task CheckDatabaseAsync(string? postgres)
    {
        await using Database database = postgres is null ? SqliteDatabase.Open(DataDirectory.FileIn(_data.FullName)) : PostgresDatabase.Open(postgres);
        if (postgres is null) Assert.Equal(["ok"], await database.ReadAsync(static db => db.QueryAsync("PRAGMA integrity_check", static r => r.GetString(0)), Cancelled));
        var gaps = await database.ReadAsync(static db => db.QueryAsync(
            "SELECT memory_store_id FROM memory_versions GROUP BY memory_store_id HAVING min(seq) <> 1 OR max(seq) <> count(*)", static r => r.GetString(0)), Cancelled);
        var miscounted = await database.ReadAsync(static db => db.QueryAsync(
            "SELECT id FROM memory_stores s WHERE memory_count <> (SELECT count(*) FROM memories m WHERE m.memory_store_id = s.id)", static r => r.GetString(0)), Cancelled);
        Assert.Empty(gaps);
        Assert.Empty(miscounted);
    }

    private static HttpClient Connect(ReverieProcess server)
    {
        var http = new HttpClient { BaseAddress = new Uri(server.Url) };
        http.DefaultRequestHeaders.Add("x-api-key", TestServer.Key);
        http.DefaultRequestHeaders.Add("anthropic-beta", TestServer.MemoryBeta);
        return http;
    }

    private static async Task<string> StoreAsync(HttpClient http) => $"/v1/memory_stores/{await PostAsync(http, "/v1/memory_stores", new { name = "store" })}";

    private static async Task<string> PostAsync(HttpClient http, string path, object body)
    {
        using var response = await http.PostAsJsonAsync(path, body, Cancelled);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("id").GetString()!;
    }

    private static async Task<List<JsonElement>> AllAsync(HttpClient http, string list)
    {
        var items = new List<JsonElement>();
        var next = "";
        do
        {
            var page = await http.GetFromJsonAsync<JsonElement>(list + next, Cancelled);
            items.AddRange(page.GetProperty("data").EnumerateArray());
            next = page.GetProperty("next_page").GetString() is { } cursor ? $"&page={cursor}" : null;
        }
        while (next is not null);
        return items;
    }
}
