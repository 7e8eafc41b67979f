using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Reverie.Server.Tests.Hosting;

/// <summary>What the server answered.</summary>
public sealed record Reply(HttpStatusCode Status, HttpResponseHeaders Headers, string Text)
{
    public JsonElement Json => JsonElement.Parse(Text);

    public JsonElement Error => Json.GetProperty("error");

    public string ErrorType => Error.GetProperty("type").GetString()!;

    public string Message => Error.GetProperty("message").GetString()!;

    public string Id => Json.GetProperty("id").GetString()!;

    public string RequestId => Header("request-id") ?? "";

    public string? NextPage => Json.GetProperty("next_page").GetString();

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? values.Single() : null;

    public Reply Expect(HttpStatusCode status)
    {
        if (Status != status) Assert.Fail($"expected {(int)status}, got {(int)Status}: {Text}");
        return this;
    }

    /// <summary>The error, which must be of this status and type and be built as the contract says.</summary>
    public Reply ExpectError(int status, string type)
    {
        Expect((HttpStatusCode)status);
        Assert.Equal("error", Json.GetProperty("type").GetString());
        Assert.Equal(type, ErrorType);
        Assert.NotEmpty(Message);
        Assert.StartsWith("req_", RequestId, StringComparison.Ordinal);
        Assert.Equal(RequestId, Json.GetProperty("request_id").GetString());
        return this;
    }
}
