using System.Diagnostics;
using System.Text.Json;

namespace Reverie.Bench;

/// <summary>Starts measurements and commands as child processes.</summary>
internal static class Children
{
    /// <summary>Measures <paramref name="work"/> in a fresh process that sees only <paramref name="cores"/> cores.</summary>
    public static Figures Measure(string work, int cores, IEnumerable<string> files)
    {
        var child = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true };
        // Run as "dotnet X.dll", this program is not an executable of its own.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") child.ArgumentList.Add(typeof(Children).Assembly.Location);
        foreach (var argument in Bench.Measure.Arguments(work, cores, files)) child.ArgumentList.Add(argument);
        using var running = OnCores(cores, () => Process.Start(child)!);
        var said = running.StandardOutput.ReadToEnd();
        running.WaitForExit();
        return running.ExitCode == 0 && JsonSerializer.Deserialize<Figures>(said) is { } figures ? figures
            : throw new InvalidOperationException($"The measurement of {work} failed with exit code {running.ExitCode}.");
    }

    /// <summary>Seconds from starting <paramref name="command"/> to its end.</summary>
    public static double Time(string command, string argument)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var running = Process.Start(new ProcessStartInfo(command, [argument]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        running.StandardOutput.ReadToEnd();
        running.WaitForExit();
        return TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>
    /// A child inherits the cores of the thread that starts it. Limiting the child afterwards would come too late for the
    /// threads it already has, and for the runtime's count of processors.
    /// </summary>
    private static Process OnCores(int cores, Func<Process> start)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows()) return start();
        using var self = Process.GetCurrentProcess();
        var all = self.ProcessorAffinity;
        long some = 0;
        var taken = 0;
        for (var bit = 0; bit < 63 && taken < cores; bit++)
        {
            if (((long)all >> bit & 1) == 0) continue;
            some |= 1L << bit;
            taken++;
        }
        self.ProcessorAffinity = (nint)some;
        try
        {
            return start();
        }
        finally
        {
            self.ProcessorAffinity = all;
        }
    }
}
