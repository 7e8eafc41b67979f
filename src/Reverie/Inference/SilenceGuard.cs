using System.Runtime.CompilerServices;

namespace Reverie.Inference;

/// <summary>Ends a stream that says nothing for too long.</summary>
internal static class SilenceGuard
{
    /// <summary>The stream that <paramref name="open"/> gives, whose token is canceled by the caller's or by silence.</summary>
    /// <exception cref="ModelException">It was silent for <paramref name="silenceMax"/>.</exception>
    public static async IAsyncEnumerable<T> WatchAsync<T>(string who, Func<CancellationToken, IAsyncEnumerable<T>> open, TimeSpan silenceMax, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(silenceMax, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        await using var items = open(either.Token).GetAsyncEnumerator(either.Token);
        while (true)
        {
            try
            {
                if (!await items.MoveNextAsync()) yield break;
            }
            catch (Exception) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw ProviderErrors.Silent(who, silenceMax);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
            silence.CancelAfter(silenceMax);
            yield return items.Current;
        }
    }
}
