using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Reverie.Bench.Turns;

/// <summary>A server in a process of its own, with a directory of its own that goes with it.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    /// <summary>The key every request is sent with.</summary>
    public const string Secret = "sk-reverie-of-the-benchmark";

    /// <summary>The server of this project.</summary>
    public const string Reverie = "--serve-reverie";

    /// <summary>The floor, a commit for each step of a turn.</summary>
    public const string Floor = "--serve-floor";

    /// <summary>The floor, one commit for all steps.</summary>
    public const string FloorAtOnce = "--serve-floor-at-once";

    /// <summary>The floor without a database.</summary>
    public const string Bare = "--serve-bare";

    private readonly Process _process;
    private readonly string _directory;

    private ServerProcess(Process process, string directory, Uri address)
    {
        _process = process;
        _directory = directory;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Processor time of the whole process so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Bytes the process gave to the disk's files so far: database, log of the database, nothing else.</summary>
    public long BytesWritten => Figure("io", "write_bytes");

    /// <summary>Bytes of memory at most so far.</summary>
    public long PeakMemory => Figure("status", "VmHWM") * 1024;

    /// <summary>Bytes of memory now.</summary>
    public long Memory => Figure("status", "VmRSS") * 1024;

    public static bool IsServer(string[] args) => args is [Reverie or Floor or FloorAtOnce or Bare, ..];

    public static TimeSpan Milliseconds(string text) => TimeSpan.FromMilliseconds(int.Parse(text, CultureInfo.InvariantCulture));

    /// <param name="kind">One of the constants.</param>
    /// <param name="modelWait">How long the model takes for each request.</param>
    public static ServerProcess Start(string kind, TimeSpan modelWait = default)
    {
        var directory = Directory.CreateTempSubdirectory("reverie-bench-").FullName;
        var target = Path.Combine(directory, kind == Reverie ? "data" : "floor.db");
        var wait = modelWait.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("dotnet", [typeof(ServerProcess).Assembly.Location, kind, target, wait]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment.Remove("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS");
        // As ./reverie runs: see Reverie.Cli.csproj. The numbers are hexadecimal.
        if (kind == Reverie)
        {
            start.Environment["DOTNET_TieredPGO"] = "1";
            start.Environment["DOTNET_TC_QuickJitForLoops"] = "0";
            start.Environment["DOTNET_gcConcurrent"] = "0";
            start.Environment["DOTNET_GCgen0MaxBudget"] = "800000";
            start.Environment["DOTNET_GCLOHThreshold"] = "2000000";
        }
        // The collector that a web project has unless it asks for another.
        else
        {
            start.Environment["DOTNET_gcServer"] = "1";
        }
        var process = Process.Start(start)!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (Listening().Match(line) is { Success: true } match) return new ServerProcess(process, directory, new Uri(match.Groups[1].Value));
        }
        throw new InvalidOperationException($"{kind} did not start.");
    }

    /// <summary>Has the process collect its garbage.</summary>
    /// <returns>The bytes that live.</returns>
    public async Task<long> CollectAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        return long.Parse((await _process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>The other end of <see cref="CollectAsync"/>; returns when the bench is gone.</summary>
    public static void CollectWhenTold()
    {
        while (Console.ReadLine() is not null)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            Console.WriteLine(GC.GetTotalMemory(forceFullCollection: true));
        }
    }

    private long Figure(string file, string name)
    {
        foreach (var line in File.ReadLines($"/proc/{_process.Id}/{file}"))
        {
            if (line.StartsWith(name + ':', StringComparison.Ordinal)) return long.Parse(line.AsSpan(name.Length + 1).TrimEnd("kB "), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
        }
        throw new InvalidOperationException($"/proc has no {name}.");
    }

    [GeneratedRegex(@"^Listening on (http://[^\s,]+)")]
    private static partial Regex Listening();
}
