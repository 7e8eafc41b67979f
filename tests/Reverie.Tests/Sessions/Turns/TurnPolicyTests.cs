using System.Globalization;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Turns;

namespace Reverie.Tests.Sessions.Turns;

/// <summary>What a thread does next, case by case; each case is a log.</summary>
public sealed class TurnPolicyTests
{
    private const string Message = """user.message {"content":[{"type":"text","text":"go"}]}""";
    private const string Waiting = """user.message? {"content":[{"type":"text","text":"more"}]}""";
    private const string Running = "session.thread_status_running {}";
    private const string Start = "span.model_request_start {}";
    private const string Bash = """agent.tool_use {"name":"bash","input":{},"evaluated_permission":"allow"}""";
    private const string Asks = """agent.tool_use {"name":"bash","input":{},"evaluated_permission":"ask"}""";
    private const string Denied = """agent.tool_use {"name":"rm","input":{},"evaluated_permission":"deny"}""";
    private const string Custom = """agent.custom_tool_use {"name":"ask","input":{}}""";
    private const string Said = """agent.message {"content":[{"type":"text","text":"hello"}]}""";
    private const string Failed = """span.model_request_end {"is_error":true,"model_usage":{"input_tokens":0,"output_tokens":0,"cache_read_input_tokens":0,"cache_creation_input_tokens":0}}""";
    private const string Ended = """span.model_request_end {"is_error":false,"model_usage":{"input_tokens":700,"output_tokens":99,"cache_read_input_tokens":0,"cache_creation_input_tokens":0}}""";
    private const string Full = """span.model_request_end {"is_error":false,"model_usage":{"input_tokens":700,"output_tokens":100,"cache_read_input_tokens":0,"cache_creation_input_tokens":0}}""";
    private const string Rescheduled = "session.thread_status_rescheduled {}";
    private const string Interrupt = "user.interrupt? {}";

    public static TheoryData<string, string[], bool, bool, string> Cases => new()
    {
        { "an empty log", [], false, false, "Sleep" },
        { "a message waits", [Waiting], false, false, "Wake" },
        { "a message waits in a turn", [Running, Waiting], false, false, "TakeUp" },
        { "a message was taken up", [Running, Message], false, false, "AskModel" },
        { "a message was taken up, over the cap", [Running, Message], false, true, "End BudgetReached" },
        { "the model answered", [Running, Message, Start, Said, Ended], false, false, "End EndTurn" },
        { "the model answered, over the cap", [Running, Message, Start, Said, Ended], false, true, "End EndTurn" },
        { "the model answered and another message waits", [Running, Message, Start, Said, Ended, Waiting], false, false, "TakeUp" },
        { "the model said nothing", [Running, Message, Start, Ended], false, false, "End EndTurn" },
        { "a tool is called", [Running, Message, Start, Bash, Ended], false, false, "RunCalls" },
        { "a tool is called and a message waits", [Running, Message, Start, Bash, Ended, Waiting], false, false, "RunCalls" },
        { "a tool was under way in a process that died", [Running, Message, Start, Bash, Ended], true, false, "LoseCalls" },
        { "a tool that nobody has", [Running, Message, Start, Denied, Ended], true, false, "RefuseCalls" },
        { "a tool that asks", [Running, Message, Start, Asks, Ended], false, false, "AskClient 1" },
        { "a tool that asks, in a process that died", [Running, Message, Start, Asks, Ended], true, false, "AskClient 1" },
        { "a custom tool and one that asks", [Running, Message, Start, Custom, Asks, Ended], false, false, "AskClient 2" },
        { "a custom tool and one that runs", [Running, Message, Start, Custom, Bash, Ended], false, false, "RunCalls" },
        { "a request was under way in a process that died", [Running, Message, Start], true, false, "LoseRequest" },
        { "a request failed", [Running, Message, Start, Failed], false, false, "AskModel" },
        { "a request failed and is tried again later", [Running, Message, Start, Failed, Rescheduled], false, false, "Wake" },
        { "the window is full", [Running, Message, Start, Bash, Full, Result(3)], false, false, "Compact" },
        { "the window is nearly full", [Running, Message, Start, Bash, Ended, Result(3)], false, false, "AskModel" },
        { "waits for a client", [Running, Message, Start, Custom, Ended, Idle("requires_action", 3)], false, false, "Sleep" },
        { "waits for a client, and a message waits too", [Running, Message, Start, Custom, Ended, Waiting, Idle("requires_action", 3)], false, false, "Sleep" },
        { "one of two was answered", [Running, Message, Start, Custom, Custom, Ended, Idle("requires_action", 3, 4), Answer(3)], false, false, "AskClient 1" },
        { "both of two were answered", [Running, Message, Start, Custom, Custom, Ended, Idle("requires_action", 3, 4), Answer(4), Answer(3)], false, false, "Wake" },
        { "a confirmation came", [Running, Message, Start, Asks, Ended, Idle("requires_action", 3), Confirm(3, "allow")], false, false, "Wake" },
        { "a refusal came", [Running, Message, Start, Asks, Ended, Idle("requires_action", 3), Confirm(3, "deny")], false, false, "Wake" },
        { "a confirmed call", [Running, Message, Start, Asks, Ended, Idle("requires_action", 3), Confirm(3, "allow"), Running], false, false, "RunCalls" },
        { "a call refused by a person", [Running, Message, Start, Asks, Ended, Idle("requires_action", 3), Confirm(3, "deny"), Running], false, false, "RefuseCalls" },
        { "a second word about a call changes nothing", [Running, Message, Start, Asks, Ended, Idle("requires_action", 3), Confirm(3, "deny"), Confirm(3, "allow"), Running], false, false, "RefuseCalls" },
        { "paused at the cap", [Running, Message, Idle("budget_reached")], false, true, "Sleep" },
        { "paused at a cap that was raised", [Running, Message, Idle("budget_reached")], false, false, "Wake" },
        { "given up", [Running, Message, Idle("retries_exhausted")], false, false, "Sleep" },
        { "given up, and a message waits", [Running, Message, Idle("retries_exhausted"), Waiting], false, false, "Wake" },
        { "seven requests in a row came to nothing", [Running, Message, .. Enumerable.Repeat(new[] { Start, Failed }, 7).SelectMany(static f => f)], false, false, "GiveUp unknown_error" },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Next_step(string name, string[] log, bool isTakenOver, bool isBudgetSpent, string expected)
    {
        var step = TurnPolicy.Decide(Fold(log).Primary, new TurnFacts(isTakenOver, isBudgetSpent, 1000));

        Assert.Equal(expected, step switch
        {
            TurnStep.End end => $"End {end.Reason}",
            TurnStep.AskClient ask => $"AskClient {ask.Calls.Count}",
            TurnStep.GiveUp give => $"GiveUp {give.ErrorType}",
            _ => step.GetType().Name,
        });
        Assert.NotEmpty(name);
    }

    [Fact]
    public void A_turn_of_too_many_rounds_is_given_up_and_a_message_begins_to_count_anew()
    {
        var log = new List<string> { Running, Message };
        for (var round = 1; round < TurnPolicy.ToolRoundsMax; round++) log.AddRange([Start, Bash, Ended, Result(log.Count + 1)]);
        Assert.IsType<TurnStep.AskModel>(TurnPolicy.Decide(Fold(log).Primary, new TurnFacts(false, false, null)));
        log.AddRange([Start, Bash, Ended, Result(log.Count + 1)]);

        Assert.Equal("tool_use_limit_reached_error", Assert.IsType<TurnStep.GiveUp>(TurnPolicy.Decide(Fold(log).Primary, new TurnFacts(false, false, null))).ErrorType);
        log.AddRange([Idle("retries_exhausted"), Running, Message]);
        Assert.IsType<TurnStep.AskModel>(TurnPolicy.Decide(Fold(log).Primary, new TurnFacts(false, false, null)));
    }

    [Fact]
    public void Interrupts_are_taken_up_one_after_the_other()
    {
        var state = Fold([Running, Interrupt, Interrupt]);

        Assert.Equal("sevt_1", state.Interrupt?.Id);
        state.Apply(Entry("user.interrupt {}", 1, 3));
        Assert.Equal("sevt_2", state.Interrupt?.Id);
        state.Apply(Entry("user.interrupt {}", 2, 4));
        Assert.Null(state.Interrupt);
    }

    [Fact]
    public void An_answer_that_broke_off_at_the_window_is_followed_by_a_summary()
    {
        var state = new SessionState("sthr_1");
        foreach (var (index, entry) in new[] { Running, Message, Start }.Index()) state.Apply(Entry(entry, index, index));
        state.Apply(Entry(Ended, 3, 3) with { Kept = new RequestNote { IsTooLong = true }.Write() });
        state.Apply(Entry(Message, 4, 4));

        Assert.IsType<TurnStep.Compact>(TurnPolicy.Decide(state.Primary, new TurnFacts(false, false, null)));
    }

    /// <summary>The events are numbered from 0 and named by their numbers; a question mark behind the type says that one waits.</summary>
    private static SessionState Fold(IReadOnlyList<string> log)
    {
        var state = new SessionState("sthr_1");
        foreach (var (index, entry) in log.Index()) state.Apply(Entry(entry, index, index));
        return state;
    }

    private static LoggedEvent Entry(string text, int id, long seq)
    {
        var (type, fields) = (text[..text.IndexOf(' ')], text[(text.IndexOf(' ') + 1)..]);
        var isWaiting = type.EndsWith('?');
        type = type.TrimEnd('?');
        var rest = fields == "{}" ? "}" : "," + fields[1..];
        return new LoggedEvent(seq, type, $"{{\"id\":\"sevt_{id.ToString(CultureInfo.InvariantCulture)}\",\"type\":\"{type}\",\"processed_at\":{(isWaiting ? "null" : "\"2026-01-01T00:00:00Z\"")}{rest}", null);
    }

    private static string Result(int call) => $$"""agent.tool_result {"tool_use_id":"sevt_{{call}}","content":[],"is_error":false}""";

    private static string Answer(int call) => $$"""user.custom_tool_result {"custom_tool_use_id":"sevt_{{call}}"}""";

    private static string Confirm(int call, string result) => $$"""user.tool_confirmation {"tool_use_id":"sevt_{{call}}","result":"{{result}}"}""";

    private static string Idle(string reason, params int[] calls)
    {
        var ids = calls.Length == 0 ? "" : $",\"event_ids\":[{string.Join(',', calls.Select(static c => $"\"sevt_{c}\""))}]";
        return $"session.thread_status_idle {{\"stop_reason\":{{\"type\":\"{reason}\"{ids}}}}}";
    }
}
