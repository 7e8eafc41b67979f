using System.Runtime.InteropServices;

namespace Reverie.Cli.Running;

/// <summary>Ctrl+C: once asks whoever works to stop, twice leaves. Being told to terminate leaves at once.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly CancellationTokenSource _leaving;
    private readonly List<PosixSignalRegistration> _signals = [];

    public Interrupts(CancellationToken cancellationToken)
    {
        _leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            if (IsTaken && !_asked.IsCancellationRequested) _asked.Cancel();
            else _leaving.Cancel();
        }));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            _leaving.Cancel();
        }));
    }

    /// <summary>Somebody works who can be asked to stop; until then the first Ctrl+C leaves.</summary>
    public bool IsTaken { get; set; }

    /// <summary>The person wants the work to stop.</summary>
    public CancellationToken Asked => _asked.Token;

    /// <summary>The person wants to be gone.</summary>
    public CancellationToken Leaving => _leaving.Token;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
        _asked.Dispose();
        _leaving.Dispose();
    }
}
