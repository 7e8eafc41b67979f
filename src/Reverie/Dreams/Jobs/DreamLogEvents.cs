using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Json;
using Reverie.Sessions.Archive;

namespace Reverie.Dreams.Jobs;

/// <summary>What a dream writes into the log of its session, so that it is watched like any other session.</summary>
internal static class DreamLogEvents
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static NewEvent Running { get; } = new("session.status_running", null);

    public static NewEvent Idle { get; } = Of("session.status_idle", new JsonObject { ["stop_reason"] = new JsonObject { ["type"] = "end_turn" } });

    public static NewEvent Asked(DreamRow dream) => Of("user.message", new JsonObject
    {
        ["content"] = Text($"Dream over the memory store {dream.MemoryStoreId} and {dream.SessionIds.Count} sessions.{(dream.Instructions is { } words ? $" {words}" : "")}"),
    });

    public static NewEvent Said(string words) => Of("agent.message", new JsonObject { ["content"] = Text(words) });

    public static NewEvent Failed(DreamError error) => Of("session.error", new JsonObject
    {
        ["error"] = new JsonObject { ["type"] = "unknown_error", ["message"] = error.Message, ["retry_status"] = new JsonObject { ["type"] = "terminal" } },
    });

    /// <summary>A call and its answer.</summary>
    public static NewEvent[] Call(string id, string tool, JsonObject input, string answer, bool isError) =>
    [
        Of("agent.tool_use", new JsonObject { ["name"] = tool, ["input"] = input }) with { Id = id },
        Of("agent.tool_result", new JsonObject { ["tool_use_id"] = id, ["content"] = Text(answer), ["is_error"] = isError }),
    ];

    /// <summary>The landing of one change.</summary>
    public static NewEvent[] Landing(string id, DreamChange change, LandingOutcome outcome) => Call(id, "memory_write", new JsonObject
    {
        ["op"] = WireNames<ChangeOp>.Of(change.Change.Op),
        ["path"] = "/" + change.Change.Path,
        ["summary"] = change.Change.Summary,
    }, outcome switch
    {
        LandingOutcome.Landed landed => $"Written as {landed.VersionId}.",
        LandingOutcome.Conflict conflict => $"Left as a proposal: {conflict.Reason}.",
        _ => throw new System.Diagnostics.UnreachableException(),
    }, outcome is LandingOutcome.Conflict);

    private static JsonArray Text(string text) => [new JsonObject { ["type"] = "text", ["text"] = text }];

    private static NewEvent Of(string type, JsonObject fields) => new(type, fields.ToJsonString(Plain));
}
