using System.Collections.Concurrent;
using System.Diagnostics;

namespace Reverie.Sandboxes.Launch;

/// <summary>
/// Starts processes from one thread that stays. A sandbox dies with the thread that started it, by which the kernel knows its parent, and threads of the pool end when
/// they are idle.
/// </summary>
internal static class StartingThread
{
    private static readonly BlockingCollection<Task<Process>> Starts = [];

    static StartingThread() => new Thread(Run) { IsBackground = true, Name = "starts sandboxes" }.Start();

    /// <exception cref="SandboxException">No process could be started.</exception>
    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var task = new Task<Process>(() => Process.Start(start) ?? throw new SandboxException("No process could be started."), TaskCreationOptions.RunContinuationsAsynchronously);
        Starts.Add(task);
        return task;
    }

    private static void Run()
    {
        foreach (var start in Starts.GetConsumingEnumerable()) start.RunSynchronously(TaskScheduler.Default);
    }
}
