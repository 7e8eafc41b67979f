using System.Net;
using Reverie.Inference;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Models;

/// <summary>Models over HTTP; nothing of them is in the database.</summary>
public sealed class ModelTests(ModelTests.OwnModels server) : IClassFixture<ModelTests.OwnModels>
{
    /// <summary>A server with what is built in and nothing else.</summary>
    public sealed class OwnModels : SqliteServer
    {
        protected override InferenceOptions Inference => new();
    }


    [Fact]
    public async Task The_official_client_lists_and_finds_what_can_be_asked()
    {
        var page = await server.Client.Models.List(new(), TestContext.Current.CancellationToken);
        var one = await server.Client.Models.Retrieve("reverie/scripted", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["reverie/local", "reverie/scripted"], page.Items.Select(static m => m.ID));
        page.Items.ToList().ForEach(static m => m.Validate());
        Assert.Equal("reverie/scripted", one.ID);
        Assert.Equal(200_000, one.MaxInputTokens);
    }

    [Fact]
    public async Task Pages_follow_ids_both_ways()
    {
        var first = (await server.GetAsync("/v1/models?limit=1")).Expect(HttpStatusCode.OK).Json;
        var next = (await server.GetAsync("/v1/models?limit=1&after_id=reverie/local")).Expect(HttpStatusCode.OK).Json;
        var back = (await server.GetAsync("/v1/models?before_id=reverie/scripted")).Expect(HttpStatusCode.OK).Json;

        Assert.Equal((true, "reverie/local"), (first.GetProperty("has_more").GetBoolean(), first.GetProperty("last_id").GetString()));
        Assert.Equal((false, "reverie/scripted"), (next.GetProperty("has_more").GetBoolean(), next.GetProperty("first_id").GetString()));
        Assert.Equal("reverie/local", back.GetProperty("last_id").GetString());
    }

    [Theory]
    [InlineData("/v1/models?limit=0", HttpStatusCode.BadRequest, "limit")]
    [InlineData("/v1/models?lifecycle[]=new", HttpStatusCode.BadRequest, "lifecycle[]")]
    [InlineData("/v1/models?after_id=nothing", HttpStatusCode.BadRequest, "after_id")]
    [InlineData("/v1/models?after_id=a&before_id=b", HttpStatusCode.BadRequest, "exclude")]
    [InlineData("/v1/models/nothing", HttpStatusCode.NotFound, "nothing")]
    [InlineData("/v1/models/claude-opus-5", HttpStatusCode.NotFound, "claude-opus-5")]
    [InlineData("/v1/models/reverie%2Fnothing", HttpStatusCode.NotFound, "reverie/nothing")]
    public async Task What_is_wrong_is_told(string path, HttpStatusCode status, string expected) =>
        Assert.Contains(expected, (await server.GetAsync(path)).Expect(status).Message);
}
