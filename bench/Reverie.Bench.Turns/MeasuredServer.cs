using System.Runtime.CompilerServices;
using Reverie.Inference;
using Reverie.Server;
using Reverie.Sessions.Turns;
using Reverie.Tools;

namespace Reverie.Bench.Turns;

/// <summary>The server as it is, but for a model that answers by itself and a tool that does nothing: what is left is the loop.</summary>
internal static class MeasuredServer
{
    public static async Task<int> RunAsync(string directory, TimeSpan modelWait)
    {
        var info = new ModelInfo { Id = SteppingModel.Id, Provider = ModelProviderKind.Embedded, DisplayName = "Steps", Price = new ModelPrice(1, 5, 0.1m, 1.25m, 2) };
        await using var server = await ReverieServer.StartAsync(new ServerOptions
        {
            Urls = "http://127.0.0.1:0",
            DataDirectory = directory,
            ApiKey = ServerProcess.Secret,
            Inference = new InferenceOptions { Embedded = [new EmbeddedModel(info, new SteppingModel(modelWait, TimeProvider.System))] },
            Tools = new IdleTools(),
        }, TimeProvider.System, CancellationToken.None);
        Console.WriteLine($"Listening on {server.Urls.First()} ");
        ServerProcess.CollectWhenTold();
        return 0;
    }

    /// <summary>Every call is answered at once.</summary>
    private sealed class IdleTools : ISessionTools
    {
        public IReadOnlyList<ModelTool> Definitions { get; } = [.. ToolDefinition.BuiltIn.Take(1).Select(static d => new ModelTool(d.Name, d.Description, d.InputSchema.GetRawText()))];

        public Task<CallResult> RunAsync(SessionSetup session, ThreadSetup thread, OpenCall call, CancellationToken cancellationToken) => Task.FromResult(new CallResult([new TextBlock("ok")], IsError: false));

        public Task<(int? ExitCode, string Output)> RunApartAsync(SessionSetup session, string command, TimeSpan timeout, CancellationToken cancellationToken) => Task.FromResult(((int?)0, ""));

        public Task<byte[]?> ReadFileAsync(SessionSetup session, string path, int bytesMax, CancellationToken cancellationToken) => Task.FromResult<byte[]?>(null);
    }
}

/// <summary>Calls a tool in each of three rounds, then says a word. A call carries the time at which the model was asked.</summary>
internal sealed class SteppingModel(TimeSpan wait, TimeProvider clock) : IModelProvider
{
    public const string Id = "bench/steps";

    /// <summary>Rounds of tool calls in a turn.</summary>
    public const int Rounds = 3;

    private const string Said = "All of it is done.";

    private static readonly ModelUsage Usage = new() { InputTokens = 1000, OutputTokens = 50 };

    public async IAsyncEnumerable<ModelUpdate> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var asked = clock.GetTimestamp();
        if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, cancellationToken);
        yield return new MessageStarted(Usage with { OutputTokens = 0 });
        if (RoundsSoFar(request.Messages) < Rounds)
        {
            yield return Completed(new ToolUseBlock($"toolu_{request.Messages.Count}", "bash", FloorEvents.Input(asked)), ModelStopReason.ToolUse);
            yield break;
        }
        yield return new TextStarted(0);
        yield return new TextDelta(0, Said);
        yield return Completed(new TextBlock(Said), ModelStopReason.EndTurn);
    }

    private static ModelCompleted Completed(ModelBlock block, ModelStopReason reason) => new(new ModelResponse { Blocks = [block], StopReason = reason, Usage = Usage });

    private static int RoundsSoFar(IReadOnlyList<ModelMessage> messages)
    {
        var rounds = 0;
        for (var i = messages.Count - 1; i >= 0 && messages[i].Blocks[0] is not TextBlock; i--)
        {
            if (messages[i].Role == ModelRole.Assistant) rounds++;
        }
        return rounds;
    }
}
