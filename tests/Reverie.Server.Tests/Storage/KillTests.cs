using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Reverie.Server.Tests.Hosting;
using Reverie.Storage;

namespace Reverie.Server.Tests.Storage;

/// <summary>
/// A server that is killed while many write and a dream is at work: what it acknowledged is there, nothing is half there,
/// every dream ends, and each of its changes is there once. REVERIE_KILL_ROUNDS sets how often, for long runs.
/// </summary>
public sealed class KillTests(PostgresCluster cluster) : IDisposable
{
    private const int Writers = 6;

    /// <summary>About as many acknowledgements as come while a dream is at work, and events as it writes.</summary>
    private const int AcknowledgementsMax = 400, EventsMax = 22;

    /// <summary>Longer than a claim lives, with which a killed process holds a dream.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly int? Rounds = int.TryParse(Environment.GetEnvironmentVariable("REVERIE_KILL_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : null;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("reverie-kill-test-");
    private readonly Random _random = new((int)Law.Seed);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public Task What_was_acknowledged_survives_and_dreams_go_on_on_sqlite() => KillRepeatedlyAsync(null, Rounds ?? 20);

    [Fact]
    public async Task What_was_acknowledged_survives_and_dreams_go_on_on_postgres()
    {
        var postgres = await cluster.CreateDatabaseAsync();
        Assert.SkipWhen(postgres is null, PostgresServer.NotHere);
        await KillRepeatedlyAsync(postgres, Rounds ?? 5);
    }

    private async Task KillRepeatedlyAsync(string? postgres, int rounds)
    {
        var done = new List<Round>();
        List<string>? sessions = null;
        for (var i = 0; i < rounds; i++)
        {
            using var server = await ReverieProcess.ServeAsync(postgres, _data.FullName);
            using var http = server.Connect("managed-agents-2026-04-01,dreaming-2026-04-21");
            sessions ??= await ImportAsync(http);
            if (done.Count > 0) await CheckWritesAsync(http, done[^1]);
            // Where there may be other processes a claim outlives its own; elsewhere some dreams are left to be killed once more.
            if (done.Count > 0 && postgres is null && _random.Next(4) > 0) await CheckDreamAsync(http, done[^1]);
            var store = $"/v1/memory_stores/{await PostAsync(http, "/v1/memory_stores", new { name = "store" })}";
            done.Add(new Round(store, await DreamAsync(http, store, sessions), await WriteUntilKilledAsync(server, http, store)));
        }
        var ends = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        using (var last = await ReverieProcess.ServeAsync(postgres, _data.FullName))
        {
            using var http = last.Connect("managed-agents-2026-04-01,dreaming-2026-04-21");
            foreach (var round in done)
            {
                await CheckWritesAsync(http, round);
                ends.AddOrUpdate(await CheckDreamAsync(http, round), 1, static (_, count) => count + 1);
            }
            await last.KillAsync();
        }
        await CheckDatabaseAsync(postgres);
        TestContext.Current.TestOutputHelper?.WriteLine($"{rounds} kills; dreams: {string.Join(", ", ends.Select(static e => $"{e.Value} {e.Key}"))}");
    }

    private static async Task<string> DreamAsync(HttpClient http, string store, List<string> sessions)
    {
        var id = store.Split('/')[^1];
        return await PostAsync(http, "/v1/dreams", new
        {
            inputs = new object[] { new { type = "memory_store", memory_store_id = id }, new { type = "sessions", session_ids = sessions } },
            model = "reverie/local",
            output_behavior = new { type = "update_existing", memory_store_id = id },
        });
    }

    /// <summary>Kills the server when so many writes were acknowledged, or so many events were seen of whatever dream is at work.</summary>
    /// <returns>The last number acknowledged for each memory.</returns>
    private async Task<IReadOnlyDictionary<string, int>> WriteUntilKilledAsync(ReverieProcess server, HttpClient http, string store)
    {
        var acknowledged = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var (acknowledgements, events) = _random.Next(2) == 0 ? (_random.Next(1, AcknowledgementsMax), int.MaxValue) : (int.MaxValue, _random.Next(EventsMax));
        var count = 0;
        var killing = new Lazy<Task>(server.KillAsync);
        await Task.WhenAll([.. Enumerable.Range(0, Writers).Select(WriteAsync), .. events < int.MaxValue ? [WatchAsync()] : Array.Empty<Task>()]);
        await killing.Value;
        return acknowledged;

        async Task WriteAsync(int writer)
        {
            try
            {
                var memory = await PostAsync(http, $"{store}/memories", new { path = $"/w/{writer}", content = Text(writer, 0) });
                for (var number = 0; ; number++)
                {
                    acknowledged[memory] = number;
                    if (Interlocked.Increment(ref count) == acknowledgements) await killing.Value;
                    await PostAsync(http, $"{store}/memories/{memory}", new { content = Text(writer, number + 1) });
                }
            }
            catch (HttpRequestException error) when (error.StatusCode is null)
            {
                // Its connection died with the server.
            }
        }

        async Task WatchAsync()
        {
            var seen = 0;
            while (seen < events && await RunningSessionAsync(http) is { } session)
            {
                using var stream = await http.GetStreamAsync($"/v1/sessions/{session}/events/stream", Cancelled);
                await foreach (var frame in System.Net.ServerSentEvents.SseParser.Create(stream).EnumerateAsync(Cancelled))
                {
                    if (frame.EventType != "ping" && ++seen >= events) break;
                }
            }
            await killing.Value;
        }
    }

    /// <summary>The session of the dream that is at work; null when there is none.</summary>
    private static async Task<string?> RunningSessionAsync(HttpClient http)
    {
        while (true)
        {
            var dreams = (await http.GetFromJsonAsync<JsonElement>("/v1/dreams?statuses[]=running&statuses[]=pending", Cancelled)).GetProperty("data");
            if (dreams.GetArrayLength() == 0) return null;
            foreach (var dream in dreams.EnumerateArray())
            {
                if (dream.GetProperty("status").GetString() == "running" && dream.GetProperty("session_id").GetString() is { } session) return session;
            }
        }
    }

    /// <summary>Each memory held the texts 0, 1, 2 … to the one acknowledged last, or one more that was under way; and holds the newest.</summary>
    private static async Task CheckWritesAsync(HttpClient http, Round round)
    {
        var memories = (await AllAsync(http, $"{round.Store}/memories?limit=100&path_prefix=/w/")).ToDictionary(static m => m.GetProperty("id").GetString()!, StringComparer.Ordinal);
        var versions = await AllAsync(http, $"{round.Store}/memory_versions?limit=100");
        versions.Reverse();
        var histories = versions.Where(static v => v.GetProperty("path").GetString()!.StartsWith("/w/", StringComparison.Ordinal))
            .GroupBy(static v => v.GetProperty("memory_id").GetString()!, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.ToList(), StringComparer.Ordinal);

        Assert.Equal(memories.Keys.Order(StringComparer.Ordinal), histories.Keys.Order(StringComparer.Ordinal));
        Assert.Subset(memories.Keys.ToHashSet(StringComparer.Ordinal), round.Acknowledged.Keys.ToHashSet(StringComparer.Ordinal));
        foreach (var (id, history) in histories)
        {
            var writer = int.Parse(history[0].GetProperty("path").GetString()!.Split('/')[^1], CultureInfo.InvariantCulture);
            var last = round.Acknowledged.TryGetValue(id, out var number) ? number : -1;
            Assert.InRange(history.Count - 1, Math.Max(last, 0), last + 1);
            Assert.Equal(history.Select((_, i) => Sha256(Text(writer, i))), history.Select(static v => v.GetProperty("content_sha256").GetString()));
            Assert.Equal(history.Select(static (_, i) => i == 0 ? "created" : "modified"), history.Select(static v => v.GetProperty("operation").GetString()));
            Assert.Equal(history[^1].GetProperty("id").GetString(), memories[id].GetProperty("memory_version_id").GetString());
            Assert.Equal(history[^1].GetProperty("content_sha256").GetString(), memories[id].GetProperty("content_sha256").GetString());
        }
    }

    /// <summary>The dream ends; what its report calls applied, what its log says it wrote and what the store has of it are the same.</summary>
    /// <returns>How it ended.</returns>
    private static async Task<string> CheckDreamAsync(HttpClient http, Round round)
    {
        var dream = await EndedAsync(http, round);
        var status = dream.GetProperty("status").GetString()!;
        var session = dream.GetProperty("session_id").GetString();
        var versions = await AllAsync(http, $"{round.Store}/memory_versions?limit=100&session_id={session}");
        var events = session is null ? [] : await AllAsync(http, $"/v1/sessions/{session}/events?limit=1000");
        if (status == "failed") Assert.NotEmpty(dream.GetProperty("error").GetProperty("message").GetString()!);
        else Assert.Equal("completed", status);
        if (session is not null) Assert.Equal("session.status_terminated", events[^1].GetProperty("type").GetString());

        using var answer = await http.GetAsync($"/v1/reverie/dreams/{round.Dream}/report", Cancelled);
        var report = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        var applied = answer.IsSuccessStatusCode ? report.GetProperty("changes").EnumerateArray().Where(static c => c.GetProperty("status").GetString() == "applied").ToList() : [];
        Assert.Equal(applied.Select(static c => $"/{(c.TryGetProperty("new_path", out var path) && path.ValueKind == JsonValueKind.String ? path : c.GetProperty("path")).GetString()} {c.GetProperty("after_sha256").GetString()}").Order(StringComparer.Ordinal),
            versions.Select(static v => $"{v.GetProperty("path").GetString()} {v.GetProperty("content_sha256").GetString()}").Order(StringComparer.Ordinal));
        const string written = "Written as ";
        var noted = events.Where(static e => e.GetProperty("type").GetString() == "agent.tool_result").Select(static e => e.GetProperty("content")[0].GetProperty("text").GetString()!).Where(static t => t.StartsWith(written, StringComparison.Ordinal));
        Assert.Equal(versions.Select(static v => v.GetProperty("id").GetString()!).Order(StringComparer.Ordinal), noted.Select(static t => t[written.Length..].TrimEnd('.')).Order(StringComparer.Ordinal));
        if (status == "completed") Assert.NotEmpty(applied);
        return status;
    }

    private static async Task<JsonElement> EndedAsync(HttpClient http, Round round)
    {
        var began = TimeProvider.System.GetTimestamp();
        var seen = 0L;
        while (true)
        {
            var dream = await http.GetFromJsonAsync<JsonElement>($"/v1/dreams/{round.Dream}", Cancelled);
            if (dream.GetProperty("ended_at").ValueKind != JsonValueKind.Null) return dream;
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"the dream {round.Dream} has not ended: {dream}");
            // Until it writes, or for a second.
            seen = (await http.GetFromJsonAsync<JsonElement>($"/v1/reverie/memory_stores/{round.Store.Split('/')[^1]}/changes?after={seen}&limit=100&wait_seconds=1", Cancelled)).GetProperty("last_seq").GetInt64();
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
        var unlogged = await database.ReadAsync(static db => db.QueryAsync(
            "SELECT id FROM sessions s WHERE event_count <> (SELECT count(*) FROM session_events e WHERE e.session_id = s.id)", static r => r.GetString(0)), Cancelled);
        Assert.Empty(gaps);
        Assert.Empty(miscounted);
        Assert.Empty(unlogged);
    }

    private static async Task<List<string>> ImportAsync(HttpClient http)
    {
        using var lines = new StringContent(SampleSessions.WithLessons());
        (await http.PostAsync("/v1/reverie/sessions/import", lines, Cancelled)).EnsureSuccessStatusCode();
        return (await AllAsync(http, "/v1/sessions?limit=100")).ConvertAll(static s => s.GetProperty("id").GetString()!);
    }

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

    /// <summary>Like no other, so that a dream finds nothing to say about it.</summary>
    private static string Text(int writer, int number) => Sha256($"{writer} {number}");

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <param name="Store">The path of the store that was written to.</param>
    /// <param name="Dream">The dream that was to update it.</param>
    /// <param name="Acknowledged">The last number acknowledged for each memory.</param>
    private sealed record Round(string Store, string Dream, IReadOnlyDictionary<string, int> Acknowledged);
}
