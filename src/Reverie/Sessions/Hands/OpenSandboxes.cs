using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Turns;

namespace Reverie.Sessions.Hands;

/// <summary>The sandboxes that sessions have open in this process; each is closed some time after its last call.</summary>
public sealed partial class OpenSandboxes : BackgroundService, IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    private readonly SandboxOpening _opening;
    private readonly SessionPlaces _places;
    private readonly TimeProvider _clock;
    private readonly ILogger<OpenSandboxes> _log;
    private readonly IdlePool<Id<Session>, SessionHands> _pool;

    public OpenSandboxes(SandboxOpening opening, SessionPlaces places, SandboxUse use, TimeProvider clock, ILogger<OpenSandboxes> log)
    {
        (_opening, _places, _clock, _log) = (opening, places, clock, log);
        _pool = new(use.OpenMax, use.IdleFor, clock, LogNotClosed);
    }

    /// <summary>Runs <paramref name="work"/> in the session's sandbox, opened when it is not.</summary>
    internal Task<T> UseAsync<T>(SessionSetup session, Func<SessionHands, Task<T>> work, CancellationToken cancellationToken) =>
        _pool.UseAsync(session.Id, () => _opening.Open(session), work, cancellationToken);

    /// <summary>Ends the sandbox of a session that was deleted, whatever runs in it, and removes its directories.</summary>
    public async Task DeleteAsync(Id<Session> session)
    {
        await _pool.CloseAsync(session);
        var place = _places.Of(session);
        if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await _pool.CloseIdleAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is open is closed when the server's parts are disposed of, after the last turn.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sandbox was not closed as it should be; a process of it may be left")]
    private partial void LogNotClosed(Exception error);
}
