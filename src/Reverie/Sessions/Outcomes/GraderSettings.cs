using Reverie.Storage;

namespace Reverie.Sessions.Outcomes;

/// <summary>Which model grades in a workspace.</summary>
public sealed class GraderSettings(Database database, TimeProvider clock)
{
    private const string Name = "grader_model";

    /// <summary>Null: the model of the agent whose work is judged.</summary>
    public async ValueTask<string?> ModelAsync(string workspaceId, CancellationToken cancellationToken) => await database.ReadAsync(db => db.FirstAsync(
        "SELECT value FROM workspace_settings WHERE workspace_id = @workspace AND name = @name", static r => r.GetString(0), ("@workspace", workspaceId), ("@name", Name)), cancellationToken);

    /// <param name="model">Null for the model of the agent.</param>
    public async Task SetModelAsync(string workspaceId, string? model, CancellationToken cancellationToken) => await database.WriteAsync(db => model is null
        ? db.ExecuteAsync("DELETE FROM workspace_settings WHERE workspace_id = @workspace AND name = @name", ("@workspace", workspaceId), ("@name", Name))
        : db.ExecuteAsync("""
            INSERT INTO workspace_settings (workspace_id, name, value, updated_at) VALUES (@workspace, @name, @value, @now)
            ON CONFLICT (workspace_id, name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
            """, ("@workspace", workspaceId), ("@name", Name), ("@value", model), ("@now", DbTime.ToMicros(clock.GetUtcNow()))), cancellationToken);
}
