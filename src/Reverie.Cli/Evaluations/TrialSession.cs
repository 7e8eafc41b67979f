using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Cli.Running;
using Reverie.Cli.Terminal;
using Reverie.Sessions.Turns;

namespace Reverie.Cli.Evaluations;

/// <summary>Sends one session its task and watches it until it rests.</summary>
internal sealed class TrialSession(Api api, string session, EvalTask task)
{
    /// <summary>The session was stopped because its time was up.</summary>
    public const string TimedOut = "timed_out";

    /// <summary>The session is over for good.</summary>
    public const string Terminated = "terminated";

    private const string EndTurn = "end_turn";

    private bool _isTimeUp;

    /// <summary>The agent's last message.</summary>
    public string Answer { get; private set; } = "";

    public int ModelRequests { get; private set; }

    public int ToolCalls { get; private set; }

    /// <summary>Why it rests: a stop reason of the contract, <see cref="TimedOut"/> or <see cref="Terminated"/>.</summary>
    public string Ended { get; private set; } = Terminated;

    /// <summary>It came to its own end.</summary>
    public bool IsDone => Ended == EndTurn;

    public async Task RunAsync(TimeSpan timeLimit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeLimit, time);
        await using var stopping = limit.Token.Register(() =>
        {
            _isTimeUp = true;
            _ = InterruptAsync();
        });
        await new SessionFeed(api, session).FollowAsync(hasPreviews: false, SendAsync, line => TakeAsync(line, cancellationToken), cancellationToken);
    }

    /// <summary>Asks the session to stop; one that rests already is left alone.</summary>
    public async Task InterruptAsync()
    {
        try
        {
            await PostAsync(new JsonObject { ["type"] = EventTypes.UserInterrupt });
        }
        catch (Exception error) when (error is BadInputException or ServerException)
        {
            // It has come to its end by itself, or the server is gone.
        }
    }

    private Task SendAsync() => PostAsync(task.Outcome is { } outcome
        ? new JsonObject
        {
            ["type"] = EventTypes.UserDefineOutcome,
            ["description"] = task.Text,
            ["rubric"] = new JsonObject { ["type"] = "text", ["content"] = outcome.Rubric },
            ["max_iterations"] = outcome.IterationsMax,
        }
        : new JsonObject
        {
            ["type"] = EventTypes.UserMessage,
            ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = task.Text }),
        });

    private async Task PostAsync(JsonObject sent) => await api.PostAsync($"/v1/sessions/{session}/events", new JsonObject { ["events"] = new JsonArray(sent) }, CancellationToken.None);

    /// <returns>Whether to go on.</returns>
    private async Task<bool> TakeAsync(SessionLine line, CancellationToken cancellationToken)
    {
        switch (line.Type)
        {
            case EventTypes.AgentMessage:
                Answer = line.Content();
                return true;
            case EventTypes.ModelRequestEnd:
                ModelRequests++;
                return true;
            case var type when EventTypes.IsCall(type):
                ToolCalls++;
                return true;
            case EventTypes.SessionIdle:
                Ended = _isTimeUp ? TimedOut : line.StopReason ?? EndTurn;
                // Between two attempts at an outcome the session may rest for a moment.
                return IsDone && task.Outcome is not null && !await IsJudgedAsync(cancellationToken);
            default:
                return true;
        }
    }

    private async Task<bool> IsJudgedAsync(CancellationToken cancellationToken) => Outcome(await api.GetAsync($"/v1/sessions/{session}", cancellationToken)) is not { Result: "pending" or "running" or "evaluating" };

    /// <summary>How the session's last outcome stands, and after how many attempts; null when it has none.</summary>
    public static (string Result, int Iterations)? Outcome(JsonElement session) =>
        session.GetProperty("outcome_evaluations").EnumerateArray().Select(static o => (o.GetProperty("result").GetString()!, o.GetProperty("iteration").GetInt32() + 1)).ToList() is [.., var last] ? last : null;
}
