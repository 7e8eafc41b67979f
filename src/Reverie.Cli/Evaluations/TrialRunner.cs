using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Cli.Running;
using Reverie.Cli.Terminal;
using Reverie.Evaluations;

namespace Reverie.Cli.Evaluations;

/// <summary>Runs one trial: a session with a copy of its side's memory, what it left checked, and both put away.</summary>
/// <param name="api">The server.</param>
/// <param name="agent">Id and version.</param>
/// <param name="environment">Where its tools run.</param>
/// <param name="before">The memory of one side.</param>
/// <param name="after">The memory of the other.</param>
/// <param name="files">The uploaded files, by path.</param>
/// <param name="checks">Checks what was left.</param>
/// <param name="timeLimit">How long a session may take.</param>
/// <param name="time">The clock.</param>
internal sealed class TrialRunner(Api api, EvaluatedAgent agent, string environment, EvalMemory before, EvalMemory after, IReadOnlyDictionary<string, string> files, CheckRunner checks, TimeSpan timeLimit, TimeProvider time)
{
    private const int ArchiveTries = 20;
    private static readonly TimeSpan ArchiveEvery = TimeSpan.FromMilliseconds(50);

    public async Task<Trial> RunAsync(PlannedTrial planned, CancellationToken cancellationToken)
    {
        var memory = await (planned.Arm == Arm.Before ? before : after).CopyAsync(cancellationToken);
        try
        {
            return await RunAsync(planned, memory, cancellationToken);
        }
        finally
        {
            if (memory is not null) await TryAsync(() => api.DeleteAsync($"/v1/memory_stores/{memory}", CancellationToken.None));
        }
    }

    private async Task<Trial> RunAsync(PlannedTrial planned, string? memory, CancellationToken cancellationToken)
    {
        var began = await api.PostAsync("/v1/sessions", Beginning(planned, memory), cancellationToken);
        var id = began.GetProperty("id").GetString()!;
        var session = new TrialSession(api, id, planned.Task);
        try
        {
            await session.RunAsync(timeLimit, time, cancellationToken);
        }
        catch (Exception error) when (error is OperationCanceledException or BadInputException)
        {
            // Nobody will wait for it, so it must not go on costing.
            await session.InterruptAsync();
            throw;
        }
        var ended = await api.GetAsync($"/v1/sessions/{id}", cancellationToken);
        var made = new Deliverables(api, id, session.Answer);
        var results = new List<CheckResult>();
        foreach (var check in planned.Task.Checks) results.Add(await checks.RunAsync(check, made, cancellationToken));
        var outcome = planned.Task.Outcome is null ? null : TrialSession.Outcome(ended);
        await ArchiveAsync(id, cancellationToken);
        return new Trial
        {
            Task = planned.Task.Name,
            Arm = planned.Arm,
            Number = planned.Number,
            Session = id,
            Success = session.IsDone && results.TrueForAll(static r => r.Holds) && (planned.Task.Outcome is null || outcome?.Result == "satisfied"),
            Ended = session.Ended,
            Outcome = outcome?.Result,
            Checks = results,
            Measures = Taken(session, ended.GetProperty("usage"), outcome?.Iterations),
        };
    }

    private JsonObject Beginning(PlannedTrial planned, string? memory)
    {
        var (arm, number) = (planned.Arm == Arm.Before ? "before" : "after", planned.Number.ToString(CultureInfo.InvariantCulture));
        var resources = new JsonArray();
        if (memory is not null) resources.Add((JsonNode)new JsonObject { ["type"] = "memory_store", ["memory_store_id"] = memory, ["access"] = "read_write" });
        foreach (var file in planned.Task.Files) resources.Add((JsonNode)new JsonObject { ["type"] = "file", ["file_id"] = files[file], ["mount_path"] = Path.GetFileName(file) });
        return new JsonObject
        {
            ["agent"] = new JsonObject { ["type"] = "agent", ["id"] = agent.Id, ["version"] = agent.Version },
            ["environment_id"] = environment,
            ["title"] = $"{PlainText.Line(planned.Task.Name)} ({arm}, trial {number})",
            ["metadata"] = new JsonObject { [RunAgents.Mark.Key] = RunResources.CopyMark, ["task"] = planned.Task.Name, ["arm"] = arm, ["trial"] = number },
            ["resources"] = resources,
        };
    }

    /// <summary>Puts the session away, so that lists show people's own. Just after a turn the server may still call it running.</summary>
    private async Task ArchiveAsync(string id, CancellationToken cancellationToken)
    {
        for (var i = 0; i < ArchiveTries; i++)
        {
            if (await TryAsync(() => api.PostAsync($"/v1/sessions/{id}/archive", null, cancellationToken))) return;
            await Task.Delay(ArchiveEvery, time, cancellationToken);
        }
    }

    private static async Task<bool> TryAsync(Func<Task> tidy)
    {
        try
        {
            await tidy();
            return true;
        }
        catch (Exception error) when (error is BadInputException or ServerException)
        {
            // What was found out stands whether or not the room is swept.
            return false;
        }
    }

    private static Measures Taken(TrialSession session, JsonElement usage, int? iterations) => new()
    {
        Iterations = iterations,
        ModelRequests = session.ModelRequests,
        ToolCalls = session.ToolCalls,
        InputTokens = Count(usage, "input_tokens") + Count(usage, "cache_read_input_tokens")
            + (SessionLine.PartOf(usage, "cache_creation") is { } written ? Count(written, "ephemeral_5m_input_tokens") + Count(written, "ephemeral_1h_input_tokens") : 0),
        OutputTokens = Count(usage, "output_tokens"),
        Seconds = usage.TryGetProperty("active_seconds", out var seconds) ? seconds.GetDouble() : null,
        CostUsd = SessionLine.PartOf(usage, "list_cost") is { } cost && decimal.TryParse(SessionLine.TextOf(cost, "amount"), CultureInfo.InvariantCulture, out var cents) ? cents / 100 : null,
    };

    private static long Count(JsonElement usage, string field) => usage.TryGetProperty(field, out var count) && count.ValueKind == JsonValueKind.Number ? count.GetInt64() : 0;
}
