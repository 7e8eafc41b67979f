using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Reverie.Sandboxes.Launch;

/// <summary>A process by its handle (pidfd), which cannot come to mean another one.</summary>
internal sealed class ProcessHandle : IDisposable
{
    private const int OpenProcess = 434; // SYS_pidfd_open, one number on every processor
    private const int SignalProcess = 424; // SYS_pidfd_send_signal
    private const int KillSignal = 9;
    private const short IsReadable = 1; // POLLIN

    private readonly SafeFileHandle _handle;

    private ProcessHandle(SafeFileHandle handle) => _handle = handle;

    /// <summary>Null when the process is gone.</summary>
    public static ProcessHandle? Open(int processId)
    {
        var descriptor = syscall(OpenProcess, processId, 0, 0, 0);
        return descriptor < 0 ? null : new(new((nint)descriptor, ownsHandle: true));
    }

    public void Kill() => _ = syscall(SignalProcess, (int)_handle.DangerousGetHandle(), KillSignal, 0, 0);

    /// <summary>Waits until the process, and whatever dies with it, is dead.</summary>
    public Task WaitForDeathAsync(TimeSpan timeMax) => Task.Run(() =>
    {
        var waited = new PollEntry { Descriptor = (int)_handle.DangerousGetHandle(), Events = IsReadable };
        _ = poll(ref waited, 1, (int)timeMax.TotalMilliseconds);
    });

    public void Dispose() => _handle.Dispose();

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long syscall(long number, long first, long second, long third, long fourth);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int poll(ref PollEntry entry, ulong count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
