using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Reverie.Bench.Server;

/// <summary>A server in a process of its own, with a directory of its own that goes with it.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    /// <summary>The key every request is sent with.</summary>
    public const string Secret = "sk-reverie-of-the-benchmark";

    private readonly Process _process;

    private ServerProcess(Process process, string directory, Uri address)
    {
        _process = process;
        Directory = directory;
        Address = address;
    }

    public string Directory { get; }

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

    /// <summary><c>reverie serve</c>.</summary>
    public static ServerProcess StartReverie(string? postgres)
    {
        var directory = NewDirectory();
        var start = Dotnet("Reverie.Cli.dll", "serve", "--urls", "http://127.0.0.1:0", "--data", directory);
        start.Environment["REVERIE_API_KEY"] = Secret;
        // As ./reverie starts it.
        start.Environment["DOTNET_TieredPGO"] = "1";
        if (postgres is not null) start.Environment["REVERIE_DATABASE"] = postgres;
        return Start(start, directory);
    }

    public static ServerProcess StartBare() => Start(AsWebProject(Dotnet(Self, ReferenceServers.Bare)), NewDirectory());

    public static ServerProcess StartFloor()
    {
        var directory = NewDirectory();
        return Start(AsWebProject(Dotnet(Self, ReferenceServers.Floor, Path.Combine(directory, "floor.db"))), directory);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static string Self => Path.GetFileName(typeof(ServerProcess).Assembly.Location);

    private static string NewDirectory() => System.IO.Directory.CreateTempSubdirectory("reverie-bench-").FullName;

    private static ProcessStartInfo Dotnet(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment.Remove("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS");
        start.Environment.Remove("REVERIE_DATABASE");
        return start;
    }

    /// <summary>The collector that a web project has unless it asks for another.</summary>
    private static ProcessStartInfo AsWebProject(ProcessStartInfo start)
    {
        start.Environment["DOTNET_gcServer"] = "1";
        return start;
    }

    private static ServerProcess Start(ProcessStartInfo start, string directory)
    {
        var process = Process.Start(start)!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (Listening().Match(line) is { Success: true } match) return new ServerProcess(process, directory, new Uri(match.Groups[1].Value));
        }
        throw new InvalidOperationException($"{string.Join(' ', start.ArgumentList)} did not start.");
    }

    [GeneratedRegex(@"^Listening on (http://[^\s,]+)")]
    private static partial Regex Listening();
}
