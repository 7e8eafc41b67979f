using System.IO.Compression;
using System.Net;
using System.Text;
using Reverie.Files;
using Reverie.Server.Tests.Hosting;
using Reverie.Storage;

namespace Reverie.Server.Tests.Skills;

/// <summary>Skills and their versions, in and out.</summary>
public abstract class SkillTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : SkillTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : SkillTests(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_skill_of_files_is_described_and_comes_back_as_an_archive()
    {
        var made = (await PostAsync("", SkillForm.Files(("my_skill/SKILL.md", SkillForm.Text("whole")), ("my_skill/scripts/größe.py", "#!/usr/bin/env python3\n"), ("my_skill/.DS_Store", "x"))
            .With("display_name", "The whole of it"))).Expect(HttpStatusCode.OK).Json;
        var id = made.GetProperty("id").GetString();

        var version = (await _server.GetAsync($"/v1/skills/{id}/versions/latest")).Expect(HttpStatusCode.OK).Json;
        var entries = Entries(await DownloadAsync($"/v1/skills/{id}/versions/{made.GetProperty("latest_version_id").GetString()}/content"));

        Assert.Equal(["created_at", "display_name", "id", "latest_version_id", "source", "type", "updated_at"], made.EnumerateObject().Select(static p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal(("skill", "The whole of it", """{"type":"custom"}"""), (made.GetProperty("type").GetString(), made.GetProperty("display_name").GetString(), made.GetProperty("source").GetRawText()));
        Assert.Equal((made.GetProperty("latest_version_id").GetString(), "skill_version", id, "whole", "How it is done."), (version.GetProperty("id").GetString(), version.GetProperty("type").GetString(),
            version.GetProperty("skill_id").GetString(), version.GetProperty("name").GetString(), version.GetProperty("description").GetString()));
        Assert.Equal([("whole/SKILL.md", SkillForm.Text("whole")), ("whole/scripts/größe.py", "#!/usr/bin/env python3\n")], entries);
        Assert.Equal(made.GetRawText(), (await _server.GetAsync($"/v1/skills/{id}")).Text);
    }

    [Fact]
    public async Task An_archive_is_as_good_as_its_files_and_its_name_is_the_display_name()
    {
        var made = (await PostAsync("", SkillForm.Zip(("SKILL.md", SkillForm.Text("zipped")), ("data/a.csv", "1,2\n")))).Expect(HttpStatusCode.OK).Json;

        var entries = Entries(await DownloadAsync($"/v1/skills/{made.GetProperty("id").GetString()}/versions/latest/content"));

        Assert.Equal("zipped", made.GetProperty("display_name").GetString());
        Assert.Equal([("zipped/SKILL.md", SkillForm.Text("zipped")), ("zipped/data/a.csv", "1,2\n")], entries);
    }

    [Fact]
    public async Task A_name_is_taken_once_and_free_again_when_its_skill_is_gone()
    {
        var id = (await PostAsync("", SkillForm.Of("only-one"))).Expect(HttpStatusCode.OK).Id;

        var taken = (await PostAsync("", SkillForm.Of("only-one"))).ExpectError(409, "conflict_error");
        (await _server.DeleteAsync($"/v1/skills/{id}")).Expect(HttpStatusCode.OK);

        Assert.Equal("skill_name_taken", taken.Error.GetProperty("details").GetProperty("error_code").GetString());
        Assert.Equal("false", taken.Header("x-should-retry"));
        (await PostAsync("", SkillForm.Of("only-one"))).Expect(HttpStatusCode.OK);
        (await _server.GetAsync($"/v1/skills/{id}")).ExpectError(404, "not_found_error");
        (await _server.GetAsync($"/v1/skills/{id}/versions")).ExpectError(404, "not_found_error");
        (await _server.DeleteAsync($"/v1/skills/{id}")).ExpectError(404, "not_found_error");
        var told = (await _server.GetAsync($"/v1/reverie/audit?subject_id={id}&order=asc")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray();
        Assert.Equal(["skill.created", "skill.deleted"], told.Select(static r => r.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task Of_many_who_take_a_name_at_once_one_gets_it()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync("", SkillForm.Of("contended"))));

        Assert.Single(replies, static r => r.Status == HttpStatusCode.OK);
        Assert.All(replies.Where(static r => r.Status != HttpStatusCode.OK), static r => r.ExpectError(409, "conflict_error"));
    }

    [Fact]
    public async Task Versions_go_on_and_the_newest_that_is_left_is_the_latest()
    {
        var skill = (await PostAsync("", SkillForm.Of("grows", "One."))).Expect(HttpStatusCode.OK);
        var first = skill.Json.GetProperty("latest_version_id").GetString()!;
        var more = new List<string>();
        foreach (var words in new[] { "Two.", "Three." }) more.Add((await PostAsync($"/{skill.Id}/versions", SkillForm.Of("grows", words))).Expect(HttpStatusCode.OK).Id);

        var page = (await _server.GetAsync($"/v1/skills/{skill.Id}/versions?limit=2")).Expect(HttpStatusCode.OK);
        var rest = (await _server.GetAsync($"/v1/skills/{skill.Id}/versions?limit=2&page={page.NextPage}")).Expect(HttpStatusCode.OK);
        (await _server.DeleteAsync($"/v1/skills/{skill.Id}/versions/{more[1]}")).Expect(HttpStatusCode.OK);

        Assert.Equal([more[1], more[0], first], Ids(page).Concat(Ids(rest)));
        Assert.Null(rest.NextPage);
        Assert.Equal("Two.", (await _server.GetAsync($"/v1/skills/{skill.Id}/versions/latest")).Json.GetProperty("description").GetString());
        Assert.Equal(more[0], (await _server.GetAsync($"/v1/skills/{skill.Id}")).Json.GetProperty("latest_version_id").GetString());
        (await _server.GetAsync($"/v1/skills/{skill.Id}/versions/{more[1]}")).ExpectError(404, "not_found_error");
    }

    [Fact]
    public async Task A_version_has_the_skills_name_and_the_last_one_stays()
    {
        var skill = (await PostAsync("", SkillForm.Of("stays"))).Expect(HttpStatusCode.OK);
        var version = skill.Json.GetProperty("latest_version_id").GetString();

        Assert.Contains("every version of this skill is called stays", (await PostAsync($"/{skill.Id}/versions", SkillForm.Of("moves"))).ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);
        Assert.Contains("display_name is set when", (await PostAsync($"/{skill.Id}/versions", SkillForm.Of("stays").With("display_name", "x"))).ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);
        Assert.Contains("is the only version", (await _server.DeleteAsync($"/v1/skills/{skill.Id}/versions/{version}")).ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);
        Assert.Contains("latest moves", (await _server.DeleteAsync($"/v1/skills/{skill.Id}/versions/latest")).ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);
        Assert.Equal(version, Ids(await _server.GetAsync($"/v1/skills/{skill.Id}/versions")).Single());
        (await PostAsync("/skill_unknown/versions", SkillForm.Of("stays"))).ExpectError(404, "not_found_error");
    }

    [Fact]
    public async Task Skills_are_listed_newest_first_by_page_and_by_source()
    {
        var made = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            _server.Clock.Advance(TimeSpan.FromSeconds(1));
            made.Insert(0, (await PostAsync("", SkillForm.Of($"listed-{i}"))).Expect(HttpStatusCode.OK).Id);
        }

        var page = await _server.GetAsync("/v1/skills?limit=2&source=custom");
        var rest = await _server.GetAsync($"/v1/skills?limit=2&source=custom&page={page.NextPage}");

        Assert.Equal(made, Ids(page).Concat(Ids(rest)).Take(3));
        Assert.Empty(Ids(await _server.GetAsync("/v1/skills?source=anthropic")));
        (await _server.GetAsync("/v1/skills?limit=101")).ExpectError(400, "invalid_request_error");
        (await _server.GetAsync("/v1/skills?source=plugin")).ExpectError(400, "invalid_request_error");
    }

    [Fact]
    public async Task Another_workspace_sees_nothing_of_a_skill()
    {
        var skill = (await PostAsync("", SkillForm.Of("private"))).Expect(HttpStatusCode.OK);
        var key = await _server.CreateKeyAsync("wrkspc_other");

        foreach (var (method, path) in new[] { (HttpMethod.Get, ""), (HttpMethod.Get, "/versions"), (HttpMethod.Get, "/versions/latest"), (HttpMethod.Get, "/versions/latest/content"), (HttpMethod.Delete, ""), (HttpMethod.Delete, $"/versions/{skill.Json.GetProperty("latest_version_id").GetString()}") })
        {
            using var request = TestServer.Request(method, $"/v1/skills/{skill.Id}{path}", key);
            (await _server.SendAsync(request)).ExpectError(404, "not_found_error");
        }
        using var theirs = TestServer.Request(HttpMethod.Post, "/v1/skills", key);
        theirs.Content = SkillForm.Of("private");
        (await _server.SendAsync(theirs)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_bytes_go_with_the_skill()
    {
        var skill = (await PostAsync("", SkillForm.Of("gone"))).Expect(HttpStatusCode.OK);
        await PostAsync($"/{skill.Id}/versions", SkillForm.Of("gone", "More."));
        await using var database = _server.OpenDatabase();
        var blobs = await database.ReadAsync(db => db.QueryAsync("SELECT blob_id FROM skill_versions WHERE skill_id = @id", static r => r.GetString(0), ("@id", skill.Id)), Cancelled);

        (await _server.DeleteAsync($"/v1/skills/{skill.Id}")).Expect(HttpStatusCode.OK);
        await new FileBlobs(database, new IdGenerator(_server.Clock), _server.Clock).CollectAsync(Cancelled);

        Assert.Equal(2, blobs.Count);
        foreach (var blob in blobs) Assert.Equal(0, await database.ReadAsync(db => db.FirstAsync("SELECT count(*) FROM file_chunks WHERE blob_id = @id", static r => r.GetInt64(0), ("@id", blob)), Cancelled));
    }

    [Fact]
    public async Task What_is_no_form_of_a_skill_is_refused_by_name()
    {
        foreach (var (content, words) in new (HttpContent, string)[]
        {
            (new StringContent("{}", null, "application/json"), "multipart/form-data with a part named files[]"),
            (new MultipartFormDataContent { { new StringContent("x"), "display_name" } }, "files[] is required"),
            (SkillForm.Of("a").With("name", "x"), "\"name\" is not a part"),
            (SkillForm.Of("a").With("display_name", "two\nlines"), "display_name must be one line"),
            (SkillForm.Of("a").With("display_name", "exe\u202Etxt"), "characters that cannot be seen"),
            (SkillForm.Of("a").With("display_name", new string('x', 256)), "display_name must have at most 255 characters"),
            (SkillForm.Files(("a/README.md", "x")), "files must hold a file called SKILL.md"),
            (SkillForm.Files(("a/SKILL.md", SkillForm.Text("a")), ("b/c.txt", "x")), "\"a/\" and \"b/\" are not one"),
            (SkillForm.Files(("a/SKILL.md", SkillForm.Text("a")), ("a/../../b", "x")), "has . or .. in it"),
            (SkillForm.Of("claude"), "which is reserved"),
            (SkillForm.Archive([.. "PK\u0003\u0004"u8, .. new byte[40]]), "files is a damaged zip archive"),
        })
        {
            Assert.Contains(words, (await PostAsync("", content)).ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Too_many_bytes_are_refused_as_such()
    {
        var noise = new string('x', 1_000_000);
        var main = ("a/SKILL.md", SkillForm.Text("a"));
        var files = SkillForm.Files([main, .. Enumerable.Range(0, 30).Select(i => ($"a/{i}", noise))]);

        Assert.Contains("30000000 bytes", (await PostAsync("", files)).ExpectError(413, "request_too_large").Message, StringComparison.Ordinal);
        Assert.Contains("200 times its size", (await PostAsync("", SkillForm.Zip([main, ("a/zeros", new string('0', 20_000_000))]))).ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);
    }

    private Task<Reply> PostAsync(string path, HttpContent content) => _server.SendAsync(HttpMethod.Post, "/v1/skills" + path, content);

    private async Task<byte[]> DownloadAsync(string path)
    {
        using var request = TestServer.Request(HttpMethod.Get, path);
        using var response = await _server.Http.SendAsync(request, Cancelled);
        Assert.Equal((HttpStatusCode.OK, "application/zip"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        return await response.Content.ReadAsByteArrayAsync(Cancelled);
    }

    private static List<(string Path, string Text)> Entries(byte[] archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        return [.. zip.Entries.Select(static e =>
        {
            using var reader = new StreamReader(e.Open(), Encoding.UTF8);
            return (e.FullName, reader.ReadToEnd());
        })];
    }

    private static IEnumerable<string> Ids(Reply page) => page.Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray().Select(static i => i.GetProperty("id").GetString()!);
}
