namespace Reverie.Dreams.Models;

/// <summary>For a dream over files, which is not begun again: remembers for as long as the process lasts.</summary>
public sealed class AnswersInMemory : IDreamAnswers
{
    private readonly Dictionary<string, KeptRequest> _requests = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<KeptRequest?> FindAsync(string request, CancellationToken cancellationToken) => ValueTask.FromResult(_requests.GetValueOrDefault(request));

    /// <inheritdoc/>
    public ValueTask BeginAsync(string request, RequestSize size, CancellationToken cancellationToken) => Count(request, 1);

    /// <inheritdoc/>
    public ValueTask WithdrawAsync(string request, CancellationToken cancellationToken) => Count(request, -1);

    /// <inheritdoc/>
    public ValueTask KeepAsync(string request, KeptAnswer answer, CancellationToken cancellationToken)
    {
        _requests[request] = _requests[request] with { Answer = answer };
        return ValueTask.CompletedTask;
    }

    private ValueTask Count(string request, int attempts)
    {
        var kept = _requests.GetValueOrDefault(request, new KeptRequest(0, null));
        _requests[request] = kept with { Attempts = kept.Attempts + attempts };
        return ValueTask.CompletedTask;
    }
}
