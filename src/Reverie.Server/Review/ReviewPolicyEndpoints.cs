using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Audit;
using Reverie.Dreams.Review;
using Reverie.Keys;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Errors;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Server.Http;
using Reverie.Server.Memory;
using Reverie.Storage;

namespace Reverie.Server.Review;

/// <summary>Owners, reviewers and rules of a store (beyond the public contract).</summary>
internal sealed class ReviewPolicyEndpoints(Database database, MemoryStoreRepository stores, ReviewPolicyRepository policies, ApiKeyRepository keys, AuditLog audit)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/reverie/memory_stores/{store}/review_policy");
        group.MapGet("", RetrieveAsync).Describe("Who decides on changes to a store, and which wait for a person", gives: typeof(ReviewPolicy));
        group.MapPost("", UpdateAsync).Describe("Change the review policy of a store; what is left out stays", typeof(ReviewPolicyUpdate), typeof(ReviewPolicy));
    }

    /// <summary>Refuses those whom the policy does not name as reviewers.</summary>
    public static void RequireReviewer(ReviewPolicy policy, Actor actor) => Require(policy.Reviewers, "reviewer", policy.MemoryStoreId, actor);

    /// <summary>Refuses those whom the policy does not name as owners: for what changes the policy or ends its store.</summary>
    public static void RequireOwner(ReviewPolicy policy, Actor actor) => Require(policy.Owners, "owner", policy.MemoryStoreId, actor);

    private async Task RetrieveAsync(HttpContext http)
    {
        var scope = MemoryStoreEndpoints.Scope(http);
        var policy = await database.ReadAsync(async db => await stores.FindAsync(db, scope) is null ? throw MemoryStoreEndpoints.NotFound(scope) : await policies.FindAsync(db, scope), http.RequestAborted);
        await http.WriteAsync(policy, WireJson.Wire.ReviewPolicy);
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var scope = MemoryStoreEndpoints.Scope(http);
        using var body = (await JsonBody.ReadAsync(http)).Knows(ReviewPolicyFields.Names);
        var edit = ReviewPolicyFields.Read(JsonPart.Of(body));
        body.ThrowIfWrong();
        var actor = Caller.Of(http).Actor;
        var policy = await database.WriteAsync(async db =>
        {
            var store = await stores.HoldAsync(db, scope) ?? throw MemoryStoreEndpoints.NotFound(scope);
            if (store.ArchivedAt is not null) throw MemoryStoreEndpoints.Archived(scope);
            var before = await policies.FindAsync(db, scope);
            RequireOwner(before, actor);
            var after = edit(before);
            if (after is { Mode: ReviewMode.Rules, Rules.Count: 0 }) throw ApiException.Invalid("rules must hold at least one rule when mode is \"rules\"; add one, or set mode to auto or ask.");
            if (ReviewPolicyFields.SizeProblem(after) is { } problem) throw ApiException.Invalid(problem);
            await RequireKeysAsync(db, scope.WorkspaceId, "owners", after.Owners.Except(before.Owners, StringComparer.Ordinal));
            await RequireKeysAsync(db, scope.WorkspaceId, "reviewers", after.Reviewers.Except(before.Reviewers, StringComparer.Ordinal));
            var saved = await policies.SaveAsync(db, scope, after);
            audit.Record(db, scope.WorkspaceId, actor, AuditActions.PolicyChanged, "memory_store", scope.StoreId.Value, ("mode", WireNames<ReviewMode>.Of(saved.Mode)),
                ("owners", string.Join(' ', saved.Owners)), ("reviewers", string.Join(' ', saved.Reviewers)), ("rules", saved.Rules.Count.ToString()), ("high_stakes_paths", saved.HighStakesPaths.Count.ToString()),
                ("expires_after_days", saved.ExpiresAfterDays?.ToString()), ("policy_sha256", Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(saved, WireJson.Wire.ReviewPolicy)))));
            return saved;
        }, http.RequestAborted);
        await http.WriteAsync(policy, WireJson.Wire.ReviewPolicy);
    }

    private static void Require(IReadOnlyList<string> listed, string role, Id<MemoryStore> store, Actor actor)
    {
        if (ReviewRules.Has(listed, actor)) return;
        var who = actor is ApiActor api ? $"The key {api.ApiKeyId}" : "The caller";
        throw new ApiException(ErrorType.Permission, $"{who} is no {role} of the memory store {store}; its {role}s are {string.Join(", ", listed.Take(5))}{(listed.Count > 5 ? " and others" : "")}. Ask one of them, or have an owner add the key to {role}s in the review policy.");
    }

    /// <summary>Those who are added must be there, so that nobody locks the store by a slip of the pen.</summary>
    private async ValueTask RequireKeysAsync(DbSession db, string workspace, string field, IEnumerable<string> added)
    {
        var known = (await keys.ListAsync(db)).Where(k => k.WorkspaceId == workspace && k.RevokedAt is null).Select(static k => k.Id.Value).ToHashSet(StringComparer.Ordinal);
        if (added.FirstOrDefault(key => !known.Contains(key)) is { } unknown)
            throw ApiException.Invalid($"{field} holds {ApiException.Quoted(unknown)}, which is no key in use of this workspace; \"reverie keys list\" shows them.");
    }
}
