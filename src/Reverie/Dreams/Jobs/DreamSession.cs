using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Dreams.Jobs;

/// <summary>The session that shows a dream at work, so that it is watched like any other. Each step is told in its own transaction.</summary>
public sealed class DreamSession(SessionRepository sessions, SessionLog log, IdGenerator ids)
{
    private const string AgentName = "dreamer";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async ValueTask<Id<Session>> BeginAsync(DbSession db, DreamRow dream)
    {
        var session = await sessions.BeginAsync(db, dream.WorkspaceId, AgentName, $"Dream {dream.Id}", new Dictionary<string, string>(StringComparer.Ordinal), SessionStatus.Running);
        var asked = Text($"Dream over the memory store {dream.MemoryStoreId} and {dream.SessionIds.Count} sessions.{(dream.Instructions is { } words ? $" {words}" : "")}");
        await log.AppendAsync(db, dream.WorkspaceId, session.Id, [Of("user.message", new JsonObject { ["content"] = asked }), new NewEvent("session.status_running", null)]);
        return session.Id;
    }

    /// <summary>Tells what was read, and how much was found in it.</summary>
    public ValueTask TellThoughtAsync(DbSession db, DreamRow dream, DreamReport report) => log.AppendAsync(db, dream.WorkspaceId, dream.SessionId!.Value,
    [
        .. Call("read_memory", new JsonObject { ["memory_store_id"] = dream.OutputStoreId!.Value.Value }, $"{report.Inputs.Memories} memories.", isError: false),
        .. Call("read_sessions", new JsonObject { ["session_ids"] = new JsonArray([.. dream.SessionIds.Select(static id => (JsonNode)id)]) },
            $"{report.Inputs.Sessions} sessions with {report.Inputs.Events} events.", isError: false),
        Said($"{report.Changes.Count} changes found, {report.Refused.Count} observations left out."),
    ]);

    public ValueTask TellLandingAsync(DbSession db, DreamRow dream, Change change, LandingOutcome outcome)
    {
        var input = new JsonObject { ["op"] = WireNames<ChangeOp>.Of(change.Op), ["path"] = "/" + change.Path, ["summary"] = change.Summary };
        return log.AppendAsync(db, dream.WorkspaceId, dream.SessionId!.Value, outcome switch
        {
            LandingOutcome.Landed landed => Call("memory_write", input, $"Written as {landed.VersionId}.", isError: false),
            LandingOutcome.Conflict conflict => Call("memory_write", input, $"Left as a proposal: {conflict.Reason}.", isError: true),
            LandingOutcome.StandsAlready => Call("memory_write", input, $"Nothing to write: it {LandingOutcome.StandsAlready.Reason}.", isError: false),
            LandingOutcome.Asked asked => Call("memory_write", input, $"Left for a person to decide: {asked.Reason}.", isError: false),
            _ => throw new UnreachableException(),
        });
    }

    /// <summary>Closes the session with the agent's last words.</summary>
    public ValueTask EndAsync(DbSession db, DreamRow dream, string words) => CloseAsync(db, dream, Said(words));

    /// <summary>Closes the session with the reason for which the dream failed.</summary>
    public ValueTask FailAsync(DbSession db, DreamRow dream, DreamError error) => CloseAsync(db, dream, Of("session.error", new JsonObject
    {
        ["error"] = new JsonObject { ["type"] = "unknown_error", ["message"] = error.Message, ["retry_status"] = new JsonObject { ["type"] = "terminal" } },
    }));

    /// <summary>Nothing to close for a dream that has not begun.</summary>
    private async ValueTask CloseAsync(DbSession db, DreamRow dream, NewEvent last)
    {
        if (dream.SessionId is not { } id || await sessions.FindAsync(db, dream.WorkspaceId, id) is not { } session) return;
        var idle = Of("session.status_idle", new JsonObject { ["stop_reason"] = new JsonObject { ["type"] = "end_turn" } });
        await log.AppendAsync(db, dream.WorkspaceId, id, [last, idle]);
        await sessions.ArchiveAsync(db, dream.WorkspaceId, session);
    }

    /// <summary>A call of a tool and its answer.</summary>
    private NewEvent[] Call(string tool, JsonObject input, string answer, bool isError)
    {
        var id = ids.New("sevt");
        return
        [
            Of("agent.tool_use", new JsonObject { ["name"] = tool, ["input"] = input }) with { Id = id },
            Of("agent.tool_result", new JsonObject { ["tool_use_id"] = id, ["content"] = Text(answer), ["is_error"] = isError }),
        ];
    }

    private static NewEvent Said(string words) => Of("agent.message", new JsonObject { ["content"] = Text(words) });

    private static JsonArray Text(string text) => [new JsonObject { ["type"] = "text", ["text"] = text }];

    private static NewEvent Of(string type, JsonObject fields) => new(type, fields.ToJsonString(Plain));
}
