using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Reverie.Files;
using Reverie.Protocol.Files;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Server.Tests.Hosting;
using Reverie.Storage;

namespace Reverie.Server.Tests.Files;

/// <summary>Files in and out, and what becomes of their bytes.</summary>
public abstract class FileTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : FileTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : FileTests(server), IClassFixture<PostgresServer>;

    private const string Workspace = "wrkspc_default";

    private readonly TestServer _server = server.OrSkip();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private FileRepository Files => new(new IdGenerator(_server.Clock), _server.Clock);

    [Fact]
    public async Task An_upload_is_described_and_its_bytes_are_not_given_back()
    {
        var made = (await UploadAsync("notes/größe.csv", "a,b\n"u8.ToArray(), "text/csv; charset=utf-8")).Expect(HttpStatusCode.OK).Json;
        var id = made.GetProperty("id").GetString();

        var refused = (await _server.GetAsync($"/v1/files/{id}/content")).ExpectError(400, "invalid_request_error");

        Assert.StartsWith("file_", id, StringComparison.Ordinal);
        Assert.Equal(("größe.csv", "text/csv", 4, false), (made.GetProperty("filename").GetString(), made.GetProperty("mime_type").GetString(), made.GetProperty("size_bytes").GetInt32(), made.GetProperty("downloadable").GetBoolean()));
        Assert.Equal("file_not_downloadable", refused.Error.GetProperty("details").GetProperty("error_code").GetString());
        Assert.Equal(made.GetRawText(), (await _server.GetAsync($"/v1/files/{id}")).Text);
    }

    [Theory]
    [InlineData("", "unnamed.txt")]
    [InlineData("a/b/c.txt", "c.txt")]
    public async Task A_name_is_cut_to_its_last_part_or_made_up(string sent, string kept) =>
        Assert.Equal(kept, (await UploadAsync(sent, [1], "text/plain")).Expect(HttpStatusCode.OK).Json.GetProperty("filename").GetString());

    [Theory]
    [InlineData("a:b")]
    [InlineData("a?b")]
    [InlineData("a*b")]
    [InlineData("a|b")]
    public async Task A_name_that_no_file_system_takes_is_refused(string name) =>
        Assert.StartsWith("file has a name", (await UploadAsync(name, [1])).ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);

    [Fact]
    public async Task What_is_no_form_or_lacks_the_file_is_refused()
    {
        foreach (var (content, words) in new (HttpContent, string)[]
        {
            (new StringContent("{}", null, "application/json"), "multipart/form-data"),
            (new MultipartFormDataContent { { new StringContent("3600"), "expires_in_seconds" } }, "file is required"),
            (new MultipartFormDataContent { { new StringContent("x"), "fiel", "a" } }, "\"fiel\""),
            (new MultipartFormDataContent { { new StringContent("x"), "file", "a" }, { new StringContent("x"), "file", "b" } }, "once"),
            (new MultipartFormDataContent { { new StringContent("x"), "file", "a" }, { new StringContent("60"), "expires_in_seconds" } }, "expires_in_seconds must be"),
            (Broken(), "not a complete multipart form"),
        })
        {
            Assert.Contains(words, (await _server.SendAsync(HttpMethod.Post, "/v1/files", content)).ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);
        }

        static ByteArrayContent Broken()
        {
            var content = new ByteArrayContent("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nhalf"u8.ToArray());
            content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
            return content;
        }
    }

    [Fact]
    public async Task Files_are_listed_newest_first_by_page_by_id_and_by_session()
    {
        var session = Session();
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            _server.Clock.Advance(TimeSpan.FromSeconds(1));
            made.Insert(0, (await UploadAsync($"{i}.txt", [1])).Id);
        }
        _server.Clock.Advance(TimeSpan.FromSeconds(1));
        var copy = await CopyAsync(made[0], session);

        var pages = new List<string>();
        var page = await _server.GetAsync("/v1/files?limit=3");
        pages.AddRange(Ids(page));
        pages.AddRange(Ids(await _server.GetAsync($"/v1/files?limit=3&page={page.NextPage}")));

        Assert.Equal([copy!.Id.Value, .. made], pages.Take(6));
        Assert.Equal([made[1], made[3]], Ids(await _server.GetAsync($"/v1/files?ids[]={made[3]}&ids[]={made[1]}&ids[]={made[1]}&ids[]=file_unknown")));
        Assert.Equal([copy.Id.Value], Ids(await _server.GetAsync($"/v1/files?scope_id={session}")));
        (await _server.GetAsync($"/v1/files?ids[]={made[0]}&limit=2")).ExpectError(400, "invalid_request_error");
        using var without = TestServer.Request(HttpMethod.Get, $"/v1/files?scope_id={session}", beta: null);
        (await _server.SendAsync(without)).ExpectError(400, "invalid_request_error");
    }

    [Fact]
    public async Task A_file_a_session_made_comes_back_byte_for_byte()
    {
        var bytes = RandomNumberGenerator.GetBytes(FileBlobs.ChunkBytes * 2 + 12_345);
        var (file, problem) = await KeepAsync(Session(), "report é.pdf", bytes);

        using var request = TestServer.Request(HttpMethod.Get, $"/v1/files/{file!.Id}/content");
        using var response = await _server.Http.SendAsync(request, Cancelled);

        Assert.Null(problem);
        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync(Cancelled));
        Assert.Equal("application/pdf", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("report é.pdf", response.Content.Headers.ContentDisposition!.FileNameStar);
    }

    [Fact]
    public async Task Bytes_stay_while_any_file_names_them_and_go_with_the_last()
    {
        var session = Session();
        var original = (await UploadAsync("shared.txt", "shared"u8.ToArray())).Id;
        var blob = await BlobOfAsync(original);
        var copy = await CopyAsync(original, session);

        (await _server.DeleteAsync($"/v1/files/{original}")).Expect(HttpStatusCode.OK);
        var whileCopied = await ChunksAsync(blob!);
        await using var database = _server.OpenDatabase();
        var text = new MemoryStream();
        Assert.True(await SessionFilesOf(database).WriteToAsync(Workspace, copy!.Id, text, Cancelled));
        await database.WriteAsync(async db =>
        {
            await Files.DeleteOfSessionAsync(db, Workspace, session);
            return true;
        }, Cancelled);
        await SweepAsync(database);

        Assert.Equal("shared"u8.ToArray(), text.ToArray());
        Assert.Equal(1, whileCopied);
        Assert.Equal(0, await ChunksAsync(blob!));
        (await _server.GetAsync($"/v1/files/{copy.Id}")).ExpectError(404, "not_found_error");
        (await _server.DeleteAsync($"/v1/files/{original}")).ExpectError(404, "not_found_error");
    }

    [Fact]
    public async Task An_upload_that_never_ended_is_collected_after_a_day_and_cannot_be_sealed_then()
    {
        await using var database = _server.OpenDatabase();
        var blob = await new FileBlobs(database, new IdGenerator(_server.Clock), _server.Clock).WriteAsync(new MemoryStream([1, 2, 3]), 100, Cancelled);

        await SweepAsync(database);
        var soon = await ChunksAsync(blob!.Id);
        _server.Clock.Advance(FileLimits.UploadMax + TimeSpan.FromSeconds(1));
        await SweepAsync(database);

        Assert.Equal(1, soon);
        Assert.Equal(0, await ChunksAsync(blob.Id));
        Assert.Null(await database.WriteAsync(db => Files.AddAsync(db, Workspace, blob, "late.txt", "text/plain", null, null), Cancelled));
    }

    [Fact]
    public async Task More_than_is_allowed_leaves_nothing()
    {
        await using var database = _server.OpenDatabase();
        var blobs = new FileBlobs(database, new IdGenerator(_server.Clock), _server.Clock);

        Assert.Null(await blobs.WriteAsync(new MemoryStream(new byte[FileBlobs.ChunkBytes + 1]), FileBlobs.ChunkBytes, Cancelled));
        await SweepAsync(database);

        Assert.Equal(0, await database.ReadAsync(static db => db.FirstAsync("SELECT count(*) FROM file_chunks c JOIN file_blobs b ON b.id = c.blob_id WHERE b.size_bytes IS NULL AND b.created_at = 0", static r => r.GetInt64(0)), Cancelled));
    }

    [Fact]
    public async Task An_expired_file_loses_its_bytes_at_once_and_its_name_a_month_later()
    {
        var id = (await UploadAsync("soon.txt", [1], expires: 3600)).Id;
        var blob = await BlobOfAsync(id);
        _server.Clock.Advance(TimeSpan.FromSeconds(3600));

        var gone = (await _server.GetAsync($"/v1/files/{id}/content")).ExpectError(404, "not_found_error");
        await using var database = _server.OpenDatabase();
        await SweepAsync(database);
        var described = await _server.GetAsync($"/v1/files/{id}");
        Assert.Null(await CopyAsync(id, Session()));
        _server.Clock.Advance(FileLimits.KeptAfterExpiry);
        await SweepAsync(database);

        Assert.Equal("file_expired", gone.Error.GetProperty("details").GetProperty("error_code").GetString());
        Assert.Equal(0, await ChunksAsync(blob!));
        described.Expect(HttpStatusCode.OK);
        (await _server.GetAsync($"/v1/files/{id}")).ExpectError(404, "not_found_error");
    }

    [Fact]
    public async Task Another_workspace_sees_no_file()
    {
        var id = (await UploadAsync("a.txt", [1])).Id;
        var key = await _server.CreateKeyAsync("wrkspc_files");
        foreach (var (method, path) in new[] { (HttpMethod.Get, $"/v1/files/{id}"), (HttpMethod.Get, $"/v1/files/{id}/content"), (HttpMethod.Delete, $"/v1/files/{id}") })
        {
            using var request = TestServer.Request(method, path, key, beta: null);
            (await _server.SendAsync(request)).ExpectError(404, "not_found_error");
        }
        using var list = TestServer.Request(HttpMethod.Get, $"/v1/files?ids[]={id}", key, beta: null);
        Assert.Empty(Ids(await _server.SendAsync(list)));
    }

    private static Id<Session> Session() => new IdGenerator(TimeProvider.System).New<Session>();

    private static IEnumerable<string> Ids(Reply reply) => reply.Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray().Select(static f => f.GetProperty("id").GetString()!);

    private SessionFiles SessionFilesOf(Database database) => new(database, new FileBlobs(database, new IdGenerator(_server.Clock), _server.Clock), Files);

    private async Task<(StoredFile? File, string? Problem)> KeepAsync(Id<Session> session, string name, byte[] bytes)
    {
        await using var database = _server.OpenDatabase();
        return await SessionFilesOf(database).KeepAsync(Workspace, session, new MemoryStream(bytes), name, Cancelled);
    }

    private async Task<StoredFile?> CopyAsync(string id, Id<Session> session)
    {
        await using var database = _server.OpenDatabase();
        return await database.WriteAsync(db => Files.CopyAsync(db, Workspace, Id<StoredFile>.Parse(id), session), Cancelled);
    }

    private async Task<string?> BlobOfAsync(string id)
    {
        await using var database = _server.OpenDatabase();
        return (await database.ReadAsync(db => Files.FindAsync(db, Workspace, Id<StoredFile>.Parse(id)), Cancelled))?.BlobId;
    }

    private async Task<long> ChunksAsync(string blob)
    {
        await using var database = _server.OpenDatabase();
        return await database.ReadAsync(db => db.FirstAsync("SELECT count(*) FROM file_chunks WHERE blob_id = @id", static r => r.GetInt64(0), ("@id", blob)), Cancelled);
    }

    private async Task SweepAsync(Database database)
    {
        var blobs = new FileBlobs(database, new IdGenerator(_server.Clock), _server.Clock);
        using var loop = new FileLoop(database, Files, blobs, _server.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<FileLoop>.Instance);
        await loop.SweepAsync(Cancelled);
    }

    private Task<Reply> UploadAsync(string name, byte[] bytes, string? type = null, int? expires = null)
    {
        var file = new ByteArrayContent(bytes);
        if (type is not null) file.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "file", FileName = name.Length == 0 ? "\"\"" : null, FileNameStar = name.Length == 0 ? null : name };
        var form = new MultipartFormDataContent { file };
        if (expires is { } seconds) form.Add(new StringContent(seconds.ToString()), "expires_in_seconds");
        return _server.SendAsync(HttpMethod.Post, "/v1/files", form);
    }
}
