using System.Collections.Concurrent;
using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Storage;

namespace Reverie.Sessions.Turns;

/// <summary>
/// Runs every session that has something to do, all at once, each in one process at a time. Looks when woken and at least
/// every few seconds, because another process may have left one behind.
/// </summary>
public sealed partial class SessionLoop(TurnServices services, SessionSetupRepository setups, LocalLoop local, ILogger<SessionLoop> log) : BackgroundService
{
    /// <summary>Sessions whose folded log stays in memory between their turns; others read it again.</summary>
    private const int WarmMax = 1024;

    /// <summary>Sessions left behind by other processes that are taken over in one look.</summary>
    private const int TakeOverMax = 256;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly Channel<Woken> _woken = Channel.CreateUnbounded<Woken>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<AwakeSession, Task> _running = [];
    private readonly ConcurrentDictionary<AwakeSession, SessionClaim?> _again = [];
    private readonly ConcurrentDictionary<Id<Session>, WarmSession> _warm = [];

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        services.Database.WakeUps.Follow(Notice);
        local.IsTaking = true;
        try
        {
            await Task.WhenAll(RunWokenAsync(stoppingToken), LookAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What runs ends below.
        }
        finally
        {
            local.IsTaking = false;
            services.Database.WakeUps.Unfollow(Notice);
            while (!_running.IsEmpty) await Task.WhenAll(_running.Values);
            while (_woken.Reader.TryRead(out var woken)) await ReleaseAsync(woken.Claim);
        }
    }

    private void Notice(object topic)
    {
        if (topic is AwakeSession session) _woken.Writer.TryWrite(new Woken(session, null));
        else if (topic is SessionClaim claim) _woken.Writer.TryWrite(new Woken(claim.Session, claim));
    }

    private async Task RunWokenAsync(CancellationToken stoppingToken)
    {
        await foreach (var (session, claim) in _woken.Reader.ReadAllAsync(stoppingToken)) Start(session, claim, stoppingToken);
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                foreach (var session in await services.Database.ReadAsync(static db => TurnLog.ListAwakeAsync(db, TakeOverMax), stoppingToken)) Start(session, null, stoppingToken);
            }
#pragma warning disable CA1031 // The loop outlives every failure; the next look begins anew.
            catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogLookFailed(error);
            }
            await Task.Delay(LookEvery, services.Clock, stoppingToken);
        }
    }

    /// <summary>A session that runs already is looked at again when it sleeps: its runner may have been past its last look.</summary>
    /// <param name="claim">Taken already; null when it is still to be taken.</param>
    private void Start(AwakeSession session, SessionClaim? claim, CancellationToken stoppingToken)
    {
        var begin = new TaskCompletionSource();
        var run = RunWhenKnownAsync(begin.Task, session, claim, stoppingToken);
        if (_running.TryAdd(session, run))
        {
            begin.SetResult();
            return;
        }
        begin.SetCanceled(CancellationToken.None);
        _again.AddOrUpdate(session, claim, (_, kept) => claim ?? kept);
        // It may have ended between the two: then nobody else would look.
        if (!_running.ContainsKey(session) && _again.TryRemove(session, out var last)) Start(session, last, stoppingToken);
    }

    private async Task RunWhenKnownAsync(Task known, AwakeSession session, SessionClaim? claim, CancellationToken stoppingToken)
    {
        await known.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        if (known.IsCanceled) return;
        try
        {
            await RunAsync(session, claim, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Nothing was begun.
        }
        catch (ClaimLostException)
        {
            _warm.TryRemove(session.Id, out _);
        }
#pragma warning disable CA1031 // A session that fails must not take the others with it; its claim runs out and it is tried again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _warm.TryRemove(session.Id, out _);
            LogSessionFailed(error, session.Id.Value);
        }
        finally
        {
            _running.TryRemove(session, out _);
            if (_again.TryRemove(session, out var next)) Start(session, next, stoppingToken);
        }
    }

    private async Task RunAsync(AwakeSession session, SessionClaim? taken, CancellationToken stoppingToken)
    {
        var claim = taken ?? await services.Database.WriteAsync(db => TurnLog.ClaimAsync(db, session), stoppingToken);
        if (claim is null) return;
        try
        {
            if (await WarmAsync(claim, stoppingToken) is not { } warm) return;
            var runner = new SessionRunner(services, claim, warm.Session, warm.Threads, warm.State);
            await DriveAsync(runner, claim.Id, stoppingToken);
            Keep(claim.Id, warm with { State = runner.State });
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await ReleaseAsync(claim);
        }
    }

    private async Task ReleaseAsync(SessionClaim? claim)
    {
        if (claim is not null) await services.Database.WriteAsync(db => TurnLog.ReleaseAsync(db, claim), CancellationToken.None);
    }

    private async Task DriveAsync(SessionRunner runner, Id<Session> id, CancellationToken stoppingToken)
    {
        try
        {
            await runner.RunAsync(stoppingToken);
        }
#pragma warning disable CA1031 // Whatever it was, the client is told; a database that fails cannot even take that down, and is tried again.
        catch (Exception error) when (error is not (OperationCanceledException or ClaimLostException or DatabaseException or DbException))
#pragma warning restore CA1031
        {
            LogTurnFailed(error, id.Value);
            await runner.AbandonAsync();
        }
    }

    /// <summary>The session as this process left it, or as the database has it. Null when it is gone.</summary>
    private async Task<WarmSession?> WarmAsync(SessionClaim claim, CancellationToken cancellationToken)
    {
        // A fence that is not one above ours says that another process ran the session in between.
        if (_warm.TryRemove(claim.Id, out var known) && known.Fence + 1 == claim.Fence && known.SetupVersion == claim.SetupVersion) return known with { Fence = claim.Fence };
        if (await services.Database.ReadAsync(db => setups.FindAsync(db, claim.WorkspaceId, claim.Id), cancellationToken) is not { } session) return null;
        var rows = session.Agent.Multiagent is null ? [] : await services.Database.ReadAsync(db => ThreadRepository.ListAsync(db, claim.WorkspaceId, claim.Id), cancellationToken);
        return new WarmSession(claim.Fence, claim.SetupVersion, session, new SessionThreads(services, session, rows), known is { } old && old.Fence + 1 == claim.Fence ? old.State : new SessionState(session.PrimaryThreadId.Value));
    }

    private void Keep(Id<Session> id, WarmSession session)
    {
        _warm[id] = session;
        if (_warm.Count <= WarmMax) return;
        foreach (var (other, _) in _warm)
        {
            if (other == id) continue;
            _warm.TryRemove(other, out _);
            return;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for sessions failed; the next look is in a few seconds")]
    private partial void LogLookFailed(Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "A turn of session {SessionId} failed and was given up")]
    private partial void LogTurnFailed(Exception error, string sessionId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Session {SessionId} failed; it is tried again when its claim runs out")]
    private partial void LogSessionFailed(Exception error, string sessionId);

    /// <param name="Claim">Taken with what woke it; null when it is still to be taken.</param>
    private readonly record struct Woken(AwakeSession Session, SessionClaim? Claim);

    private sealed record WarmSession(long Fence, long SetupVersion, SessionSetup Session, SessionThreads Threads, SessionState State);
}
