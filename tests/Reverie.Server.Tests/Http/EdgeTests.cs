using System.IO.Compression;
using System.Net;
using System.Text;
using Anthropic.Exceptions;
using Reverie.Keys;
using Reverie.Server.Http;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Http;

/// <summary>What every request passes: keys, beta values, request ids, sizes, and the shape of errors.</summary>
public abstract class EdgeTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : EdgeTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : EdgeTests(server), IClassFixture<PostgresServer>;

    private const string Stores = "/v1/memory_stores";
    private const string ManagedAgentsBeta = "managed-agents-2026-04-01";

    private readonly TestServer _server = server.OrSkip();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/healthz", "ok")]
    [InlineData("/readyz", "ready")]
    public async Task Health_is_told_without_a_key(string path, string text)
    {
        var reply = await SendAsync(path, key: null, beta: null);

        Assert.Equal((HttpStatusCode.OK, text), (reply.Status, reply.Text));
        Assert.StartsWith("req_", reply.RequestId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("authorization", "Bearer ")]
    [InlineData("authorization", "bearer ")]
    [InlineData("x-api-key", "")]
    public async Task Either_header_carries_the_key(string header, string before)
    {
        using var request = TestServer.Request(HttpMethod.Get, Stores, key: null);
        request.Headers.TryAddWithoutValidation(header, before + TestServer.Key);

        var reply = await _server.SendAsync(request);

        reply.Expect(HttpStatusCode.OK);
        Assert.Equal(ApiKeyRepository.DefaultWorkspace, reply.Header("anthropic-workspace-id"));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("authorization", "Bearer ")]
    [InlineData("authorization", "Basic c2stcmV2ZXJpZS10ZXN0LTAxMjM0NTY3ODk=")]
    [InlineData("authorization", "Bearer sk-reverie-test-012345678")]
    [InlineData("x-api-key", "sk-reverie-test-01234567890")]
    [InlineData("x-api-key", "' OR 1=1 --")]
    public async Task Without_a_valid_key_nothing_is_answered(string? header, string? value)
    {
        using var request = TestServer.Request(HttpMethod.Get, Stores, key: null);
        if (header is not null) request.Headers.TryAddWithoutValidation(header, value);

        (await _server.SendAsync(request)).ExpectError(401, "authentication_error");
    }

    [Fact]
    public async Task The_client_knows_a_wrong_key_by_its_exception()
    {
        using var client = _server.NewClient("sk-reverie-wrong");

        var error = await Assert.ThrowsAsync<AnthropicUnauthorizedException>(() => client.Beta.MemoryStores.List(cancellationToken: Cancelled));

        Assert.Equal("authentication_error", error.Type!.Raw());
        Assert.StartsWith("req_", error.RequestID, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_opens_no_other_workspace()
    {
        var stores = _server.Client.Beta.MemoryStores;

        await stores.List(new() { WorkspaceID = ApiKeyRepository.DefaultWorkspace }, Cancelled);
        var error = await Assert.ThrowsAsync<AnthropicForbiddenException>(() => stores.List(new() { WorkspaceID = "wrkspc_other" }, Cancelled));

        Assert.Equal("permission_error", error.Type!.Raw());
    }

    [Fact]
    public async Task The_beta_value_of_older_clients_is_accepted()
    {
        (await SendAsync(Stores, beta: ManagedAgentsBeta)).Expect(HttpStatusCode.OK);
        (await SendAsync(Stores + "?beta=true", beta: $"files-api-2025-04-14, {TestServer.MemoryBeta}")).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("files-api-2025-04-14")]
    [InlineData("")]
    public async Task Without_its_beta_value_an_endpoint_does_not_exist(string? beta)
    {
        var reply = await SendAsync(Stores, beta: beta);

        reply.ExpectError(404, "not_found_error");
        Assert.Contains(TestServer.MemoryBeta, reply.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_beta_values_together_are_refused()
    {
        (await SendAsync(Stores, beta: $"{TestServer.MemoryBeta},{ManagedAgentsBeta}")).ExpectError(400, "invalid_request_error");

        using var twoLines = TestServer.Request(HttpMethod.Get, Stores);
        twoLines.Headers.TryAddWithoutValidation("anthropic-beta", ManagedAgentsBeta);
        (await _server.SendAsync(twoLines)).ExpectError(400, "invalid_request_error");
        await Assert.ThrowsAsync<AnthropicBadRequestException>(() => _server.Client.Beta.MemoryStores.List(new() { Betas = [ManagedAgentsBeta] }, Cancelled));
    }

    [Fact]
    public async Task A_request_id_is_in_the_header_and_in_the_body_of_errors_and_differs_each_time()
    {
        var first = (await _server.GetAsync("/v1/memory_stores/memstore_none")).ExpectError(404, "not_found_error");
        var second = (await _server.GetAsync("/v1/memory_stores/memstore_none")).ExpectError(404, "not_found_error");
        var error = await Assert.ThrowsAsync<AnthropicNotFoundException>(() => _server.Client.Beta.MemoryStores.Retrieve("memstore_none", cancellationToken: Cancelled));

        Assert.NotEqual(first.RequestId, second.RequestId);
        Assert.Contains(error.RequestID!, error.ResponseBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT", Stores, "GET, POST")]
    [InlineData("PATCH", "/v1/memory_stores/memstore_1/memories/mem_1", "DELETE, GET, POST")]
    [InlineData("DELETE", "/v1/memory_stores/memstore_1/memory_versions/memver_1", "GET")]
    [InlineData("GET", "/v1/memory_stores/memstore_1/archive", "POST")]
    public async Task A_method_that_is_not_possible_is_told_with_those_that_are(string method, string path, string allowed)
    {
        using var request = TestServer.Request(new HttpMethod(method), path);
        using var response = await _server.Http.SendAsync(request, Cancelled);
        var reply = new Reply(response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync(Cancelled));

        reply.ExpectError(405, "invalid_request_error");
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1")]
    [InlineData("/v1/nothing")]
    [InlineData("/v1/memory_stores/memstore_1/nothing")]
    public async Task An_unknown_endpoint_is_not_found(string path) => (await _server.GetAsync(path)).ExpectError(404, "not_found_error");

    [Theory]
    [InlineData("/v1/memory_stores/mem_1")]
    [InlineData("/v1/memory_stores/memstore_")]
    [InlineData("/v1/memory_stores/memstore_1'--")]
    [InlineData("/v1/memory_stores/memstore_%00")]
    [InlineData("/v1/memory_stores/memstore_1/memories/memstore_1")]
    public async Task An_id_of_another_kind_is_not_found(string path)
    {
        var reply = await _server.GetAsync(path);

        // The web server itself refuses a zero byte in a path.
        if (path.Contains("%00", StringComparison.Ordinal)) Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        else reply.ExpectError(404, "not_found_error");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_is_too_large_is_refused_as_such(bool isChunked)
    {
        var store = await _server.NewStoreAsync();
        using var request = TestServer.Request(HttpMethod.Post, store + "/memories");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"path":"/a","content":"{{new string('a', 1_000_000)}}"}"""));
        request.Headers.TransferEncodingChunked = isChunked;

        (await _server.SendAsync(request)).ExpectError(413, "request_too_large");

        Assert.Empty((await _server.GetAsync(store + "/memories")).Json.GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task The_client_knows_a_body_that_is_too_large_by_its_exception()
    {
        var store = await _server.NewStoreAsync();

        var error = await Assert.ThrowsAsync<AnthropicContentTooLargeException>(() =>
            _server.Client.Beta.MemoryStores.Memories.Create(store.Split('/')[^1], new() { Path = "/a", Content = new string('a', 20_000_000) }, Cancelled));

        Assert.Equal("request_too_large", error.Type!.Raw());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"name\"")]
    [InlineData("{\"name\":\"a\"}x")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"}")]
    [InlineData("{\"name\":\"a\",}")]
    [InlineData("{'name':'a'}")]
    [InlineData("\uFEFF{\"name\":\"a\"}")]
    [InlineData("{\"name\":NaN}")]
    public async Task A_body_that_is_no_json_object_is_refused(string body)
    {
        var reply = (await _server.PostAsync(Stores, body)).ExpectError(400, "invalid_request_error");

        Assert.StartsWith("The body", reply.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_wrong_with_a_body_is_said_at_once()
    {
        var reply = await _server.PostAsync(Stores, """{"name":7,"description":[],"metadata":"x","nmae":"a"}""");

        reply.ExpectError(400, "invalid_request_error");
        Assert.Equal("\"nmae\" is not a field of this request; name must be a string, not a number; description must be a string, not an array; metadata must be an object, not a string.", reply.Message);
    }

    [Theory]
    [InlineData("text/plain", HttpStatusCode.OK)]
    [InlineData("application/json; charset=UTF-8", HttpStatusCode.OK)]
    [InlineData("application/json; charset=us-ascii", HttpStatusCode.OK)]
    [InlineData("application/json; charset=utf-16", HttpStatusCode.BadRequest)]
    public async Task Other_charsets_than_utf8_are_refused(string contentType, HttpStatusCode status)
    {
        using var content = new ByteArrayContent("{\"name\":\"a\"}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("content-type", contentType);

        var reply = (await _server.SendAsync(HttpMethod.Post, Stores, content)).Expect(status);

        if (status != HttpStatusCode.OK) Assert.Equal("unsupported_charset", reply.Error.GetProperty("details").GetProperty("error_code").GetString());
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_refused()
    {
        using var content = new ByteArrayContent([.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8]);

        var reply = (await _server.SendAsync(HttpMethod.Post, Stores, content)).ExpectError(400, "invalid_request_error");

        Assert.Equal("request_body_encoding_invalid", reply.Error.GetProperty("details").GetProperty("error_code").GetString());
    }

    [Fact]
    public async Task A_compressed_body_is_refused_as_such()
    {
        using var bytes = new MemoryStream();
        await using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) await gzip.WriteAsync("{\"name\":\"a\"}"u8.ToArray(), Cancelled);
        using var content = new ByteArrayContent(bytes.ToArray());
        content.Headers.ContentEncoding.Add("gzip");

        var reply = (await _server.SendAsync(HttpMethod.Post, Stores, content)).ExpectError(400, "invalid_request_error");

        Assert.Equal("request_body_encoding_unsupported", reply.Error.GetProperty("details").GetProperty("error_code").GetString());
    }

    [Fact]
    public async Task A_query_value_given_twice_is_refused()
    {
        var reply = (await _server.GetAsync(Stores + "?limit=1&limit=2")).ExpectError(400, "invalid_request_error");

        Assert.StartsWith("limit", reply.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_query_value_counts_as_none() =>
        (await _server.GetAsync(Stores + "?limit=&page=&include_archived=&created_at%5Bgte%5D=")).Expect(HttpStatusCode.OK);

    private async Task<Reply> SendAsync(string path, string? key = TestServer.Key, string? beta = TestServer.MemoryBeta)
    {
        using var request = TestServer.Request(HttpMethod.Get, path, key, beta);
        return await _server.SendAsync(request);
    }
}

/// <summary>How often one caller may ask.</summary>
public sealed class RequestRateTests(RequestRateTests.SlowServer server) : IClassFixture<RequestRateTests.SlowServer>
{
    private const int PerMinute = 4;

    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_come_back_and_others_are_served()
    {
        using var client = server.NewClient(await server.CreateKeyAsync("wrkspc_eager"));
        var stores = client.WithOptions(static o => o with { MaxRetries = 0 }).Beta.MemoryStores;
        for (var i = 0; i < PerMinute; i++) await stores.List(cancellationToken: TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<AnthropicRateLimitException>(() => stores.List(cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal("rate_limit_error", error.Type!.Raw());
        (await server.GetAsync("/v1/memory_stores")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_answer_says_how_many_seconds_to_wait_and_may_be_tried_again()
    {
        var key = await server.CreateKeyAsync("wrkspc_eager");
        Reply reply;
        do
        {
            using var request = TestServer.Request(HttpMethod.Get, "/v1/memory_stores", key);
            reply = await server.SendAsync(request);
        }
        while (reply.Status == HttpStatusCode.OK);

        reply.ExpectError(429, "rate_limit_error");
        Assert.InRange(int.Parse(reply.Header("retry-after")!), 1, 60);
        Assert.Null(reply.Header("x-should-retry"));
    }

    [Fact]
    public async Task An_address_that_shows_too_many_wrong_keys_is_slowed_down_and_valid_keys_are_not()
    {
        var replies = new List<Reply>();
        for (var i = 0; i <= RequestRates.FailuresPerMinute + 20 && replies.LastOrDefault()?.Status != HttpStatusCode.TooManyRequests; i++)
        {
            using var request = TestServer.Request(HttpMethod.Get, "/v1/memory_stores", $"sk-wrong-{i}");
            replies.Add(await server.SendAsync(request));
        }
        using var valid = TestServer.Request(HttpMethod.Get, "/v1/memory_stores", await server.CreateKeyAsync("wrkspc_calm"));

        Assert.Equal(HttpStatusCode.Unauthorized, replies[0].Status);
        replies[^1].ExpectError(429, "rate_limit_error");
        (await server.SendAsync(valid)).Expect(HttpStatusCode.OK);
    }

    public sealed class SlowServer : SqliteServer
    {
        protected override int? RequestsPerMinute => PerMinute;
    }
}
