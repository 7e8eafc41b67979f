using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Reverie.Inference;
using Reverie.Testing.Models;

namespace Reverie.Server.Tests.Hosting;

/// <summary>A model that answers dreams, counts four bytes as a token, and can be made to stand still.</summary>
public sealed class MindProvider : IModelProvider
{
    public const string Model = "mind";
    public const string Unpriced = "unpriced-mind";

    private const int BytesPerToken = 4;

    private readonly Func<JsonElement, FakeAnswer?> _mind = DreamingMind.Of("good");
    private TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The last text of each request, oldest first.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Requests that are answered before one is not; null for all.</summary>
    public int? AnsweredMax { get; set; }

    /// <summary>Ends when a request stands still.</summary>
    public Task Held => _held.Task;

    public void Reset()
    {
        Asked.Clear();
        (AnsweredMax, _held) = (null, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    public InferenceOptions Options() => new()
    {
        Embedded =
        [
            new EmbeddedModel(new ModelInfo { Id = Model, DisplayName = Model, Provider = ModelProviderKind.Embedded, Price = new ModelPrice(1, 5, 0.1m, 1.25m, 2) }, this),
            new EmbeddedModel(new ModelInfo { Id = Unpriced, DisplayName = Unpriced, Provider = ModelProviderKind.Embedded }, this),
        ],
    };

    public async IAsyncEnumerable<ModelUpdate> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var texts = request.Messages.SelectMany(static m => m.Blocks).OfType<TextBlock>().Select(static b => b.Text).ToList();
        Asked.Enqueue(texts[^1]);
        if (AnsweredMax is { } most && Asked.Count > most)
        {
            _held.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        var body = JsonSerializer.SerializeToElement(new { max_tokens = request.MaxTokens, messages = new[] { new { role = "user", content = texts[^1] } } });
        var answer = _mind(body)!.Blocks[0].GetProperty("text").GetString()!;
        var usage = new ModelUsage { InputTokens = (request.System!.Length + texts.Sum(static t => t.Length)) / BytesPerToken, OutputTokens = answer.Length / BytesPerToken };
        yield return new MessageStarted(usage);
        yield return new ModelCompleted(new ModelResponse { Blocks = [new TextBlock(answer)], StopReason = ModelStopReason.EndTurn, Usage = usage });
    }
}

/// <summary>A server whose models are a <see cref="MindProvider"/>.</summary>
public interface IMindServer
{
    TestServer Server { get; }

    MindProvider Mind { get; }
}

/// <inheritdoc cref="IMindServer"/>
public sealed class SqliteMindServer : SqliteServer, IMindServer
{
    TestServer IMindServer.Server => this;

    public MindProvider Mind { get; } = new();

    protected override InferenceOptions Inference => Mind.Options();
}

/// <inheritdoc cref="IMindServer"/>
public sealed class PostgresMindServer(PostgresCluster cluster) : PostgresServer(cluster), IMindServer
{
    TestServer IMindServer.Server => this;

    public MindProvider Mind { get; } = new();

    protected override InferenceOptions Inference => Mind.Options();
}
