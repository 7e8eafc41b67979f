using Reverie.Dreaming;

namespace Reverie.Dreams.Jobs;

/// <summary>The turn of the one dream that reads and mines, which takes every core and the most memory. It ends with the dream, or when a model is asked.</summary>
internal sealed class MiningTurn : IProgress<DreamProgress>, IDisposable
{
    private readonly SemaphoreSlim _turns;
    private int _isOver;

    private MiningTurn(SemaphoreSlim turns) => _turns = turns;

    public static async Task<MiningTurn> TakeAsync(SemaphoreSlim turns, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken);
        return new MiningTurn(turns);
    }

    public void Report(DreamProgress value)
    {
        if (value.Stage == DreamStage.Consult) Dispose();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0) _turns.Release();
    }
}
