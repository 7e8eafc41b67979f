using System.Text.Json;
using Reverie.Protocol.Alarms;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Storage;

namespace Reverie.Alarms;

/// <summary>The alarms of a workspace, for people and for who tells others.</summary>
public sealed class AlarmRepository(IdGenerator ids, TimeProvider clock)
{
    private const string Columns = "id, data, created_at, cleared_at";

    public async ValueTask<Id<Alarm>> RaiseAsync(DbSession db, string workspaceId, NoOpStreak data)
    {
        var id = ids.New<Alarm>();
        await db.ExecuteAsync("INSERT INTO alarms (workspace_id, id, type, data, created_at) VALUES (@workspace, @id, @type, @data, @now)",
            ("@workspace", workspaceId), ("@id", id.Value), ("@type", NoOpStreak.AlarmType), ("@data", Write(data)), ("@now", DbTime.ToMicros(clock.GetUtcNow())));
        return id;
    }

    /// <summary>What lasts has gone on.</summary>
    public ValueTask<int> UpdateAsync(DbSession db, string workspaceId, Id<Alarm> id, NoOpStreak data) => db.ExecuteAsync(
        "UPDATE alarms SET data = @data WHERE workspace_id = @workspace AND id = @id AND cleared_at IS NULL", ("@data", Write(data)), ("@workspace", workspaceId), ("@id", id.Value));

    /// <summary>It is over, or somebody has seen it. Clearing twice keeps the first time.</summary>
    public ValueTask<int> ClearAsync(DbSession db, string workspaceId, Id<Alarm> id) => db.ExecuteAsync(
        "UPDATE alarms SET cleared_at = @now WHERE workspace_id = @workspace AND id = @id AND cleared_at IS NULL", ("@now", DbTime.ToMicros(clock.GetUtcNow())), ("@workspace", workspaceId), ("@id", id.Value));

    /// <summary>Newest first.</summary>
    /// <param name="after">The last one seen; null from the start.</param>
    public ValueTask<List<Alarm>> ListAsync(DbSession db, string workspaceId, bool isClearedShown, (long CreatedAt, string Id)? after, int limit) => db.QueryAsync(
        $"""
        SELECT {Columns} FROM alarms WHERE workspace_id = @workspace {(isClearedShown ? "" : "AND cleared_at IS NULL")}
            AND (created_at < @after OR (created_at = @after AND id < @id))
        ORDER BY created_at DESC, id DESC LIMIT @limit
        """, Read, ("@workspace", workspaceId), ("@after", after?.CreatedAt ?? long.MaxValue), ("@id", after?.Id ?? ""), ("@limit", limit));

    private static string Write(NoOpStreak data) => JsonSerializer.Serialize(data, WireJson.Wire.NoOpStreak);

    private static Alarm Read(DbRow row) => new()
    {
        Id = Id<Alarm>.Parse(row.GetString(0)),
        Data = JsonSerializer.Deserialize(row.GetString(1), WireJson.Wire.NoOpStreak)!,
        CreatedAt = row.Time(2),
        ClearedAt = row.TimeOrNull(3),
    };
}
