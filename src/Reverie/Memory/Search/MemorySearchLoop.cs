using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reverie.Memory.Stores;
using Reverie.Storage;

namespace Reverie.Memory.Search;

/// <summary>Keeps the search index close behind the writes, so that a search finds little left to do.</summary>
public sealed partial class MemorySearchLoop : BackgroundService
{
    /// <summary>How long changes gather before they are indexed together.</summary>
    public static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(200);

    /// <summary>While stores are being written to, it rests so many times as long as it worked: most of the processor is for the writes.</summary>
    private const int RestFactor = 9;

    /// <summary>The longest rest between two steps.</summary>
    public static readonly TimeSpan RestMax = TimeSpan.FromSeconds(5);

    /// <summary>How often it looks for what another process wrote and for stores that are no more.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private const int StoresMax = 1_000;

    private readonly Database _database;
    private readonly MemorySearchRepository _index;
    private readonly MemorySearch _search;
    private readonly TimeProvider _clock;
    private readonly ILogger<MemorySearchLoop> _log;
    private readonly ConcurrentDictionary<MemoryScope, bool> _changed = [];
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile bool _isWrittenTo;

    public MemorySearchLoop(Database database, MemorySearchRepository index, MemorySearch search, TimeProvider clock, ILogger<MemorySearchLoop> log)
    {
        (_database, _index, _search, _clock, _log) = (database, index, search, clock, log);
        database.WakeUps.Follow(Note);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _database.WakeUps.Unfollow(Note);
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lookedAt = long.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (lookedAt == long.MinValue || _clock.GetElapsedTime(lookedAt) >= LookEvery)
                {
                    await LookAsync(stoppingToken);
                    lookedAt = _clock.GetTimestamp();
                }
                var changed = _changed.Keys;
                foreach (var scope in changed)
                {
                    _changed.TryRemove(scope, out _);
                    while (await StepAsync(scope, stoppingToken)) stoppingToken.ThrowIfCancellationRequested();
                }
                if (changed.Count > 0) await _search.SettleAsync(stoppingToken);
                await WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The loop outlives every failure: a search catches up by itself, and the next look finds what is left.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogFailure(error);
                lookedAt = _clock.GetTimestamp();
                await Task.Delay(GatherFor, _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        foreach (var scope in await _database.ReadAsync(db => _index.BehindAsync(db, StoresMax), stoppingToken)) _changed.TryAdd(scope, true);
        while (await _database.WriteIndexAsync(_index.SweepAsync, stoppingToken) == MemorySearchRepository.SweepMax) stoppingToken.ThrowIfCancellationRequested();
    }

    /// <summary>Until a store has changed and its changes have gathered, or until it is time to look.</summary>
    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var patience = new CancellationTokenSource(LookEvery, _clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, patience.Token);
        try
        {
            await _wake.Reader.ReadAsync(over.Token);
            await Task.Delay(GatherFor, _clock, stoppingToken);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // Time to look.
        }
    }

    private async Task<bool> StepAsync(MemoryScope scope, CancellationToken stoppingToken)
    {
        var start = _clock.GetTimestamp();
        _isWrittenTo = false;
        var hasMore = await _search.StepAsync(scope, stoppingToken);
        var rest = _clock.GetElapsedTime(start) * RestFactor;
        if (_isWrittenTo) await Task.Delay(rest < RestMax ? rest : RestMax, _clock, stoppingToken);
        return hasMore;
    }

    private void Note(object topic)
    {
        _isWrittenTo = true;
        if (topic is MemoryScope scope && _changed.TryAdd(scope, true)) _wake.Writer.TryWrite(true);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The search index could not follow the memory stores; the next search or the next look tries again")]
    private partial void LogFailure(Exception error);
}
