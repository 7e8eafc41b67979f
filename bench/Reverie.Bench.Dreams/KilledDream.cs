using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Reverie.Bench.Dreams;

/// <summary>The same dream with a model twice: left alone, and on a server that is killed again and again.</summary>
internal static class KilledDream
{
    private const string Model = "claude-haiku-5-5";
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    public static async Task<int> RunAsync(string repository, string directory, string data, int sessions, string mode)
    {
        var file = Path.Combine(directory, "sessions.jsonl.gz");
        Corpus.Repeat(Corpus.Find(data), sessions, file);
        await using var model = await CountedModel.StartAsync(mode);
        using var server = new ServedReverie(repository, Path.Combine(directory, "data"), model.Url, model.Key);
        server.Start();

        var clock = Stopwatch.StartNew();
        var imported = await server.ImportAsync("/v1/reverie/sessions/import", file);
        Line($"import       {imported["imported"]} sessions, {imported["events"]} events: {clock.Elapsed.TotalSeconds:0.0} s, {server.PeakBytes / 1e6:0} MB at most");

        var store = (string)(await server.PostAsync("/v1/memory_stores", new JsonObject { ["name"] = "Playbook" }))["id"]!;
        server.ForgetPeak();
        clock.Restart();
        var forecast = await server.PostAsync("/v1/reverie/dreams/forecast", Asked(store, sessions));
        Line($"forecast     {forecast["requests"]} requests, {Tokens(forecast["usage"]!)} tokens, ${forecast["cost_usd"]}, {(double)forecast["duration_ms"]! / 1000:0.0} s: told in {clock.Elapsed.TotalSeconds:0.0} s, {server.PeakBytes / 1e6:0} MB at most");

        var alone = await AloneAsync(server, model, store, sessions);
        Say("left alone", alone);
        var killed = await KilledAsync(server, model, store, sessions, alone);
        Say("killed", killed);
        return Judge(alone, killed);
    }

    private static async Task<Dreamt> AloneAsync(ServedReverie server, CountedModel model, string store, int sessions)
    {
        model.Forget();
        server.ForgetPeak();
        var clock = Stopwatch.StartNew();
        var id = (string)(await server.PostAsync("/v1/reverie/dreams", Asked(store, sessions)))["id"]!;
        await model.WhenAsync(1);
        var review = clock.Elapsed;
        return await EndAsync(server, model, id, clock) with { UntilAsked = review };
    }

    /// <summary>Killed while sessions are reviewed, as requests come, as answers come, and while changes land.</summary>
    private static async Task<Dreamt> KilledAsync(ServedReverie server, CountedModel model, string store, int sessions, Dreamt alone)
    {
        model.Forget();
        server.ForgetPeak();
        var clock = Stopwatch.StartNew();
        var id = (string)(await server.PostAsync("/v1/reverie/dreams", Asked(store, sessions)))["id"]!;
        await Task.Delay(alone.UntilAsked / 2, TimeProvider.System);
        Kill("while sessions are reviewed");
        var kills = 1;
        foreach (var (share, isAnswered) in new[] { (0.1, false), (0.35, true), (0.6, false), (0.85, true) })
        {
            // What a kill left without an answer comes once more.
            await model.WhenAsync(kills + (int)(share * alone.Contents.Count));
            if (isAnswered) await Task.Delay(CountedModel.Delay, TimeProvider.System);
            Kill(isAnswered ? "as an answer comes" : "as a request comes");
            kills++;
        }
        for (var landing = 0; landing < 2; landing++)
        {
            while (!await server.ExistsAsync($"/v1/reverie/dreams/{id}/report"))
            {
                if ((await server.GetAsync($"/v1/dreams/{id}"))["ended_at"] is not null) return await EndAsync(server, model, id, clock);
                await Task.Delay(Glance, TimeProvider.System);
            }
            Kill("while changes land");
            kills++;
        }
        return await EndAsync(server, model, id, clock) with { Kills = kills };

        void Kill(string when)
        {
            server.Kill();
            Line($"  killed at  {clock.Elapsed.TotalSeconds,6:0.0} s, {model.Contents.Count} requests so far: {when}");
            server.Start();
        }
    }

    private static async Task<Dreamt> EndAsync(ServedReverie server, CountedModel model, string id, Stopwatch clock)
    {
        JsonNode dream;
        do
        {
            await Task.Delay(Glance, TimeProvider.System);
            dream = await server.GetAsync($"/v1/dreams/{id}");
        }
        while (dream["ended_at"] is null);
        var seconds = clock.Elapsed.TotalSeconds;
        var report = dream["status"]!.GetValue<string>() == "completed" ? await server.GetAsync($"/v1/reverie/dreams/{id}/report") : new JsonObject();
        var changes = (report["changes"] as JsonArray ?? []).CountBy(static c => (string)c!["status"]!).OrderBy(static c => c.Key, StringComparer.Ordinal).Select(static c => $"{c.Value} {c.Key}");
        var output = dream["outputs"]![0]!["memory_store_id"];
        var memories = await server.GetAsync($"/v1/memory_stores/{output}/memories?limit=100");
        List<string> texts = [.. memories["data"]!.AsArray().Select(static m => $"{m!["path"]} {m["content_sha256"]}").Order(StringComparer.Ordinal)];
        return new Dreamt((string)dream["status"]!, seconds, server.PeakBytes, model.Contents, Tokens(dream["usage"]!), (decimal?)report["cost_usd"], string.Join(", ", changes), texts);
    }

    /// <summary>A dream asks one request at a time, so whatever was followed by another had its answer kept: each kill can repeat one request at most.</summary>
    private static int Judge(Dreamt alone, Dreamt killed)
    {
        var again = killed.Contents.Count - killed.Contents.Distinct(StringComparer.Ordinal).Count();
        var followed = killed.Contents.Index().Where(r => killed.Contents.Take(r.Index).Contains(r.Item, StringComparer.Ordinal) && killed.Contents[r.Index - 1] != r.Item).Count();
        var isSame = alone.Memories.SequenceEqual(killed.Memories, StringComparer.Ordinal);
        var others = killed.Contents.Except(alone.Contents, StringComparer.Ordinal).Count();
        Line($"asked again  {again} requests that a kill left without an answer, {followed} whose answer was kept; {others} that the undisturbed dream did not ask");
        Line($"memories     {(isSame ? "the same" : "DIFFERENT")} in both ({alone.Memories.Count})");
        return isSame && followed == 0 && others == 0 && again <= killed.Kills && alone.Status == "completed" && killed.Status == "completed" ? 0 : 1;
    }

    private static void Say(string name, Dreamt dreamt) => Line(
        $"{name,-12} {dreamt.Status}: {dreamt.Seconds:0.0} s{(dreamt.UntilAsked > TimeSpan.Zero ? $" ({dreamt.UntilAsked.TotalSeconds:0.0} s until the first request)" : "")}, {dreamt.PeakBytes / 1e6:0} MB at most, {dreamt.Contents.Count} requests, {dreamt.Tokens} tokens, ${dreamt.Cost}; {dreamt.Changes}");

    private static JsonObject Asked(string store, int sessions) => new()
    {
        ["inputs"] = new JsonArray(new JsonObject { ["type"] = "memory_store", ["memory_store_id"] = store }, new JsonObject { ["type"] = "session_filter", ["limit"] = sessions }),
        ["model"] = Model,
    };

    private static long Tokens(JsonNode usage) => usage.AsObject().Where(static u => u.Key.EndsWith("_tokens", StringComparison.Ordinal)).Sum(static u => (long)u.Value!);

    private static void Line(string text) => Console.WriteLine(text);

    /// <summary>How a dream went.</summary>
    private sealed record Dreamt(string Status, double Seconds, long PeakBytes, IReadOnlyList<string> Contents, long Tokens, decimal? Cost, string Changes, IReadOnlyList<string> Memories)
    {
        public TimeSpan UntilAsked { get; init; }

        public int Kills { get; init; }
    }
}
