using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Reverie.Inference;
using Reverie.Mcp;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Sessions;

/// <summary>A model that judges calls as a test says. One test at a time uses it.</summary>
public sealed class PlayedJudge : IModelProvider
{
    public const string Name = "judge";

    private Func<string, CancellationToken, Task<ModelResponse>> _answers = static (_, _) => throw new InvalidOperationException("nobody said how to judge");

    /// <summary>What the judge was asked, each with its input at the end.</summary>
    public ConcurrentQueue<string> Asked { get; private set; } = [];

    /// <summary>Begins anew: answers what <paramref name="answers"/> gives for what it is asked.</summary>
    public void Judges(Func<string, CancellationToken, Task<ModelResponse>> answers) => (Asked, _answers) = ([], answers);

    public void Judges(Func<string, ModelResponse> answers) => Judges((asked, _) => Task.FromResult(answers(asked)));

    public static ModelResponse Says(string text, ModelStopReason stop = ModelStopReason.EndTurn) =>
        new() { Blocks = [new TextBlock(text)], StopReason = stop, Usage = new ModelUsage { InputTokens = 1000, OutputTokens = 100 } };

    public static ModelResponse Finds(string verdict, string reason = "because") => Says($$"""{"verdict":"{{verdict}}","reason":"{{reason}}"}""");

    public async IAsyncEnumerable<ModelUpdate> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var asked = string.Concat(request.Messages.Single().Blocks.OfType<TextBlock>().Select(static b => b.Text));
        Asked.Enqueue(asked);
        yield return new MessageStarted(new ModelUsage { InputTokens = 1000 });
        yield return new ModelCompleted(await _answers(asked, cancellationToken));
    }

    /// <summary>A server that has it judge, and lets agents use MCP servers of this machine.</summary>
    public ServerOptions On(ServerOptions options) => options with
    {
        JudgeModel = Name,
        Mcp = new McpOptions { Hosts = ["127.0.0.1"] },
        Inference = options.Inference with { Embedded = [.. options.Inference.Embedded, new EmbeddedModel(new ModelInfo { Id = Name, DisplayName = Name, Provider = ModelProviderKind.Embedded, Price = new ModelPrice(100, 1000, 0, 0, 0) }, this)] },
    };
}

public sealed class SqliteJudgedServer : SqliteServer
{
    public PlayedJudge Judge { get; } = new();

    public override ServerOptions Options() => Judge.On(base.Options());
}

public sealed class PostgresJudgedServer(PostgresCluster cluster) : PostgresServer(cluster)
{
    public PlayedJudge Judge { get; } = new();

    public override ServerOptions Options() => Judge.On(base.Options());
}
