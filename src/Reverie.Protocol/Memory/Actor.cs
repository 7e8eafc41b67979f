using System.Text.Json.Serialization;

namespace Reverie.Protocol.Memory;

/// <summary>Who did something. A closed family in this version; clients must tolerate more.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SessionActor), "session_actor")]
[JsonDerivedType(typeof(ApiActor), "api_actor")]
[JsonDerivedType(typeof(UserActor), "user_actor")]
[JsonDerivedType(typeof(ServiceAccountActor), "service_account_actor")]
public abstract record Actor;

/// <summary>A session: an agent at work, or a dream, which is a session too.</summary>
/// <param name="SessionId">Begins with <c>sesn_</c>.</param>
public sealed record SessionActor(string SessionId) : Actor;

/// <summary>A caller of the API.</summary>
/// <param name="ApiKeyId">Begins with <c>apikey_</c>; never the secret.</param>
public sealed record ApiActor(string ApiKeyId) : Actor;

/// <summary>A person at the console.</summary>
/// <param name="UserId">Begins with <c>user_</c>.</param>
public sealed record UserActor(string UserId) : Actor;

/// <summary>A service account.</summary>
/// <param name="ServiceAccountId">Begins with <c>svac_</c>.</param>
public sealed record ServiceAccountActor(string ServiceAccountId) : Actor;
