using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Memory;

/// <summary>What holds for every store, whatever is done to it.</summary>
public abstract class StoreLaws(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : StoreLaws(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : StoreLaws(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();

    [Fact]
    public void A_store_does_what_the_model_does() => Law.Of(60, Steps(30), async steps =>
    {
        var store = await _server.NewStoreAsync();
        var (model, client) = (new StoreModel(), new StoreClient(_server, store));
        foreach (var step in steps.Select(s => Fitted(s, model)).OfType<Step>())
        {
            var before = model.Memories.ToList();
            var verdict = model.Apply(step);
            await client.DoAsync(step, before, verdict);
        }
        await client.MatchAsync(model);
    });

    [Fact]
    public void The_history_replays_to_what_the_store_holds_when_many_write_at_once() => Law.Of(12, Gen.ListOf(Steps(12), 6), async writers =>
    {
        var store = await _server.NewStoreAsync();
        await Task.WhenAll(writers.Select(steps => WriteAsync(store, steps)));

        var versions = await StoreClient.AllAsync(_server, $"{store}/memory_versions?view=full&limit=20");
        versions.Reverse();
        var replayed = new Dictionary<string, (string Path, string Content, string Version)>();
        foreach (var version in versions)
        {
            var memory = version.GetProperty("memory_id").GetString()!;
            var operation = version.GetProperty("operation").GetString();
            Assert.Equal(operation == "created", !replayed.ContainsKey(memory));
            if (operation == "deleted") replayed.Remove(memory);
            else replayed[memory] = (version.GetProperty("path").GetString()!, version.GetProperty("content").GetString()!, version.GetProperty("id").GetString()!);
        }
        var listed = (await StoreClient.AllAsync(_server, $"{store}/memories?view=full&limit=20")).ToDictionary(
            m => m.GetProperty("id").GetString()!,
            m => (m.GetProperty("path").GetString()!, m.GetProperty("content").GetString()!, m.GetProperty("memory_version_id").GetString()!));

        Assert.Equal(listed.OrderBy(static p => p.Key, StringComparer.Ordinal), replayed.OrderBy(static p => p.Key, StringComparer.Ordinal));
        var paths = listed.Values.Select(m => m.Item1).ToList();
        Assert.DoesNotContain(paths, p => paths.Exists(q => q != p && q.StartsWith(p + "/", StringComparison.Ordinal)));
    });

    [Fact]
    public void Pages_of_every_size_show_each_memory_once_in_path_order() => Law.Of(8, Trees(14), async paths =>
    {
        var store = await FilledAsync(paths);
        var expected = paths.OrderBy(p => p, Utf8Order.Instance).ToList();
        for (var limit = 1; limit <= paths.Count + 1; limit++)
        {
            Assert.Equal(expected, await PathsAsync($"{store}/memories?limit={limit}"));
            Assert.Equal(expected, await PathsAsync($"{store}/memories?limit={limit}&view=full"));
        }
    });

    [Fact]
    public void Pages_show_each_memory_that_stays_once_while_others_come_and_go() => Law.Of(15, Gen.Zip(Trees(16), Gen.Choose(1, 4)), async drawn =>
    {
        var (paths, limit) = drawn;
        var store = await FilledAsync(paths);
        var all = await StoreClient.AllAsync(_server, $"{store}/memories?limit=100");
        var leaving = all.Where((_, i) => i % 3 == 1).ToList();
        var staying = all.Except(leaving).Select(m => m.GetProperty("path").GetString()!).ToList();
        var seen = new List<string>();
        var next = "";
        for (var page = 0; ; page++)
        {
            var reply = await _server.GetAsync($"{store}/memories?limit={limit}{next}");
            seen.AddRange(reply.Json.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("path").GetString()!));
            if (reply.NextPage is not { } cursor) break;
            next = $"&page={cursor}";
            if (page < leaving.Count) await _server.DeleteAsync($"{store}/memories/{leaving[^(page + 1)].GetProperty("id").GetString()}");
            // Sorts before and after everything there.
            await _server.PostAsync($"{store}/memories", new { path = $"/!new{page}", content = "" });
            await _server.PostAsync($"{store}/memories", new { path = $"/\uFFFFnew{page}", content = "" });
        }

        Assert.Equal(staying, seen.Where(staying.Contains));
        Assert.Equal(seen.Count, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(seen.OrderBy(p => p, Utf8Order.Instance), seen);
    });

    [Fact]
    public void One_level_is_the_full_listing_folded() => Law.Of(25, Gen.Zip(Trees(14), Gen.Choose(1, 5)), async drawn =>
    {
        var (paths, limit) = drawn;
        var store = await FilledAsync(paths);
        var prefixes = paths.SelectMany(p => Enumerable.Range(0, p.Length).Where(i => p[i] == '/').Select(i => p[..(i + 1)])).Distinct(StringComparer.Ordinal);
        foreach (var prefix in prefixes)
        {
            var full = await PathsAsync($"{store}/memories?limit={limit}&path_prefix={Uri.EscapeDataString(prefix)}");
            var folded = full.Select(p => p.IndexOf('/', prefix.Length) is var slash and >= 0 ? p[..(slash + 1)] : p).Distinct(StringComparer.Ordinal);

            Assert.Equal(paths.Where(p => p.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(p => p, Utf8Order.Instance), full);
            Assert.Equal(folded, await PathsAsync($"{store}/memories?limit={limit}&depth=1&path_prefix={Uri.EscapeDataString(prefix)}"));
        }
    });

    [Fact]
    public void Versions_of_every_page_size_are_each_shown_once_newest_first_while_more_are_written() => Law.Of(6, Gen.Choose(1, 7), async limit =>
    {
        var store = await _server.NewStoreAsync();
        var memory = (await _server.PostAsync($"{store}/memories", new { path = "/a", content = "0" })).Id;
        for (var i = 1; i < 15; i++) await _server.PostAsync($"{store}/memories/{memory}", new { content = $"{i}" });
        var seen = new List<string>();
        var next = "";
        do
        {
            var reply = await _server.GetAsync($"{store}/memory_versions?view=full&limit={limit}{next}");
            seen.AddRange(reply.Json.GetProperty("data").EnumerateArray().Select(v => v.GetProperty("content").GetString()!));
            next = reply.NextPage is { } cursor ? $"&page={cursor}" : null;
            await _server.PostAsync($"{store}/memories/{memory}", new { content = $"later {seen.Count}" });
        }
        while (next is not null);

        Assert.Equal(Enumerable.Range(0, 15).Select(i => $"{14 - i}"), seen);
    });

    /// <summary>Names that sort in surprising ways: around the slash, beyond the first plane, by bytes and not by code units.</summary>
    private static Gen<string> Segments => Gen.Elements("a", "b", "a-", "a0", "a.b", "A", "é", "\uFB00", "😀", "%", "_", "'", "a b");

    private static Gen<string> ValidPaths => from depth in Gen.Choose(1, 4)
                                             from segments in Gen.ListOf(Segments, depth)
                                             select string.Concat(segments.Select(s => "/" + s));

    private static Gen<SomePath> Paths => Gen.Frequency(
        (12, ValidPaths.Select(p => new SomePath(p, true))),
        (1, Gen.Elements("", "/", "a", "/a/", "//a", "/a/../b", "/.", "/a\nb", "/a\u200Bb", "/a\u2028b", "/e\u0301", "/\u0000", "/" + new string('a', 1024), string.Concat(Enumerable.Repeat("/a", 21)))
            .Select(p => new SomePath(p, false))),
        (1, Gen.Elements("/" + new string('a', 1023), string.Concat(Enumerable.Repeat("/z", 20))).Select(p => new SomePath(p, true))));

    private static Gen<string> Contents => Gen.Elements("", "1", "2", "three\nlines\n");

    private static Gen<T?> OrNull<T>(Gen<T> gen) where T : class => Gen.Frequency((2, gen.Select(T? (v) => v)), (1, Gen.Constant<T?>(null)));

    private static Gen<Guard> Guards => Gen.Elements(Guard.None, Guard.None, Guard.Current, Guard.Stale);

    private static Gen<Step> AnyStep => Gen.Frequency(
        (5, from path in Paths from content in Contents select (Step)new Step.Create(path, content)),
        (6, from memory in Gen.Choose(0, 999) from path in OrNull(Paths) from content in OrNull(Contents) from guard in Guards select (Step)new Step.Update(memory, path, content, guard)),
        (2, from memory in Gen.Choose(0, 999) from guard in Guards select (Step)new Step.Delete(memory, guard)),
        (2, from version in Gen.Choose(0, 999) select (Step)new Step.Redact(version)));

    private static Gen<List<Step>> Steps(int count) => Gen.ListOf(AnyStep, count).Select(s => s.ToList());

    /// <summary>Paths that can lie in one store.</summary>
    private static Gen<List<string>> Trees(int count) => Gen.ListOf(ValidPaths, count).Select(drawn =>
    {
        var kept = new List<string>();
        foreach (var path in drawn)
        {
            if (!kept.Exists(k => k == path || k.StartsWith(path + "/", StringComparison.Ordinal) || path.StartsWith(k + "/", StringComparison.Ordinal))) kept.Add(path);
        }
        return kept;
    });

    /// <summary>The step with its numbers made those of memories and versions there are; null when there are none.</summary>
    private static Step? Fitted(Step step, StoreModel model) => step switch
    {
        Step.Update when model.Memories.Count == 0 => null,
        Step.Delete when model.Memories.Count == 0 => null,
        Step.Redact when model.Versions.Count == 0 => null,
        Step.Update update => update with { Memory = update.Memory % model.Memories.Count },
        Step.Delete delete => delete with { Memory = delete.Memory % model.Memories.Count },
        Step.Redact redact => new Step.Redact(redact.Version % model.Versions.Count),
        _ => step,
    };

    /// <summary>One of several writers: it knows only the memories it made, and any answer short of a server fault will do.</summary>
    private async Task WriteAsync(string store, List<Step> steps)
    {
        var made = new List<string>();
        foreach (var step in steps)
        {
            var reply = step switch
            {
                Step.Create create => await _server.PostAsync($"{store}/memories", new { path = create.Path.Text, content = create.Content }),
                Step.Update update when made.Count > 0 => await _server.PostAsync($"{store}/memories/{made[update.Memory % made.Count]}", new { path = update.Path?.Text, content = update.Content }),
                Step.Delete delete when made.Count > 0 => await _server.DeleteAsync($"{store}/memories/{made[delete.Memory % made.Count]}"),
                _ => null,
            };
            if (reply is null) continue;
            Assert.InRange((int)reply.Status, 200, 499);
            if (step is Step.Create && reply.Status == System.Net.HttpStatusCode.OK) made.Add(reply.Id);
        }
    }

    private async Task<string> FilledAsync(List<string> paths)
    {
        var store = await _server.NewStoreAsync();
        foreach (var path in paths) (await _server.PostAsync($"{store}/memories", new { path, content = path })).Expect(System.Net.HttpStatusCode.OK);
        return store;
    }

    private async Task<List<string>> PathsAsync(string list) => [.. (await StoreClient.AllAsync(_server, list)).Select(m => m.GetProperty("path").GetString()!)];
}

/// <summary>The order of both databases.</summary>
internal sealed class Utf8Order : IComparer<string>
{
    public static Utf8Order Instance { get; } = new();

    public int Compare(string? x, string? y) => Encoding.UTF8.GetBytes(x ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y ?? ""));
}

/// <summary>Does to a store on the server what the model had done to it, and compares.</summary>
internal sealed class StoreClient(TestServer server, string store)
{
    private readonly List<string> _memories = [];
    private readonly List<string> _versions = [];

    /// <param name="step">What to do.</param>
    /// <param name="before">The model's memories before the step.</param>
    /// <param name="verdict">How it must end.</param>
    public async Task DoAsync(Step step, IReadOnlyList<StoreModel.Document?> before, Verdict verdict)
    {
        var reply = step switch
        {
            Step.Create create => await server.PostAsync($"{store}/memories", new { path = create.Path.Text, content = create.Content }),
            Step.Update update => await server.PostAsync($"{store}/memories/{_memories[update.Memory]}", new
            {
                path = update.Path?.Text,
                content = update.Content,
                precondition = update.Guard == Guard.None ? null : new { type = "content_sha256", content_sha256 = Hash(before[update.Memory], update.Guard) },
            }),
            Step.Delete delete => await server.DeleteAsync($"{store}/memories/{_memories[delete.Memory]}?expected_content_sha256={(delete.Guard == Guard.None ? "" : Hash(before[delete.Memory], delete.Guard))}"),
            Step.Redact redact => await server.PostAsync($"{store}/memory_versions/{_versions[redact.Version]}/redact"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (verdict.ErrorType is { } type)
        {
            reply.ExpectError(verdict.Status, type);
            if (verdict.InTheWay.Count == 0) return;
            var path = reply.Error.GetProperty("conflicting_path").GetString()!;
            Assert.Contains(path, verdict.InTheWay);
            Assert.Equal(before.ToList().FindIndex(m => m?.Path == path), _memories.IndexOf(reply.Error.GetProperty("conflicting_memory_id").GetString()!));
            return;
        }
        reply.Expect(System.Net.HttpStatusCode.OK);
        if (step is Step.Create) _memories.Add(reply.Id);
        if (step is Step.Create or Step.Update && reply.Json.GetProperty("memory_version_id").GetString() is { } version && !_versions.Contains(version)) _versions.Add(version);
        // The answer to a deletion does not name the version it made.
        if (step is Step.Delete) _versions.Add((await server.GetAsync($"{store}/memory_versions?limit=1")).Json.GetProperty("data")[0].GetProperty("id").GetString()!);
    }

    /// <summary>The server's memories and history are the model's.</summary>
    public async Task MatchAsync(StoreModel model)
    {
        var memories = (await AllAsync(server, $"{store}/memories?view=full&limit=20")).Select(m => new StoreModel.Document(
            m.GetProperty("path").GetString()!, m.GetProperty("content").GetString()!, _versions.IndexOf(m.GetProperty("memory_version_id").GetString()!)));
        Assert.Equal(model.Memories.OfType<StoreModel.Document>().OrderBy(m => m.Path, Utf8Order.Instance), memories);

        var versions = (await AllAsync(server, $"{store}/memory_versions?view=full&limit=20")).Select(v => new StoreModel.Edition(
            _memories.IndexOf(v.GetProperty("memory_id").GetString()!), v.GetProperty("operation").GetString()!, v.GetProperty("path").GetString(),
            v.GetProperty("content").GetString(), v.GetProperty("redacted_at").ValueKind != JsonValueKind.Null)).Reverse();
        Assert.Equal(model.Versions, versions);
    }

    /// <summary>Every item of a list, page by page.</summary>
    public static async Task<List<JsonElement>> AllAsync(TestServer server, string list)
    {
        var items = new List<JsonElement>();
        var next = "";
        do
        {
            var reply = (await server.GetAsync(list + next)).Expect(System.Net.HttpStatusCode.OK);
            items.AddRange(reply.Json.GetProperty("data").EnumerateArray());
            next = reply.NextPage is { } cursor ? $"&page={cursor}" : null;
        }
        while (next is not null);
        return items;
    }

    private static string Hash(StoreModel.Document? memory, Guard guard) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(guard == Guard.Current ? memory?.Content ?? "" : "never written")));
}
