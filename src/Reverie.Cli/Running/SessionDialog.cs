using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Cli.Server;
using Reverie.Cli.Terminal;
using Reverie.Sessions.Turns;

namespace Reverie.Cli.Running;

/// <summary>One person and one session: sends, shows what happens, asks what must be asked, and ends when the session is idle.</summary>
/// <param name="context">Where it reads and writes.</param>
/// <param name="api">The server.</param>
/// <param name="session">The session's id.</param>
/// <param name="data">The data directory, for what the person is told to type.</param>
/// <param name="view">What shows the events.</param>
/// <param name="interrupts">How the person stops it.</param>
internal sealed class SessionDialog(CliContext context, Api api, string session, string data, ISessionView view, Interrupts interrupts)
{
    private readonly SessionFeed _feed = new(api, session);
    private readonly Dictionary<string, SessionLine> _calls = new(StringComparer.Ordinal);

    /// <summary>What was sent and no turn has taken up.</summary>
    private readonly HashSet<string> _waiting = new(StringComparer.Ordinal);

    private SessionLine? _usage;
    private int _exitCode = ExitCode.Failed;

    private bool CanAsk => context.Streams is { InIsTerminal: true, OutIsTerminal: true } && view.WantsPreviews;

    /// <param name="begin">Given the events so far, what to send first.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Func<IReadOnlyList<SessionLine>, IReadOnlyList<JsonObject>> begin)
    {
        interrupts.IsTaken = true;
        using var asked = interrupts.Asked.Register(() => _ = InterruptAsync());
        try
        {
            await _feed.FollowAsync(view.WantsPreviews, () =>
            {
                foreach (var line in _feed.Past) Remember(line);
                return SendAsync(begin(_feed.Past));
            }, TakeAsync, interrupts.Leaving);
        }
        catch (OperationCanceledException) when (interrupts.Leaving.IsCancellationRequested)
        {
            await context.Streams.Error.WriteLineAsync($"left {session}; what it still does goes on with the next server or run on its data directory");
            return ExitCode.Interrupted;
        }
        await CloseAsync();
        return interrupts.Asked.IsCancellationRequested ? ExitCode.Interrupted : _exitCode;
    }

    private async Task SendAsync(IReadOnlyList<JsonObject> events)
    {
        var sent = await api.PostAsync($"/v1/sessions/{session}/events", new JsonObject { ["events"] = new JsonArray([.. events]) }, interrupts.Leaving);
        foreach (var line in sent.GetProperty("data").EnumerateArray().Select(SessionLine.Of).Where(static l => !l.IsProcessed)) _waiting.Add(line.Id);
    }

    private async Task InterruptAsync()
    {
        await context.Streams.Error.WriteLineAsync("interrupting; Ctrl+C again leaves");
        try
        {
            await SendAsync([new JsonObject { ["type"] = EventTypes.UserInterrupt }]);
        }
        catch (Exception error) when (error is BadInputException or ServerException or OperationCanceledException)
        {
            // The session has come to its end by itself, or the person has left meanwhile.
        }
    }

    /// <returns>Whether to go on.</returns>
    private async Task<bool> TakeAsync(SessionLine line)
    {
        Remember(line);
        view.Show(line);
        if (line.IsProcessed) _waiting.Remove(line.Id);
        if (line.Type == EventTypes.SessionUsage) _usage = line;
        if (line.Type is not EventTypes.SessionIdle) return true;
        // A turn may end while a message waits that starts the next one.
        if (line.StopReason != "requires_action") return _waiting.Count > 0 || End(line.StopReason ?? "");
        var waiting = WaitingFor(line);
        var reasons = await ReasonsAsync(waiting);
        if (!CanAsk)
        {
            Explain(waiting, reasons);
            return End(line.StopReason);
        }
        return await AskAsync(waiting, reasons) || End(line.StopReason);
    }

    private void Remember(SessionLine line)
    {
        if (EventTypes.IsCall(line.Type)) _calls[line.Id] = line;
    }

    private List<SessionLine> WaitingFor(SessionLine idle) => idle.Part("stop_reason") is { } reason && SessionLine.PartOf(reason, "event_ids") is { } ids
        ? [.. ids.EnumerateArray().Select(id => _calls.GetValueOrDefault(id.GetString() ?? "")).OfType<SessionLine>()]
        : [];

    /// <summary>Why calls that were judged ask, by their ids.</summary>
    private async Task<IReadOnlyDictionary<string, string>> ReasonsAsync(List<SessionLine> waiting)
    {
        if (!waiting.Exists(static c => c.Part("evaluation") is not null)) return new Dictionary<string, string>();
        var judged = await api.GetAsync($"/v1/reverie/sessions/{session}/judgements", interrupts.Leaving);
        return judged.GetProperty("data").EnumerateArray().ToDictionary(static j => j.GetProperty("id").GetString()!, static j => j.GetProperty("reason").GetString()!, StringComparer.Ordinal);
    }

    private bool End(string reason)
    {
        _exitCode = reason switch
        {
            "end_turn" => ExitCode.Ok,
            "requires_action" => ExitCode.NeedsAction,
            _ => ExitCode.Failed,
        };
        return false;
    }

    /// <returns>False when the person leaves a call open.</returns>
    private async Task<bool> AskAsync(List<SessionLine> waiting, IReadOnlyDictionary<string, string> reasons)
    {
        var answers = new List<JsonObject>();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interrupts.Asked, interrupts.Leaving);
        try
        {
            foreach (var call in waiting)
            {
                if (await CallQuestion.AskAsync(context.Streams, call, reasons.GetValueOrDefault(call.Id), either.Token) is not { } answer)
                {
                    Explain(waiting, reasons);
                    return false;
                }
                answers.Add(answer);
            }
        }
        catch (OperationCanceledException) when (!interrupts.Leaving.IsCancellationRequested)
        {
            // The interrupt closes the calls.
            return true;
        }
        await SendAsync(answers);
        return true;
    }

    private void Explain(List<SessionLine> waiting, IReadOnlyDictionary<string, string> reasons)
    {
        var error = context.Streams.Error;
        var there = data == ServeCommand.DefaultData ? "" : $" --data {PlainText.Line(data)}";
        foreach (var call in waiting)
        {
            error.WriteLine($"{call.Id} waits for {(EventTypes.IsServerCall(call.Type) ? "permission" : "its result")}: {CallText.Whole(call)}");
            if (CallText.Why(reasons.GetValueOrDefault(call.Id)) is { Length: > 0 } why) error.WriteLine(why);
        }
        if (waiting.Exists(static c => EventTypes.IsServerCall(c.Type)))
            error.WriteLine($"answer with: reverie sessions confirm {session} --allow{there} (or --deny WHY; behind {session} single calls may be named); over HTTP with {EventTypes.UserToolConfirmation}");
        if (waiting.Find(static c => c.Type == EventTypes.AgentCustomToolUse) is { } custom)
            error.WriteLine($"answer with: reverie sessions answer {session} {custom.Id} TEXT{there}; over HTTP with {EventTypes.UserCustomToolResult}");
    }

    private async Task CloseAsync()
    {
        var error = context.Streams.Error;
        if (_usage?.Part("usage") is not { } usage)
        {
            await error.WriteLineAsync(session);
            return;
        }
        var cost = SessionLine.PartOf(usage, "list_cost") is { } money && decimal.TryParse(SessionLine.TextOf(money, "amount"), CultureInfo.InvariantCulture, out var cents)
            ? string.Create(CultureInfo.InvariantCulture, $", {cents / 100:0.00} USD") : "";
        await error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{session}: {Tokens("input_tokens") + Tokens("cache_read_input_tokens"):N0} tokens in, {Tokens("output_tokens"):N0} out{cost}"));

        long Tokens(string field) => usage.TryGetProperty(field, out var count) && count.ValueKind == JsonValueKind.Number ? count.GetInt64() : 0;
    }
}
