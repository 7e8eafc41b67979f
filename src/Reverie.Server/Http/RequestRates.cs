using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Reverie.Protocol.Errors;

namespace Reverie.Server.Http;

/// <summary>How often one key may ask, and how often one address may show a key that is none.</summary>
internal sealed class RequestRates : IDisposable
{
    /// <summary>Wrong keys an address may show in a minute.</summary>
    public const int FailuresPerMinute = 60;

    private readonly PartitionedRateLimiter<string>? _requests;
    private readonly PartitionedRateLimiter<IPAddress> _failures = PartitionedRateLimiter.Create<IPAddress, IPAddress>(static address =>
        RateLimitPartition.GetTokenBucketLimiter(address, static _ => Bucket(FailuresPerMinute)));

    /// <param name="perMinute">Requests of one key in a minute; null for any number.</param>
    public RequestRates(int? perMinute)
    {
        if (perMinute is { } limit)
            _requests = PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => Bucket(limit)));
    }

    /// <exception cref="ApiException">The key has used up its requests.</exception>
    public void CountRequest(HttpContext http, Caller caller)
    {
        if (_requests is not null) Take(http, _requests.AttemptAcquire(caller.Key.Id.Value), "This key has used up its requests of this minute");
    }

    /// <exception cref="ApiException">The address has shown too many wrong keys.</exception>
    public void CountFailure(HttpContext http) =>
        Take(http, _failures.AttemptAcquire(http.Connection.RemoteIpAddress ?? IPAddress.None), "Too many requests with keys that are not valid");

    /// <inheritdoc />
    public void Dispose()
    {
        _requests?.Dispose();
        _failures.Dispose();
    }

    private static void Take(HttpContext http, RateLimitLease lease, string what)
    {
        using (lease)
        {
            if (lease.IsAcquired) return;
            var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
            http.Response.Headers.RetryAfter = wait.ToString();
            throw new ApiException(ErrorType.RateLimit, $"{what}; try again in {wait} s.");
        }
    }

    private static TokenBucketRateLimiterOptions Bucket(int perMinute) => new()
    {
        TokenLimit = perMinute,
        TokensPerPeriod = Math.Max(1, perMinute / 60),
        ReplenishmentPeriod = TimeSpan.FromSeconds(perMinute < 60 ? 60.0 / perMinute : 1),
        QueueLimit = 0,
    };
}
