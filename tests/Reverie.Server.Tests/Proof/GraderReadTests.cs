using System.Net;
using System.Runtime.CompilerServices;
using Reverie.Inference;
using Reverie.Server.Tests.Hosting;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Proof;

/// <summary>What a grader reads is no use that an agent made of a memory.</summary>
public abstract class GraderReadTests(TestServer server, JudgeProvider judge)
{
    public sealed class OnSqlite(SqliteJudgeServer server) : GraderReadTests(server, server.Judge), IClassFixture<SqliteJudgeServer>;

    public sealed class OnPostgres(PostgresJudgeServer server) : GraderReadTests(server, server.Judge), IClassFixture<PostgresJudgeServer>;

    private readonly TestServer _server = server.OrSkip();

    [Fact]
    public async Task A_memory_that_only_the_grader_read_has_no_readers()
    {
        var store = await _server.NewStoreAsync();
        foreach (var (path, text) in new[] { ("/agent.md", "- The pilot boat leaves at seven sharp\n"), ("/grader.md", "- The crane needs four minutes to warm up\n") })
            (await _server.PostAsync($"{store}/memories", new { path, content = text })).Expect(HttpStatusCode.OK);
        (await _server.PostAsync("/v1/reverie/settings", new { grader_model = JudgeProvider.Model })).Expect(HttpStatusCode.OK);
        await using var session = await StartAsync(_server, "answers: [{call: {tool: read, input: {file_path: /mnt/memory/store/agent.md}}}, {say: done}]",
            more: $$""","resources":[{"type":"memory_store","memory_store_id":"{{store.Split('/')[^1]}}","access":"read_only"}]""");

        await session.SendAsync("""{"type":"user.define_outcome","description":"Find the boat","rubric":{"type":"text","content":"It must be right."}}""");
        var list = await session.RestAsync();

        Assert.Equal("satisfied", Assert.Single(list, static e => TypeOf(e) == "span.outcome_evaluation_end").GetProperty("result").GetString());
        Assert.Contains("The crane needs four minutes", judge.Seen, StringComparison.Ordinal);
        var credit = (await _server.GetAsync($"{store.Replace("/v1/", "/v1/reverie/", StringComparison.Ordinal)}/credit")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray();
        Assert.Equal([("/agent.md", 1), ("/grader.md", 0)], credit.Select(static c => (c.GetProperty("path").GetString()!, c.GetProperty("readers").GetProperty("satisfied").GetInt32())));
    }
}

/// <summary>A grader that reads one memory and is satisfied.</summary>
public sealed class JudgeProvider : IModelProvider
{
    public const string Model = "judge";

    /// <summary>What the tool showed it.</summary>
    public string Seen { get; private set; } = "";

    public InferenceOptions Options() => new() { Embedded = [new EmbeddedModel(new ModelInfo { Id = Model, DisplayName = Model, Provider = ModelProviderKind.Embedded }, this)] };

    public async IAsyncEnumerable<ModelUpdate> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var results = request.Messages.SelectMany(static m => m.Blocks).OfType<ToolResultBlock>().ToList();
        Seen = string.Concat(results.SelectMany(static r => r.Content).OfType<TextBlock>().Select(static t => t.Text));
        var call = results.Count == 0
            ? new ToolUseBlock("toolu_1", "read", """{"file_path":"/mnt/memory/store/grader.md"}""")
            : new ToolUseBlock("toolu_2", "verdict", """{"criteria":[{"name":"right","met":true,"score":1,"explanation":"it is"}],"rubric_applies":true,"summary":"right"}""");
        yield return new MessageStarted(ModelUsage.None);
        yield return new ModelCompleted(new ModelResponse { Blocks = [call], StopReason = ModelStopReason.ToolUse, Usage = ModelUsage.None });
    }
}

public sealed class SqliteJudgeServer : SqliteServer
{
    public JudgeProvider Judge { get; } = new();

    protected override InferenceOptions Inference => Judge.Options();
}

public sealed class PostgresJudgeServer(PostgresCluster cluster) : PostgresServer(cluster)
{
    public JudgeProvider Judge { get; } = new();

    protected override InferenceOptions Inference => Judge.Options();
}
