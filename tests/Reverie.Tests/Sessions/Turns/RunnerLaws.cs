using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Reverie.Inference;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Turns;
using Reverie.Storage;

namespace Reverie.Tests.Sessions.Turns;

/// <summary>What holds of every session, whatever models, tools, clients and deaths of the process do. REVERIE_RUNNER_CASES sets how many are tried, for long runs.</summary>
public sealed class RunnerLaws : IAsyncLifetime
{
    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("REVERIE_RUNNER_CASES"), CultureInfo.InvariantCulture, out var cases) ? cases : 150;

    private readonly TemporaryDirectory _temporary = new();
    private Database _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = SqliteDatabase.Open(_temporary["laws.db"]);
        await _database.MigrateAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _temporary.Dispose();
    }

    [Fact]
    public void Whatever_happens_the_log_is_valid_the_model_sees_a_valid_conversation_and_no_call_runs_twice()
    {
        var tapes = Gen.ListOf(Gen.Choose(0, 21));
        Prop.ForAll(tapes.ToArbitrary(), tape =>
        {
            try
            {
                var world = Task.Run(() => TurnWorld.PlayAsync(_database, tape)).GetAwaiter().GetResult();
                CheckLog(world);
                CheckRequests(world);
                Assert.All(world.States, static s => Assert.Equal(s.Folded, s.Driven));
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"the tape [{string.Join(", ", tape)}] breaks a law", error);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases).WithEndSize(60));
    }

    /// <summary>What drawn tapes once found.</summary>
    [Fact]
    public async Task A_summary_that_fails_for_another_reason_is_tried_again_as_it_was()
    {
        // The answer fills the window; the summary meets an overloaded provider, and then the process dies.
        var world = await TurnWorld.PlayAsync(_database, [0, 14, 0, 0, 1, 8]);

        CheckLog(world);
        Assert.Contains(world.Events, static e => e.Type == EventTypes.ContextCompacted);
    }

    [Fact]
    public async Task A_model_that_pauses_goes_on_from_its_own_words_in_the_same_turn()
    {
        var world = await TurnWorld.PlayAsync(_database, [0, 12, 0, 0]);

        Assert.Equal(["one", "two"], Assert.Single(world.Requests[1].Messages, static m => m.Role == ModelRole.Assistant).Blocks.OfType<TextBlock>().Select(static t => t.Text));
        Assert.Single(world.Events, static e => e.Type == EventTypes.SessionIdle);
        Assert.Equal(2, world.Requests.Count);
    }

    [Theory]
    [InlineData(0, 17)]
    [InlineData(9)]
    [InlineData(0, 5, 9)]
    public async Task A_fault_nobody_foresaw_ends_the_turn_and_is_told(params int[] tape)
    {
        var world = await TurnWorld.PlayAsync(_database, tape);

        CheckLog(world);
        Assert.Single(world.Events, static e => e.Type == EventTypes.SessionError && e.Json.Contains("unknown_error", StringComparison.Ordinal));
        Assert.Single(world.Events, static e => e.Type == EventTypes.SessionIdle && e.Json.Contains("retries_exhausted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_judge_refuses_never_runs_and_what_it_does_not_judge_waits()
    {
        // Three calls: a safe one, one that always asks, and one the judge calls high risk.
        var world = await TurnWorld.PlayAsync(_database, [0, 21, 0, 0, 0, 1]);

        CheckLog(world);
        Assert.Equal(["allow", "ask", "deny"], Permissions(world).Order(StringComparer.Ordinal));
        world = await TurnWorld.PlayAsync(_database, [0, 21, 2, 2, 2, 2]);

        CheckLog(world);
        Assert.Equal(["ask", "ask", "ask"], Permissions(world));
    }

    private static IEnumerable<string?> Permissions(TurnWorld world) =>
        world.Events.Where(static e => e is { Type: EventTypes.AgentToolUse, IsCopy: false }).Select(static e => JsonElement.Parse(e.Json).GetProperty("evaluated_permission").GetString());

    private static void CheckLog(TurnWorld world)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var uses = new Dictionary<string, (string Type, List<JsonElement> Results)>(StringComparer.Ordinal);
        var threads = new Dictionary<string, Line>(StringComparer.Ordinal) { [""] = new() };
        var denied = new HashSet<string>(StringComparer.Ordinal);
        LoggedEvent? before = null;
        var isRunning = false;
        string? outcome = null, evaluation = null;
        var iteration = 0;
        foreach (var logged in world.Events)
        {
            var entry = JsonElement.Parse(logged.Json);
            var id = entry.GetProperty("id").GetString()!;
            Assert.Equal(JsonValueKind.String, entry.GetProperty("processed_at").ValueKind);
            if (logged.IsCopy)
            {
                before = logged;
                continue;
            }
            Assert.True(ids.Add(id), $"{id} stands twice in the log");
            var thread = threads[logged.ThreadId ?? ""];
            switch (logged.Type)
            {
                case EventTypes.ModelRequestStart:
                    Assert.Null(thread.Request);
                    Assert.Empty(thread.Open);
                    Assert.True(isRunning && thread.IsRunning);
                    thread.Request = id;
                    break;
                case EventTypes.ModelRequestEnd:
                    Assert.Equal(thread.Request, entry.GetProperty("model_request_start_id").GetString());
                    thread.Request = null;
                    break;
                case EventTypes.AgentToolUse or EventTypes.AgentCustomToolUse or EventTypes.DelegationUse:
                    Assert.NotNull(thread.Request);
                    uses[id] = (logged.Type, []);
                    if (entry.TryGetProperty("evaluated_permission", out var permission) && permission.GetString() == "deny") denied.Add(id);
                    thread.Open.Add(id);
                    break;
                case EventTypes.AgentToolResult or EventTypes.DelegationResult:
                    Close(thread, entry.GetProperty("tool_use_id").GetString()!, entry);
                    break;
                case EventTypes.UserCustomToolResult:
                    Close(thread, entry.GetProperty("custom_tool_use_id").GetString()!, entry);
                    break;
                case EventTypes.ThreadCreated:
                    threads[entry.GetProperty("session_thread_id").GetString()!] = new Line();
                    break;
                case EventTypes.ThreadMessageSent:
                    threads[ListOf(entry.GetProperty("to_session_thread_id"))].Mail++;
                    break;
                case EventTypes.ThreadMessageReceived:
                    Assert.True(--thread.Mail >= 0, "a message was received that nobody sent");
                    break;
                case EventTypes.ThreadRunning:
                    thread.IsRunning = true;
                    break;
                case EventTypes.ThreadIdle:
                    thread.IsRunning = false;
                    Assert.Null(thread.Request);
                    break;
                case EventTypes.ThreadTerminated:
                    (thread.IsOver, thread.Mail) = (true, 0);
                    break;
                case EventTypes.UserDefineOutcome:
                    Assert.Null(outcome);
                    (outcome, iteration) = (entry.GetProperty("outcome_id").GetString(), 0);
                    break;
                case EventTypes.EvaluationStart:
                    Assert.Null(evaluation);
                    Assert.DoesNotContain(threads.Values, static t => t.IsRunning);
                    Assert.Equal((outcome, iteration), (entry.GetProperty("outcome_id").GetString(), entry.GetProperty("iteration").GetInt32()));
                    evaluation = id;
                    break;
                case EventTypes.EvaluationEnd:
                    Assert.Equal(evaluation ?? "", entry.GetProperty("outcome_evaluation_start_id").GetString());
                    Assert.Equal((outcome, iteration), (entry.GetProperty("outcome_id").GetString(), entry.GetProperty("iteration").GetInt32()));
                    if (entry.GetProperty("result").GetString() == "needs_revision") Assert.InRange(++iteration, 1, 1);
                    else outcome = null;
                    evaluation = null;
                    break;
                case EventTypes.SessionRunning:
                    isRunning = true;
                    break;
                case EventTypes.SessionUsage:
                    Assert.DoesNotContain(threads.Values, static t => t.IsRunning);
                    if (threads.Count == 1) Assert.Contains(before?.Type, (string[])[EventTypes.ThreadIdle, EventTypes.EvaluationEnd]);
                    break;
                case EventTypes.SessionIdle:
                    Assert.Equal(EventTypes.SessionUsage, before?.Type);
                    isRunning = false;
                    var reason = entry.GetProperty("stop_reason");
                    var asked = reason.TryGetProperty("event_ids", out var calls) ? calls.EnumerateArray().Select(static c => c.GetString()!).ToHashSet(StringComparer.Ordinal) : [];
                    Assert.Equal(threads.Values.SelectMany(static t => t.Open).Order(StringComparer.Ordinal), asked.Order(StringComparer.Ordinal));
                    break;
            }
            before = logged;
        }
        Assert.False(isRunning);
        Assert.Null(evaluation);
        foreach (var thread in threads.Values)
        {
            Assert.Null(thread.Request);
            Assert.Empty(thread.Open);
            Assert.False(thread.IsRunning);
            Assert.Equal(0, thread.IsOver ? 0 : thread.Mail);
        }
        foreach (var (id, (type, results)) in uses)
        {
            var runs = world.Runs.GetValueOrDefault(id);
            if (type == EventTypes.AgentToolUse) Assert.Single(results);
            Assert.InRange(runs, 0, denied.Contains(id) ? 0 : 1);
            if (type == EventTypes.AgentToolUse && !results[0].GetProperty("is_error").GetBoolean()) Assert.Equal(1, runs);
        }

        void Close(Line thread, string call, JsonElement result)
        {
            Assert.True(uses.ContainsKey(call), $"{call} has a result before it was made");
            uses[call].Results.Add(result);
            thread.Open.Remove(call);
        }

        string ListOf(JsonElement threadId) => threads.ContainsKey(threadId.GetString()!) ? threadId.GetString()! : "";
    }

    /// <summary>A thread as the laws see it.</summary>
    private sealed class Line
    {
        public HashSet<string> Open { get; } = [];

        public string? Request { get; set; }

        public bool IsRunning { get; set; }

        public bool IsOver { get; set; }

        public int Mail { get; set; }
    }

    private static void CheckRequests(TurnWorld world)
    {
        var hasPaused = world.Events.Any(static e => e.Type == EventTypes.ModelRequestEnd && e.Kept is { } kept && RequestNote.Read(kept).IsPaused);
        foreach (var request in world.Requests)
        {
            var messages = Conversation.Sendable(request.Messages, static _ => false);
            Assert.Equal(ModelRole.User, messages[0].Role);
            // A model that paused is asked to go on from its own words.
            if (!hasPaused) Assert.Equal(ModelRole.User, messages[^1].Role);
            for (var i = 0; i < messages.Count; i++)
            {
                Assert.Equal(i % 2 == 0 ? ModelRole.User : ModelRole.Assistant, messages[i].Role);
                var called = i == 0 ? [] : messages[i - 1].Blocks.OfType<ToolUseBlock>().Select(static u => u.Id);
                Assert.Equal(called.Order(StringComparer.Ordinal), messages[i].Blocks.OfType<ToolResultBlock>().Select(static r => r.ToolUseId).Order(StringComparer.Ordinal));
            }
        }
    }
}
