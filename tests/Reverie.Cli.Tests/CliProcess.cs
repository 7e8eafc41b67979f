using System.Diagnostics;

namespace Reverie.Cli.Tests;

/// <summary>The built program as a process of its own.</summary>
internal static class CliProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Process Start(string directory, params string[] args) => StartProgram(directory, "dotnet", [typeof(ReverieApp).Assembly.Location, .. args]);

    /// <summary>One that can be interrupted: where the tests run in the background of a shell, interrupts are ignored, and programs inherit that.</summary>
    public static Process StartInterruptible(string directory, params string[] args) =>
        StartProgram(directory, "env", ["--default-signal=INT", "dotnet", typeof(ReverieApp).Assembly.Location, .. args]);

    /// <summary>With no settings but those of the test.</summary>
    public static Process StartProgram(string directory, string program, string[] args, params IEnumerable<(string Name, string Value)> settings)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = directory, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var arg in args) start.ArgumentList.Add(arg);
        foreach (var name in (string[])["REVERIE_DATA", "REVERIE_DATABASE", "REVERIE_API_KEY", "REVERIE_JUDGE_MODEL", "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL"]) start.Environment.Remove(name);
        // What commands of agents do here is harmless, and not every machine can make a sandbox.
        start.Environment["REVERIE_SANDBOX"] = "unsafe";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public static async Task SignalAsync(Process process, string signal)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Reads the standard output up to a line that holds <paramref name="text"/>.</summary>
    public static async Task<string> LineAsync(Process process, string text)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal)) return line;
        }
        throw new InvalidOperationException($"the process ended without \"{text}\": {await process.StandardError.ReadToEndAsync(patience.Token)}");
    }

    public static async Task<Ran> EndAsync(Process process)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return new Ran(process.ExitCode, output, await error);
    }
}
