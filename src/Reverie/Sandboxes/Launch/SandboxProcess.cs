using System.Diagnostics;

namespace Reverie.Sandboxes.Launch;

/// <summary>A started sandbox: its outermost process, and with it everything inside.</summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    private static readonly TimeSpan DeathTimeMax = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan BurialTimeMax = TimeSpan.FromSeconds(1);

    // Closes what the server had open, joins the control groups named before "--", becomes the program after it.
    private const string Launcher = """
        for fd in /proc/self/fd/*; do fd=${fd##*/}; if ((fd > 2)); then exec {fd}>&-; fi; done
        while [[ $1 != -- ]]; do echo $$ >"$1" || exit 125; shift; done
        shift
        exec -c "$@"
        """;

    private readonly ControlGroup? _group;

    private SandboxProcess(Process process, ControlGroup? group)
    {
        (Process, _group) = (process, group);
        Errors = new(process.StandardError.BaseStream);
    }

    public Process Process { get; }

    /// <summary>What the launcher and the namespaces complained about.</summary>
    public ErrorBeginning Errors { get; }

    /// <param name="command">A program by its path, and its arguments.</param>
    /// <param name="group">The control group to join, which goes with the process; null for none.</param>
    /// <param name="directory">The directory to start in.</param>
    public static async Task<SandboxProcess> StartAsync(IReadOnlyList<string> command, ControlGroup? group, string directory)
    {
        var start = new ProcessStartInfo("/bin/bash")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = directory,
        };
        start.Environment.Clear();
        foreach (var argument in (IEnumerable<string>)["--noprofile", "--norc", "-c", Launcher, "sandbox", .. group?.JoinFiles ?? [], "--", .. command]) start.ArgumentList.Add(argument);
        return new(await StartingThread.StartAsync(start), group);
    }

    /// <summary>Kills everything inside and waits until it is dead.</summary>
    public async Task KillAsync()
    {
        // The first process of the namespace takes all others with it, and is dead only after them. It is buried by the one we started, which ends by itself then.
        var first = ProcessTree.ChildrenOf(Process.Id).Select(ProcessHandle.Open).OfType<ProcessHandle>().ToList();
        try
        {
            foreach (var child in first) child.Kill();
            foreach (var child in first) await child.WaitForDeathAsync(DeathTimeMax);
            if (first.Count > 0) await Task.WhenAny(Process.WaitForExitAsync(), Task.Delay(BurialTimeMax, TimeProvider.System));
            if (!Process.HasExited) Process.Kill(entireProcessTree: true);
            await Process.WaitForExitAsync();
        }
        finally
        {
            foreach (var child in first) child.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Process.Dispose();
        _group?.Dispose();
    }
}
