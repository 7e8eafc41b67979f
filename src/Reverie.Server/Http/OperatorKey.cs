using Reverie.Keys;
using Reverie.Storage;

namespace Reverie.Server.Http;

/// <summary>The key of whoever may read the data directory: made anew at each start, known to no database.</summary>
internal sealed class OperatorKey
{
    public OperatorKey(IdGenerator ids, TimeProvider clock)
    {
        Secret = ApiKeySecret.New();
        Sha256 = ApiKeySecret.Sha256(Secret);
        Caller = new Caller(new ApiKey(ids.New<ApiKey>(), ApiKeyRepository.DefaultWorkspace, "operator", clock.GetUtcNow(), null)) { Actor = Operator.Actor };
    }

    public string Secret { get; }

    public string Sha256 { get; }

    public Caller Caller { get; }
}
