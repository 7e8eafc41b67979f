using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Reverie.Bench.Contention;

/// <summary>
/// Many clients update the same few memories of one store. Each reads one, writes on what it has read with the hash of that
/// as the precondition, and goes on, whether its write was taken or another's came first.
/// </summary>
/// <param name="nodes">Servers on one database, each with the headers of a caller; clients take turns.</param>
/// <param name="clients">How many write at once.</param>
/// <param name="memories">How many memories they write to.</param>
/// <param name="seed">Decides who writes to what.</param>
internal sealed class ContendedStore(IReadOnlyList<HttpClient> nodes, int clients, int memories, int seed)
{
    private readonly ConcurrentDictionary<string, Write> _taken = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<List<TimeSpan>> _times = [];
    private int _refused;

    private string Store { get; set; } = "";

    /// <summary>Writes until the token says stop or so many writes were acknowledged, then reads the history and judges it.</summary>
    public async Task<ContentionResult> RunAsync(int writesMax, CancellationToken enough, CancellationToken cancellationToken)
    {
        Store = $"/v1/memory_stores/{Text(await PostAsync(nodes[0], "/v1/memory_stores", new { name = "contended" }, cancellationToken), "id")}";
        var ids = new List<string>();
        for (var i = 0; i < memories; i++) ids.Add(Text(await PostAsync(nodes[0], $"{Store}/memories", new { path = $"/{i}", content = $"{i}" }, cancellationToken), "id"));
        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => WriteAsync(client, ids, () => _taken.Count >= writesMax || enough.IsCancellationRequested, cancellationToken), cancellationToken)));
        var elapsed = TimeProvider.System.GetElapsedTime(began);
        return new ContentionResult(_taken.Count, _refused, elapsed, [.. _times.SelectMany(static t => t).Order()], await JudgeAsync(ids, cancellationToken));
    }

    private async Task WriteAsync(int client, List<string> ids, Func<bool> isEnough, CancellationToken cancellationToken)
    {
        var random = new Random(seed + client);
        var node = nodes[client % nodes.Count];
        var times = new List<TimeSpan>();
        _times.Add(times);
        for (var number = 0; !isEnough(); number++)
        {
            var id = ids[random.Next(ids.Count)];
            var before = Text(await node.GetFromJsonAsync<JsonElement>($"{Store}/memories/{id}?view=basic", cancellationToken), "content_sha256");
            var content = $"client {client}, write {number}, on {before}";
            var began = TimeProvider.System.GetTimestamp();
            using var answer = await node.PostAsJsonAsync($"{Store}/memories/{id}", new { content, precondition = new { type = "content_sha256", content_sha256 = before } }, cancellationToken);
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            times.Add(TimeProvider.System.GetElapsedTime(began));
            if (answer.StatusCode == HttpStatusCode.OK) _taken[Text(body, "memory_version_id")] = new Write(id, before, Sha256(content));
            else if (Text(body.GetProperty("error"), "type") == "memory_precondition_failed_error") Interlocked.Increment(ref _refused);
            else throw new HttpRequestException($"{(int)answer.StatusCode}: {body}");
        }
    }

    /// <summary>Every chain must consist of its creation and of acknowledged writes, each on the one before it, and hold all of them.</summary>
    private async Task<List<string>> JudgeAsync(List<string> ids, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var versions = await AllAsync($"{Store}/memory_versions?limit=100", cancellationToken);
        versions.Reverse();
        var heads = (await AllAsync($"{Store}/memories?limit=100", cancellationToken)).ToDictionary(static m => Text(m, "id"), StringComparer.Ordinal);
        foreach (var id in ids)
        {
            var chain = versions.Where(v => Text(v, "memory_id") == id).ToList();
            if (Text(chain[0], "operation") != "created") problems.Add($"{id} begins with {Text(chain[0], "operation")}");
            for (var i = 1; i < chain.Count; i++)
            {
                var version = Text(chain[i], "id");
                if (!_taken.TryGetValue(version, out var write)) problems.Add($"{version} was written by nobody");
                else if (write != new Write(id, Text(chain[i - 1], "content_sha256"), Text(chain[i], "content_sha256"))) problems.Add($"{version} is not the write that was acknowledged, or not on the version before it");
            }
            if (Text(chain[^1], "id") != Text(heads[id], "memory_version_id") || Text(chain[^1], "content_sha256") != Text(heads[id], "content_sha256")) problems.Add($"{id} is not what its history ends with");
        }
        var kept = versions.Select(static v => Text(v, "id")).ToHashSet(StringComparer.Ordinal);
        problems.AddRange(_taken.Keys.Where(version => !kept.Contains(version)).Select(static version => $"{version} was acknowledged and is lost"));
        return problems;
    }

    private async Task<List<JsonElement>> AllAsync(string list, CancellationToken cancellationToken)
    {
        var items = new List<JsonElement>();
        var next = "";
        do
        {
            var page = await nodes[0].GetFromJsonAsync<JsonElement>(list + next, cancellationToken);
            items.AddRange(page.GetProperty("data").EnumerateArray());
            next = page.GetProperty("next_page").GetString() is { } cursor ? $"&page={cursor}" : null;
        }
        while (next is not null);
        return items;
    }

    private static async Task<JsonElement> PostAsync(HttpClient node, string path, object body, CancellationToken cancellationToken)
    {
        using var answer = await node.PostAsJsonAsync(path, body, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    private static string Text(JsonElement item, string field) => item.GetProperty(field).GetString()!;

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed record Write(string MemoryId, string Before, string After);
}

/// <summary>How it went.</summary>
/// <param name="Taken">Writes that were acknowledged.</param>
/// <param name="Refused">Writes that came second.</param>
/// <param name="Elapsed">From the first read to the last answer.</param>
/// <param name="Times">How long each answer to a write took, the shortest first.</param>
/// <param name="Problems">What the history says that cannot be; empty when all is well.</param>
internal sealed record ContentionResult(int Taken, int Refused, TimeSpan Elapsed, IReadOnlyList<TimeSpan> Times, IReadOnlyList<string> Problems)
{
    /// <summary>The time that this share of the answers kept to.</summary>
    public TimeSpan Percentile(double share) => Times[Math.Min(Times.Count - 1, (int)(Times.Count * share))];
}
