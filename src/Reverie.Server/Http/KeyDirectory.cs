using System.Collections.Concurrent;
using Reverie.Keys;
using Reverie.Storage;

namespace Reverie.Server.Http;

/// <summary>Finds the caller behind a secret. Remembers those it found for a few seconds, so that a revoked key ends soon on every node.</summary>
internal sealed class KeyDirectory(Database database, ApiKeyRepository keys, OperatorKey operatorKey, TimeProvider clock)
{
    /// <summary>How long a revoked key may go on.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(5);

    private const int KnownMax = 10_000;

    private readonly ConcurrentDictionary<string, (Caller Caller, long At)> _known = new(StringComparer.Ordinal);

    /// <summary>Null for a secret nobody has.</summary>
    /// <param name="sha256">Of the secret.</param>
    public async ValueTask<Caller?> FindAsync(string sha256, CancellationToken cancellationToken)
    {
        if (sha256 == operatorKey.Sha256) return operatorKey.Caller;
        if (_known.TryGetValue(sha256, out var known) && clock.GetElapsedTime(known.At) < StaleAfter) return known.Caller;
        var key = await database.ReadAsync(db => keys.FindBySecretAsync(db, sha256), cancellationToken);
        if (key is null)
        {
            _known.TryRemove(sha256, out _);
            return null;
        }
        if (_known.Count >= KnownMax) _known.Clear();
        var caller = known.Caller is { } same && same.Key == key ? same : new Caller(key);
        _known[sha256] = (caller, clock.GetTimestamp());
        return caller;
    }
}
