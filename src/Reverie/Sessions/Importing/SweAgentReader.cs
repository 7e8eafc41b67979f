using System.Runtime.CompilerServices;
using System.Text.Json;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions;

/// <summary>
/// Reads SWE-agent trajectories (<c>.traj</c>): one session per file, with function calls or with shell commands in
/// <c>action</c>. Demonstrations shown to the agent are left out.
/// </summary>
/// <remarks>The files hold neither a time nor an id; the session is called after the file and begins at a fixed date.</remarks>
internal static class SweAgentReader
{
    private static readonly DateTimeOffset Began = new(2024, 5, 1, 0, 0, 0, TimeSpan.Zero);

    public static async IAsyncEnumerable<RawTranscript> ReadAsync(TranscriptText text, string? agent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var value = await new JsonText(text).TakeAsync(cancellationToken);
        yield return Foreign.Convert(text.File, value, trajectory => Convert(trajectory, text.Stem, agent ?? "swe-agent"));
    }

    private static byte[] Convert(JsonElement file, string stem, string agent)
    {
        var session = new TranscriptBuilder { Source = "swe-agent", ExternalId = stem, Agent = agent, CreatedAt = Began };
        session.Label("ended_by", file.Field("info")?.Text("exit_status"));
        if (file.Field("history") is { ValueKind: JsonValueKind.Array } history) AddHistory(session, history);
        else if (file.Field("trajectory") is { ValueKind: JsonValueKind.Array } steps) AddSteps(session, steps);
        else throw new TranscriptFormatException("a SWE-agent trajectory must be an object with an array \"history\" or \"trajectory\"");
        session.Title = Title(session.FirstUserText);
        return session.Build();
    }

    private static void AddHistory(TranscriptBuilder session, JsonElement history)
    {
        var pending = new Queue<string>();
        foreach (var entry in history.EnumerateArray())
        {
            if (entry.IsTrue("is_demo")) continue;
            switch (entry.Text("role"))
            {
                case "assistant":
                    pending.Clear();
                    session.Message("agent.message", entry.Text("thought") ?? ChatMessages.Content(entry), at: null);
                    foreach (var call in entry.Items("tool_calls"))
                    {
                        ChatMessages.AddCall(session, call, at: null);
                        if (call.Text("id") is { } id) pending.Enqueue(id);
                    }
                    if (!entry.Items("tool_calls").Any() && entry.Text("action") is { } action) pending.Enqueue(AddCommand(session, action));
                    break;
                // Without function calls the shell's answer comes back as a message of the user.
                case "tool" or "user" when pending.Count > 0:
                    var answered = entry.Items("tool_call_ids").Select(id => id.ValueKind == JsonValueKind.String ? id.GetString() : null).FirstOrDefault();
                    AddResult(session, answered ?? pending.Peek(), ChatMessages.Content(entry));
                    pending.Dequeue();
                    break;
                default:
                    ChatMessages.Add(session, entry, at: null);
                    break;
            }
        }
    }

    private static void AddSteps(TranscriptBuilder session, JsonElement steps)
    {
        foreach (var step in steps.EnumerateArray())
        {
            session.Message("agent.message", step.Text("thought") ?? step.Text("response"), at: null);
            if (step.Text("action") is not { Length: > 0 } action) continue;
            AddResult(session, AddCommand(session, action), step.Text("observation") ?? "");
        }
    }

    private static string AddCommand(TranscriptBuilder session, string action)
    {
        var id = $"step_{session.EventCount}";
        using var input = JsonSerializer.SerializeToDocument(new Dictionary<string, string> { ["command"] = action.TrimEnd('\n') });
        session.ToolUse(id, "shell", input.RootElement, at: null);
        return id;
    }

    // No flag tells; these are how the shell and the interpreter begin or end when a command fails.
    private static void AddResult(TranscriptBuilder session, string id, string text) => session.ToolResult(id, text,
        text.StartsWith("Traceback (most recent call last)", StringComparison.Ordinal)
        || text.Contains("command not found", StringComparison.Ordinal)
        || text.StartsWith("Your proposed edit has introduced new syntax error", StringComparison.Ordinal), at: null);

    private static string? Title(string? task)
    {
        const string Marker = "ISSUE:\n";
        var issue = task?.IndexOf(Marker, StringComparison.Ordinal) ?? -1;
        return issue < 0 ? task : task![(issue + Marker.Length)..];
    }
}
