using System.Diagnostics;
using Reverie.Protocol.Memory;

namespace Reverie.Memory.Stores;

/// <summary>An actor as two columns.</summary>
internal static class ActorColumns
{
    public static (string? Type, string? Id) Of(Actor? actor) => actor switch
    {
        null => (null, null),
        SessionActor a => ("session_actor", a.SessionId),
        ApiActor a => ("api_actor", a.ApiKeyId),
        UserActor a => ("user_actor", a.UserId),
        ServiceAccountActor a => ("service_account_actor", a.ServiceAccountId),
        _ => throw new UnreachableException(),
    };

    public static Actor? Read(string? type, string? id) => type switch
    {
        null => null,
        "session_actor" => new SessionActor(id!),
        "api_actor" => new ApiActor(id!),
        "user_actor" => new UserActor(id!),
        "service_account_actor" => new ServiceAccountActor(id!),
        _ => throw new UnreachableException($"actor type {type}"),
    };
}
