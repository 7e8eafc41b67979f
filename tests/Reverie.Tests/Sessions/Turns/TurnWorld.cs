using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Reverie.Inference;
using Reverie.Keys;
using Reverie.Protocol.Environments;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Inbox;
using Reverie.Sessions.Judging;
using Reverie.Sessions.Outcomes;
using Reverie.Sessions.Turns;
using Reverie.Storage;
using ThreadState = Reverie.Sessions.Turns.ThreadState;

namespace Reverie.Tests.Sessions.Turns;

/// <summary>
/// A session that real runners drive on a real database, with a model, tools, clients and deaths of the process as a tape
/// says. Where the tape is at its end everybody is tame: the model ends its turn and clients answer every call.
/// </summary>
internal sealed class TurnWorld : IModelProvider, ISessionTools
{
    private const string Workspace = ApiKeyRepository.DefaultWorkspace;
    private const string Agent = """
        {"id":"agent_011CZkZAtmR3yMPDzynEDxu7","type":"agent","version":1,"name":"tester","description":null,"model":{"id":"taped","speed":"standard"},"system":null,
         "tools":[{"type":"agent_toolset_20260401","default_config":{"enabled":true,"permission_policy":{"type":"always_allow"}},
                   "configs":[{"type":"write","name":"write","enabled":true,"permission_policy":{"type":"always_ask"}},{"type":"edit","name":"edit","enabled":true,"permission_policy":{"type":"auto"}}]},
                  {"type":"custom","name":"ask","description":"d","input_schema":{"type":"object"}}],
         "mcp_servers":[],"skills":[],"execution_identity":{"type":"service_account"},
         "multiagent":{"type":"coordinator","agents":[{"type":"agent","id":"agent_011CZkZAtmR3yMPDzynEDxu8","version":1,"name":"helper","description":"helps","model":{"id":"taped","speed":"standard"},"system":null,
             "tools":[{"type":"agent_toolset_20260401","default_config":{"enabled":true,"permission_policy":{"type":"always_allow"}},
                       "configs":[{"type":"write","name":"write","enabled":true,"permission_policy":{"type":"always_ask"}},{"type":"edit","name":"edit","enabled":true,"permission_policy":{"type":"auto"}}]},
                      {"type":"custom","name":"ask","description":"d","input_schema":{"type":"object"}}],
             "mcp_servers":[],"skills":[],"execution_identity":{"type":"service_account"}}]}}
        """;

    /// <summary>More than any tape leads to.</summary>
    private const int StepsMax = 500;

    private static readonly TimeProvider Clock = new InstantClock(TimeSpan.MaxValue);

    /// <summary>Tries follow each other at once, and a judge has its time.</summary>
    private static readonly TimeProvider JudgeClock = new InstantClock(TimeSpan.FromSeconds(30));
    private static readonly IdGenerator Ids = new(Clock);
    private static readonly SessionLog Log = new(Ids, Clock);
    private static readonly SessionRepository Sessions = new(Log, Ids, Clock);
    private static readonly SessionSetupRepository Setups = new(Clock);

    private static readonly Id<SessionThread> PrimaryId = Ids.New<SessionThread>();

    private readonly Database _database;
    private readonly Queue<int> _tape;
    private readonly TurnServices _services;
    private readonly SessionInbox _inbox;
    private readonly LocalLoop _loop = new();
    private readonly ConcurrentQueue<SessionClaim> _handed = [];
    private readonly List<string> _answered = [];
    private AwakeSession _session = null!;
    private int _calls;

    private TurnWorld(Database database, IEnumerable<int> tape)
    {
        (_database, _tape) = (database, new(tape));
        var info = new ModelInfo { Id = "taped", Provider = ModelProviderKind.Scripted, DisplayName = "taped", ContextWindowTokens = 1000, HasMidConversationSystem = true, Price = new ModelPrice(1, 5, 0, 1, 2) };
        var models = new ModelRegistry(new InferenceOptions { Embedded = [new EmbeddedModel(info, this)] }, Clock);
        var judge = new JudgeModel(new ModelFound(new ModelInfo { Id = "judge", Provider = ModelProviderKind.Embedded, DisplayName = "judge", Price = new ModelPrice(1, 5, 0, 1, 2) }, new TapedJudge(this)));
        _services = new TurnServices(database, Log, models, this, new Attachments(null!), null!, new Grader(null!, null!, models), new Judge(judge, database, Log, JudgeClock, NullLogger<Judge>.Instance), new SessionPreviews(), Ids, Clock);
        _inbox = new SessionInbox(_loop, Log, models, Ids, Clock);
    }

    public IReadOnlyList<ModelTool> Definitions { get; } = [new("bash", "d", """{"type":"object"}"""), new("write", "d", """{"type":"object"}"""), new("edit", "d", """{"type":"object"}""")];

    /// <summary>Every request the model was asked, in order.</summary>
    public List<ModelRequest> Requests { get; } = [];

    /// <summary>How often each call was run.</summary>
    public Dictionary<string, int> Runs { get; } = new(StringComparer.Ordinal);

    /// <summary>States in which runners ended, and what the log as a whole gives at that moment.</summary>
    public List<(string Driven, string Folded)> States { get; } = [];

    /// <summary>The log at the end, in its order.</summary>
    public IReadOnlyList<LoggedEvent> Events { get; private set; } = [];

    public static async Task<TurnWorld> PlayAsync(Database database, IEnumerable<int> tape)
    {
        var world = new TurnWorld(database, tape);
        await world.BeginAsync();
        database.WakeUps.Follow(world.Notice);
        await world.SendAsync(Message);
        await world.PlayAsync();
        database.WakeUps.Unfollow(world.Notice);
        world.Events = await world.LogAsync();
        return world;
    }

    public async Task<CallResult> RunAsync(SessionSetup session, ThreadSetup thread, OpenCall call, CancellationToken cancellationToken)
    {
        lock (Runs) Runs[call.Id] = Runs.GetValueOrDefault(call.Id) + 1;
        await MeddleAsync(cancellationToken);
        return new CallResult([new TextBlock($"ran {call.Id}")], IsError: false);
    }

    public async Task<(int? ExitCode, string Output)> RunApartAsync(SessionSetup session, string command, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await MeddleAsync(cancellationToken);
        return (Next(2), "");
    }

    public Task<byte[]?> ReadFileAsync(SessionSetup session, string path, int bytesMax, CancellationToken cancellationToken) => Task.FromResult<byte[]?>(null);

    public async IAsyncEnumerable<ModelUpdate> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        lock (Requests) Requests.Add(request with { Messages = [.. request.Messages] });
        await MeddleAsync(cancellationToken);
        yield return new MessageStarted(new ModelUsage { InputTokens = 10 });
        await Task.Yield();
        var choice = Next(22);
        if (choice is 1) throw new ModelException(ModelFailure.Overloaded, "overloaded");
        if (choice is 2) throw new ModelException(ModelFailure.RequestFailed, "refused as it is");
        if (choice is 3) throw new ModelException(ModelFailure.ContextWindowExceeded, "too long");
        if (choice is 17) throw new Unforeseen();
        IReadOnlyList<ModelBlock> blocks = choice switch
        {
            4 => [new TextBlock("I look"), Use("bash")],
            5 => [Use("bash"), Use("bash")],
            6 => [Use("ask")],
            7 => [Use("write")],
            8 => [new ThinkingBlock("hm", "signed"), Use("bash"), Use("ask"), Use("write"), Use("ask")],
            9 => [Use("unknown")],
            10 => [Use("bash") with { Input = "{}", InvalidInput = "{" }, Use("bash")],
            11 or 16 => [],
            18 => [Send()],
            19 => [new TextBlock("each of you"), Send(), Use("bash"), Send()],
            21 => [Use("edit"), Use("write"), Use("edit")],
            20 => [Use("list_agents"), Send("nobody")],
            12 => [new ThinkingBlock("hm", "signed"), new TextBlock("one"), new TextBlock("two")],
            _ => [new TextBlock("done")],
        };
        yield return new ModelCompleted(new ModelResponse
        {
            Blocks = blocks,
            StopReason = choice switch { 13 => ModelStopReason.Refusal, 14 => ModelStopReason.ContextWindowExceeded, 12 or 16 => ModelStopReason.PauseTurn, _ => ModelStopReason.EndTurn },
            Usage = new ModelUsage { InputTokens = choice == 15 ? 900 : 10, OutputTokens = 1, CacheCreation1hInputTokens = 3 },
        });
    }

    /// <summary>Everything about a state that decides what comes next.</summary>
    public static string Fingerprint(SessionState state) => string.Join('\n',
    [
        $"{state.NextSeq} {state.Interrupt?.Id} {state.IsRunning} {state.IsRescheduled} {state.Status} {state.Cost}",
        .. state.Outcomes.Select(static o => $"{o.Id} {o.Result} {o.Iteration} {o.EvaluationId} {o.CompletedAt}"),
        .. state.Threads.Select(Fingerprint),
    ]);

    private static string Fingerprint(ThreadState state) => string.Join('\n',
    [
        .. state.Conversation.Select(static m => $"{m.Role} {ModelBlocksJson.Write(m.Blocks)}"),
        .. state.Calls.Select(static c => c.ToString()),
        .. state.Inputs.Select(static i => i.Entry.Json),
        .. state.Mail.Select(static m => m.ToString()),
        $"{state.HasTask} {state.Id} {state.IsTerminated} {state.Active} {state.RunningSince} {state.FailedSummaries} {state.IsRunning} {state.IsRescheduling} {state.LastStop} {state.AskedCount} {state.OpenRequestId} {state.Refusal} {state.Failures} {state.ToolRounds} {state.Compactions}",
        $"{state.IsTooLong} {state.WindowTokens} {state.Usage} {state.ModelCost} {state.IsModelNext}",
    ]);

    private async Task BeginAsync() => _session = await _database.WriteAsync(async db =>
    {
        var row = await Sessions.BeginAsync(db, Workspace, "tester", null, new Dictionary<string, string>(), SessionStatus.Idle);
        await Setups.CreateAsync(db, new SessionSetup
        {
            WorkspaceId = Workspace,
            Id = row.Id,
            Agent = JsonSerializer.Deserialize(Agent, WireJson.Wire.SessionAgent)!,
            EnvironmentId = Ids.New<AgentEnvironment>(),
            Environment = new CloudEnvironment(new UnrestrictedNetworking(), new EnvironmentPackages()),
            PrimaryThreadId = PrimaryId,
        });
        return new AwakeSession(Workspace, row.Id);
    }, CancellationToken.None);

    private async Task PlayAsync()
    {
        var setup = (await _database.ReadAsync(db => Setups.FindAsync(db, Workspace, _session.Id), CancellationToken.None))!;
        var kept = Unread;
        for (var step = 0; step < StepsMax; step++)
        {
            var claim = _handed.TryDequeue(out var handed) ? handed : await _database.WriteAsync(db => TurnLog.ClaimAsync(db, _session), CancellationToken.None);
            if (claim is null)
            {
                if (!await ActAsync()) return;
                continue;
            }
            var rows = await _database.ReadAsync(db => ThreadRepository.ListAsync(db, Workspace, _session.Id), CancellationToken.None);
            var runner = new SessionRunner(_services, claim, setup, new SessionThreads(_services, setup, rows), kept);
            try
            {
                try
                {
                    await runner.RunAsync(CancellationToken.None);
                }
                catch (Unforeseen)
                {
                    await runner.AbandonAsync();
                }
                kept = runner.State;
                var folded = Unread;
                foreach (var entry in await LogAsync()) folded.Apply(entry);
                States.Add((Fingerprint(kept), Fingerprint(folded)));
            }
            catch (ProcessDied)
            {
                kept = Unread;
                _handed.Clear();
                await _database.WriteAsync(TurnLog.ReleaseAllAsync, CancellationToken.None);
            }
        }
        throw new InvalidOperationException($"the session does not come to rest after {StepsMax} steps");
    }

    /// <summary>A client while nothing runs. False when there is nothing left to do.</summary>
    private async Task<bool> ActAsync()
    {
        var waiting = WaitingCalls.Read((await _database.ReadAsync(db => Sessions.FindAsync(db, Workspace, _session.Id), CancellationToken.None))!.Waiting);
        if (_tape.Count == 0 && waiting.Count == 0) return false;
        switch (Next(8))
        {
            case 1 when waiting.Count > 0:
                await SendAsync(Answer(waiting[^1], isKind: false));
                break;
            case 2:
                await SendAsync(Interrupt, Interrupt);
                break;
            case 3:
                await SendAsync(Interrupt, Message);
                break;
            case 4:
                await SendAsync(Message, Message, System);
                break;
            case 7:
                await SendAsync(Outcome);
                break;
            case 5 when waiting.Count > 0:
                await SendAsync(Answer(waiting[0], isKind: true));
                break;
            case 6 when _answered.Count > 0:
                await SendAsync(Answer(new WaitingCall(_answered[0], CallKind.Custom, null), isKind: true));
                break;
            default:
                await SendAsync(waiting.Count > 0 ? [.. waiting.Select(w => Answer(w, isKind: true))] : [Message]);
                break;
        }
        return true;
    }

    /// <summary>Something that comes in between while a model or a tool is at work.</summary>
    private async Task MeddleAsync(CancellationToken cancellationToken)
    {
        switch (Next(11))
        {
            case 5:
                await SendAsync(Message);
                break;
            case 6:
                await SendAsync(Interrupt, Message);
                break;
            case 7:
                await SendAsync(Interrupt);
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case 8:
                throw new ProcessDied();
            case 10:
                await SendAsync(Outcome);
                break;
            case 9:
                throw new Unforeseen();
            case 4:
                await SendAsync(Message, System);
                break;
        }
    }

    /// <summary>By turns to a process that runs sessions and to one that does not.</summary>
    private async Task SendAsync(params ClientEvent[] events)
    {
        lock (_tape) _loop.IsTaking = _tape.Count % 2 == 0;
        if (await _database.WriteAsync(db => _inbox.SendAsync(db, Workspace, _session.Id, events), CancellationToken.None) is SendOutcome.NoSession) throw new InvalidOperationException("no session");
    }

    private ClientEvent Answer(WaitingCall call, bool isKind)
    {
        if (call.Kind == CallKind.Custom) _answered.Add(call.Id);
        return call.Kind == CallKind.Custom
            ? new ClientEvent(EventTypes.UserCustomToolResult, $$"""{"custom_tool_use_id":"{{call.Id}}","content":[{"type":"text","text":"answer"}]}""") { CallId = call.Id }
            : new ClientEvent(EventTypes.UserToolConfirmation, $$"""{"tool_use_id":"{{call.Id}}","result":"{{(isKind ? "allow" : "deny")}}"}""") { CallId = call.Id };
    }

    private ToolUseBlock Use(string tool) => new($"toolu_{Interlocked.Increment(ref _calls)}", tool, """{"x":1}""");

    private ToolUseBlock Send(string agent = "helper") => Use("send_to_agent") with { Input = $$"""{"agent":"{{agent}}","message":"do it"}""" };

    private ValueTask<List<LoggedEvent>> LogAsync() => _database.ReadAsync(db => Log.ListAllAsync(db, Workspace, _session.Id, -1, int.MaxValue), CancellationToken.None);

    private void Notice(object topic)
    {
        if (topic is SessionClaim claim && claim.Id == _session.Id) _handed.Enqueue(claim);
    }

    private static SessionState Unread => new(PrimaryId.Value);

    private int Next(int choices)
    {
        lock (_tape) return _tape.TryDequeue(out var choice) ? choice % choices : 0;
    }

    private static ClientEvent Message { get; } = new(EventTypes.UserMessage, """{"content":[{"type":"text","text":"go"}]}""");

    private static ClientEvent System { get; } = new(EventTypes.SystemMessage, """{"content":[{"type":"text","text":"mind the time"}]}""");

    private static ClientEvent Outcome { get; } = new(EventTypes.UserDefineOutcome, """{"description":"d","rubric":{"type":"text","content":"```checks\n- command: x\n```"},"max_iterations":2}""");

    private static ClientEvent Interrupt { get; } = new(EventTypes.UserInterrupt, "{}");

    /// <summary>Judges as the tape says; says at its end that all is safe.</summary>
    private sealed class TapedJudge(TurnWorld world) : IModelProvider
    {
        public async IAsyncEnumerable<ModelUpdate> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await world.MeddleAsync(cancellationToken);
            yield return new MessageStarted(new ModelUsage { InputTokens = 7 });
            var choice = world.Next(4);
            if (choice is 3) throw new ModelException(ModelFailure.Overloaded, "overloaded");
            var answer = choice switch { 1 => """{"verdict":"high_risk","reason":"r"}""", 2 => "It is fine.", _ => """{"verdict":"safe","reason":"r"}""" };
            yield return new ModelCompleted(new ModelResponse { Blocks = [new TextBlock(answer)], StopReason = ModelStopReason.EndTurn, Usage = new ModelUsage { InputTokens = 7, OutputTokens = 2 } });
        }
    }

    /// <summary>Nothing the runner does after it is written.</summary>
    private sealed class ProcessDied : Exception;

    /// <summary>A fault in a tool or a provider that nobody thought of.</summary>
    private sealed class Unforeseen : Exception;

    /// <summary>Whatever waits for less than <paramref name="waitsMax"/> has waited.</summary>
    private sealed class InstantClock(TimeSpan waitsMax) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan || dueTime >= waitsMax ? dueTime : TimeSpan.FromMilliseconds(1), period);
    }
}
