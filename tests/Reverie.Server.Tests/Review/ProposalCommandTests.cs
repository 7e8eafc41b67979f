using Reverie.Protocol.Dreams;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Review;

/// <summary><c>reverie proposals</c> beside a running server, on its data directory and from elsewhere.</summary>
public abstract class ProposalCommandTests(TestServer server) : IAsyncLifetime
{
    public sealed class OnSqlite(SqliteServer server) : ProposalCommandTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : ProposalCommandTests(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("reverie-proposals-test-");
    private string _store = "", _dream = "";

    public async ValueTask InitializeAsync()
    {
        _store = (await _server.NewStoreAsync()).Split('/')[^1];
        await _server.PostAsync($"/v1/reverie/memory_stores/{_store}/review_policy", new { mode = "ask", expires_after_days = 30 });
        var two = PlantedDream.Create("c3", "c.md", "one\ntwo\n") with { Edits = [new TextEdit(0, "", "one\n"), new TextEdit(0, "", "two\n")] };
        _dream = await PlantedDream.LandAsync(_server, _store, PlantedDream.Create("c1", "a.md"), PlantedDream.Create("c2", "b.md", status: ChangeStatus.Quarantined), two);
    }

    public ValueTask DisposeAsync()
    {
        _files.Delete(recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_person_lists_shows_approves_in_other_words_and_rejects(bool isElsewhere)
    {
        string[] way = isElsewhere ? ["--url", _server.Url] : ["--data", _server.DataDirectory];
        var (words, texts) = (Path.Combine(_files.FullName, "words.md"), Path.Combine(_files.FullName, "texts.json"));
        await File.WriteAllTextAsync(words, "- Say it kindly\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(texts, """["three\n", "four\n"]""", TestContext.Current.CancellationToken);

        var listed = await RunAsync(["list", "--store", _store, .. way]);
        var shown = await RunAsync(["show", $"{_dream}/c2", .. way]);
        var approved = await RunAsync(["approve", $"{_dream}/c1", "--edit", words, "--comment", "tone", .. way]);
        var both = await RunAsync(["approve", $"{_dream}/c3", "--edit", texts, .. way]);
        var rejected = await RunAsync(["reject", $"{_dream}/c2", "--comment", "planted", .. way]);
        var after = await RunAsync(["show", $"{_dream}/c2", .. way]);

        Assert.Contains($"? {_dream}/c1 create a.md", listed, StringComparison.Ordinal);
        Assert.Contains($"! {_dream}/c2 create b.md", listed, StringComparison.Ordinal);
        Assert.Contains("the store's policy asks for every change · until 2026-03-02 12:00", listed, StringComparison.Ordinal);
        Assert.EndsWith("3 wait.", listed.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("“plainly” test/1 · event 0", shown, StringComparison.Ordinal);
        Assert.Equal(isElsewhere, approved.StartsWith("c1: approve by apikey_", StringComparison.Ordinal));
        Assert.EndsWith("applied: tone", approved.TrimEnd(), StringComparison.Ordinal);
        Assert.EndsWith("applied", both.TrimEnd(), StringComparison.Ordinal);
        Assert.EndsWith("rejected: planted", rejected.TrimEnd(), StringComparison.Ordinal);
        Assert.EndsWith(rejected, after, StringComparison.Ordinal);
        Assert.Equal("Nothing waits in this store.", (await RunAsync(["list", "--store", _store, .. way])).Trim());
        var memories = (await _server.GetAsync($"/v1/memory_stores/{_store}/memories?view=full")).Json.GetProperty("data").EnumerateArray();
        Assert.Equal(["- Say it kindly\n", "three\nfour\n"], memories.Select(static m => m.GetProperty("content").GetString()));
    }

    [Fact]
    public async Task What_cannot_be_decided_is_said()
    {
        foreach (var (args, reason) in new (string[], string)[]
        {
            (["list", "--store", "notes"], "begins with memstore_"),
            (["list", "--store", "memstore_none"], "There is no memory store"),
            (["show", "c1"], "names no proposal"),
            (["show", $"{_dream}/c9"], "has no change c9"),
            (["approve", $"{_dream}/c1", "--edit", Path.Combine(_files.FullName, "none")], "cannot be read"),
            (["approve", $"{_dream}/c3", "--edit", Environment.ProcessPath!], "a JSON array of 2 texts"),
            (["reject", $"{_dream}/c9"], "has no change"),
        })
        {
            var (code, _, error) = await ReverieProcess.RunAsync(_server.Postgres, ["proposals", .. args, "--data", _server.DataDirectory]);
            Assert.True(code == 2, $"{code}: {error}");
            Assert.Contains(reason, error, StringComparison.Ordinal);
        }
    }

    private async Task<string> RunAsync(params string[] args)
    {
        var (code, output, error) = await ReverieProcess.RunAsync(_server.Postgres, ["proposals", .. args]);
        Assert.True(code == 0, error);
        return output;
    }
}
