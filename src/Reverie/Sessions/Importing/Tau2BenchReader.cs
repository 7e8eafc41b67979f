using System.Runtime.CompilerServices;
using System.Text.Json;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions;

/// <summary>
/// Reads tau2-bench results: <c>{timestamp, info, tasks, simulations}</c>, simulation by simulation. The tasks with
/// their expected actions are passed over: a session must not know its own solution.
/// </summary>
/// <remarks>
/// What the customer does on a phone of their own is no event of the agent's session; <c>user_tool_calls</c> counts it.
/// <c>info</c> is expected before the simulations, as the benchmark writes it; without it the agent is called after the file.
/// </remarks>
internal static class Tau2BenchReader
{
    public static async IAsyncEnumerable<RawTranscript> ReadAsync(TranscriptText text, string? agent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var json = new JsonText(text);
        var run = new Run(agent ?? text.Stem, null, null, null);
        var hasSimulations = false;
        await foreach (var name in json.NamesAsync(cancellationToken))
        {
            if (name == "info" && await json.PeekAsync(cancellationToken) == '{')
            {
                run = ReadRun(text.File, await json.TakeAsync(cancellationToken), run);
            }
            else if (name == "simulations" && await json.PeekAsync(cancellationToken) == '[')
            {
                hasSimulations = true;
                await foreach (var element in json.ElementsAsync(cancellationToken))
                    yield return Foreign.Convert(text.File, element, simulation => Convert(simulation, run));
            }
            else
            {
                await json.SkipAsync(cancellationToken);
            }
        }
        if (!hasSimulations)
            yield return RawTranscript.Failed(text.File, null, "has no array \"simulations\", so it is no tau2-bench result file; check the file or name its format");
    }

    private static Run ReadRun(string file, JsonValue value, Run unnamed)
    {
        if (value.IsTooLong) throw new TranscriptFileException(file, value.Line, ReverieReader.TooLong);
        try
        {
            using var document = TranscriptJson.Parse(value.Utf8);
            var info = document.RootElement;
            var domain = info.Field("environment_info")?.Text("domain_name");
            // "provider/model" names the model last.
            var model = info.Field("agent_info")?.Text("llm")?.Split('/')[^1];
            return new Run(model is null ? unnamed.Agent : $"{domain ?? "tau2"}-support-{model}", domain, model, info.Field("environment_info")?.Text("policy"));
        }
        catch (TranscriptFormatException error)
        {
            throw new TranscriptFileException(file, value.Line, $"info cannot be read: {error.Message}", error);
        }
    }

    private static byte[] Convert(JsonElement simulation, Run run)
    {
        if (simulation.Field("messages") is not { ValueKind: JsonValueKind.Array } messages)
            throw new TranscriptFormatException("a tau2-bench simulation must be an object with an array \"messages\"");
        var began = Time(simulation, "start_time") ?? Time(simulation, "timestamp") ?? DateTimeOffset.UnixEpoch;
        var session = new TranscriptBuilder
        {
            Source = "tau2-bench",
            ExternalId = simulation.Label("id") is { Length: > 0 } id ? id : throw new TranscriptFormatException("a tau2-bench simulation must have an id"),
            Agent = run.Agent,
            CreatedAt = began,
            Outcome = Outcome(simulation),
        };
        session.Label("domain", run.Domain);
        session.Label("model", run.Model);
        session.Label("task_id", simulation.Label("task_id"));
        session.Label("trial", simulation.Label("trial"));
        session.Label("mode", simulation.Text("mode"));
        session.Label("ended_by", simulation.Text("termination_reason"));
        session.Message("system.message", simulation.Text("policy") ?? run.Policy, began);
        var userCalls = 0;
        foreach (var message in messages.EnumerateArray())
        {
            userCalls += message.Items("tool_calls").Count(IsOfUser);
            // Answers to calls made at once may come as one message of several.
            foreach (var part in message.Items("tool_messages").DefaultIfEmpty(message))
            {
                if (part.Text("role") == "tool" && IsOfUser(part)) continue;
                ChatMessages.Add(session, part, Time(message, "timestamp"));
            }
        }
        if (userCalls > 0) session.Label("user_tool_calls", $"{userCalls}");
        return session.Build();
    }

    private static bool IsOfUser(JsonElement call) => call.Text("requestor") == "user";

    private static SessionOutcome? Outcome(JsonElement simulation)
    {
        if (simulation.Field("reward_info") is not { } judged || judged.Number("reward") is not { } reward) return null;
        var parts = judged.Field("reward_breakdown") is { ValueKind: JsonValueKind.Object } breakdown
            ? string.Join("; ", breakdown.EnumerateObject().Select(part => $"{part.Name}: {part.Value.GetRawText()}"))
            : "";
        return new SessionOutcome(reward >= 1, Math.Clamp(reward, 0, 1), parts.Length > 0 ? parts : null);
    }

    private static DateTimeOffset? Time(JsonElement owner, string name) =>
        owner.Text(name) is { } text && Rfc3339.TryRead(text, out var time) ? time : null;

    /// <summary>What is said once for all simulations of a file.</summary>
    private sealed record Run(string Agent, string? Domain, string? Model, string? Policy);
}
