using System.Text.Json;
using Reverie.Dreams.Jobs;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Storage;

namespace Reverie.Dreams.Selection;

/// <summary>Which sessions each dream reads, and the filter that chose them.</summary>
public sealed class DreamSessionRepository
{
    /// <summary>Notes the sessions of a dream that was just asked for, as long as they are now.</summary>
    public static ValueTask<int> KeepAsync(DbSession db, DreamRow dream) => db.ExecuteAsync(
        $"""
        INSERT INTO dream_sessions (workspace_id, dream_id, session_id, events)
        SELECT workspace_id, @dream, id, event_count FROM sessions WHERE workspace_id = @workspace AND id IN ({db.Dialect.TextsIn("@sessions")})
        """, ("@dream", dream.Id.Value), ("@workspace", dream.WorkspaceId), ("@sessions", JsonSerializer.Serialize([.. dream.SessionIds], WireJson.Wire.ListString)));

    /// <summary>Notes the filter that chose them.</summary>
    public ValueTask<int> KeepFilterAsync(DbSession db, DreamRow dream, DreamSessionFilter filter, int matched) => db.ExecuteAsync(
        "INSERT INTO dream_filters (workspace_id, dream_id, body, matched) VALUES (@workspace, @dream, @body, @matched)",
        ("@workspace", dream.WorkspaceId), ("@dream", dream.Id.Value), ("@body", JsonSerializer.Serialize(filter, WireJson.Wire.DreamSessionFilter)), ("@matched", (long)matched));

    /// <summary>Null for a dream whose sessions were given.</summary>
    public ValueTask<(DreamSessionFilter Filter, long Matched)?> FilterAsync(DbSession db, string workspaceId, Id<Dream> dream) => db.FirstAsync(
        "SELECT body, matched FROM dream_filters WHERE workspace_id = @workspace AND dream_id = @dream",
        static r => ((DreamSessionFilter, long)?)(JsonSerializer.Deserialize(r.GetString(0), WireJson.Wire.DreamSessionFilter)!, r.GetInt64(1)), ("@workspace", workspaceId), ("@dream", dream.Value));

    /// <summary>Ids, sorted.</summary>
    /// <param name="after">The last one seen; empty from the start.</param>
    public ValueTask<List<string>> ListAsync(DbSession db, string workspaceId, Id<Dream> dream, string after, int limit) => db.QueryAsync(
        "SELECT session_id FROM dream_sessions WHERE workspace_id = @workspace AND dream_id = @dream AND session_id > @after ORDER BY session_id LIMIT @limit",
        static r => r.GetString(0), ("@workspace", workspaceId), ("@dream", dream.Value), ("@after", after), ("@limit", limit));
}
