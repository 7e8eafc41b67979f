using Reverie.Sandboxes.Files;

namespace Reverie.Sandboxes.Launch;

/// <summary>Kills a sandbox that fills the disk, or the memory where no control group bounds it.</summary>
internal sealed class ResourceWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // How much of the disk must go before what the sandbox uses is counted anew.
    private const long UnnoticedBytes = 64L << 20;

    private readonly SandboxProcess _process;
    private readonly SandboxSpec _spec;
    private readonly ControlGroup? _group;
    private readonly PeriodicTimer _timer;
    private readonly Task _watching;
    private readonly long _freeAtStart;
    private long? _freeWhenCounted;
    private long _diskBytesMax;

    public ResourceWatch(SandboxProcess process, SandboxSpec spec, ControlGroup? group, TimeProvider time)
    {
        (_process, _spec, _group) = (process, spec, group);
        _freeAtStart = FreeBytes();
        _timer = new(Interval, time);
        _watching = WatchAsync();
    }

    /// <summary>Why the sandbox was killed; null when it was not.</summary>
    public string? Exceeded
    {
        get => field ?? (_group is { RanOutOfMemory: true } ? MemoryReason : null);
        private set;
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _watching;
    }

    private string MemoryReason => $"more than {_spec.Limits.MemoryBytesMax} bytes of memory were used";

    private async Task WatchAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            if (Problem() is not { } problem) continue;
            Exceeded = problem;
            await _process.KillAsync();
            return;
        }
    }

    private string? Problem()
    {
        if (_process.Process.HasExited) return null;
        if (_group is null && ProcessTree.ResidentBytes(_process.Process.Id) > _spec.Limits.MemoryBytesMax) return MemoryReason;
        var free = FreeBytes();
        if (free < _spec.Limits.DiskBytesKeptFree && free < _freeAtStart - UnnoticedBytes) return $"fewer than {_spec.Limits.DiskBytesKeptFree} bytes of the disk are free";
        if (_freeWhenCounted is { } counted && free >= counted - UnnoticedBytes)
        {
            _freeWhenCounted = Math.Max(counted, free);
            return null;
        }
        var used = _spec.Mounts.Where(static m => !m.IsReadOnly).Select(static m => m.HostPath).Prepend(_spec.WorkingDirectory).Sum(static d => SafeTree.Measure(d));
        // What was there at the start may stay, so that a full directory can be cleared.
        var allowed = _freeWhenCounted is null ? used - Math.Max(0, _freeAtStart - free) : Math.Min(_diskBytesMax, used);
        _diskBytesMax = Math.Max(_spec.Limits.DiskBytesMax, allowed);
        _freeWhenCounted = free;
        return used > _diskBytesMax ? $"more than {_spec.Limits.DiskBytesMax} bytes of disk were used" : null;
    }

    private long FreeBytes() => new DriveInfo(_spec.WorkingDirectory).AvailableFreeSpace;
}
