using System.Text.Json;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Secrets;
using Reverie.Storage;

namespace Reverie.Sessions.Hands.Repositories;

/// <summary>The tokens of mounted repositories, encrypted at rest.</summary>
public sealed class RepositoryTokens(SecretBox box)
{
    /// <summary>Keeps a token in place of the one before.</summary>
    /// <param name="resource">As it is from now on.</param>
    public async ValueTask SetAsync(DbSession db, string workspaceId, Id<Session> session, RepositoryResource resource, string token) => await db.ExecuteAsync(
        "UPDATE session_resources SET body = @body, sealed_token = @token WHERE workspace_id = @workspace AND session_id = @session AND id = @id",
        ("@body", JsonSerializer.Serialize(resource, WireJson.Wire.SessionResource)), ("@token", box.Seal(token, resource.Id.Value)), ("@workspace", workspaceId), ("@session", session.Value), ("@id", resource.Id.Value));

    /// <returns>The token, null when the repository has none; and whether it has one that this server's key does not open.</returns>
    public async ValueTask<(string? Token, bool IsUnreadable)> FindAsync(DbSession db, string workspaceId, Id<Session> session, Id<SessionResource> resource)
    {
        var stored = await db.FirstAsync("SELECT sealed_token FROM session_resources WHERE workspace_id = @workspace AND session_id = @session AND id = @id AND sealed_token IS NOT NULL",
            static r => r.GetString(0), ("@workspace", workspaceId), ("@session", session.Value), ("@id", resource.Value));
        if (stored is null) return (null, false);
        var token = box.Open(stored, resource.Value);
        return (token, token is null);
    }
}
