using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Server.Http;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.OpenApi;

/// <summary>docs/reference/openapi.json says what the server does. REVERIE_WRITE_OPENAPI=1 writes it anew.</summary>
public sealed class OpenApiTests(SqliteServer server) : IClassFixture<SqliteServer>
{
    private const string Field = "no_such_field";

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Default) { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private string Document { get; } = OpenApiDocument.Of(server.Server.Routes).ToJsonString(Indented) + "\n";

    [Fact]
    public async Task The_committed_document_is_what_the_server_says()
    {
        if (Environment.GetEnvironmentVariable("REVERIE_WRITE_OPENAPI") is not null) await File.WriteAllTextAsync(CommittedFile(), Document, TestContext.Current.CancellationToken);

        var committed = await File.ReadAllTextAsync(CommittedFile(), TestContext.Current.CancellationToken);

        if (committed != Document) Assert.Fail("docs/reference/openapi.json is not what the routes say; write it anew with REVERIE_WRITE_OPENAPI=1, and look at what changed.");
    }

    [Fact]
    public async Task Anybody_can_have_it_from_the_server()
    {
        using var request = TestServer.Request(HttpMethod.Get, "/openapi.json", key: null, beta: null);

        var reply = (await server.SendAsync(request)).Expect(HttpStatusCode.OK);

        Assert.Equal("3.1.0", reply.Json.GetProperty("openapi").GetString());
        Assert.Equal(await File.ReadAllTextAsync(CommittedFile(), TestContext.Current.CancellationToken), reply.Text);
    }

    [Fact]
    public void Every_route_is_in_it_and_no_other()
    {
        var written = JsonNode.Parse(Document)!["paths"]!.AsObject().SelectMany(static p => p.Value!.AsObject().Select(o => $"{o.Key} {p.Key}"));

        Assert.Equal(server.Server.Routes.SelectMany(static r => OpenApiDocument.MethodsOf(r).Select(m => $"{m} {OpenApiDocument.PathOf(r)}")).Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_reference_in_it_leads_somewhere_and_every_name_is_given_once()
    {
        var document = JsonNode.Parse(Document)!;
        var operations = document["paths"]!.AsObject().SelectMany(static p => p.Value!.AsObject().Select(static o => (string)o.Value!["operationId"]!)).ToList();

        foreach (var reference in References(document).Distinct(StringComparer.Ordinal))
            Assert.NotNull(reference.Split('/').Skip(1).Aggregate(document, static (node, name) => node?[name]!));
        Assert.Equal(operations.Count, operations.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task The_fields_of_a_body_are_those_the_endpoint_knows()
    {
        var document = JsonNode.Parse(Document)!;
        foreach (var route in server.Server.Routes.Where(static r => r.Metadata.GetMetadata<Operation>()?.Takes is not null))
        {
            var (path, method) = (OpenApiDocument.PathOf(route), OpenApiDocument.MethodsOf(route).Single());
            var schema = (string)document["paths"]![path]![method]!["requestBody"]!["content"]![Operation.Json]!["schema"]!["$ref"]!;
            var fields = document["components"]!["schemas"]![schema.Split('/')[^1]]!["properties"]!.AsObject().Select(static p => p.Key).ToList();
            using var request = TestServer.Request(HttpMethod.Post, Filled(path), beta: route.Metadata.GetMetadata<BetaHeader>()?.AnyOf[0]);
            request.Content = new StringContent(new JsonObject([.. fields.Append(Field).Select(static f => KeyValuePair.Create(f, (JsonNode?)null))]).ToJsonString(), Encoding.UTF8, Operation.Json);

            var error = (await server.SendAsync(request)).ExpectError(400, "invalid_request_error");

            Assert.Contains($"\"{Field}\" is not a field", error.Message, StringComparison.Ordinal);
            Assert.All(fields, field => Assert.DoesNotContain($"\"{field}\" is not a field", error.Message, StringComparison.Ordinal));
        }
    }

    private static string Filled(string path) => OpenApiDocument.Prefixes.Aggregate(path, static (filled, id) => filled.Replace($"{{{id.Key}}}", id.Value + "_x", StringComparison.Ordinal));

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(static p => p is { Key: "$ref", Value: JsonValue value } ? [(string)value!] : References(p.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    private static string CommittedFile()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Reverie.slnx"))) return Path.Combine(directory.FullName, "docs", "reference", "openapi.json");
        }
        throw new InvalidOperationException("the tests do not lie in a checkout");
    }
}
