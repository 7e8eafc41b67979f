using System.Diagnostics;
using System.Globalization;

namespace Reverie.Bench.Hands;

/// <summary>Measures and prints.</summary>
internal static class Report
{
    private const int Starts = 20;
    private const string True = """{"command":"true"}""";

    private static readonly string[] Bare = ["/usr/bin/bwrap", "--unshare-all", "--die-with-parent", "--ro-bind", "/", "/", "/bin/true"];

    public static async Task WriteAsync(Workshop workshop, int calls)
    {
        var (plain, small, large) = (await workshop.BeginAsync(0), await workshop.BeginAsync(200), await workshop.BeginAsync(2_000));
        (string Name, Func<Task> Work)[] rows =
        [
            ("/bin/true, a process", () => RunAsync("/bin/true")),
            ("bwrap … true", () => RunAsync(Bare)),
            ("bash: true", () => workshop.CallAsync(plain, "bash", True)),
            ("bash: /bin/true", () => workshop.CallAsync(plain, "bash", """{"command":"/bin/true"}""")),
            ("bash: true, 200 memories mounted", () => workshop.CallAsync(small, "bash", True)),
            ("bash: true, 2,000 memories mounted", () => workshop.CallAsync(large, "bash", True)),
            ("read of a small file", () => workshop.CallAsync(plain, "read", """{"file_path":"/workspace/small"}""")),
        ];
        await workshop.CallAsync(plain, "write", """{"file_path":"/workspace/small","content":"small\n"}""");
        foreach (var (_, work) in rows) for (var i = 0; i < 10; i++) await work();

        // In turn, so that a busy moment meets all alike.
        var times = rows.Select(static _ => new List<double>()).ToList();
        for (var i = 0; i < calls; i++)
        {
            foreach (var (row, (_, work)) in rows.Index()) times[row].Add(await TimeAsync(work));
        }
        Console.WriteLine($"{"ms",-40}{"p50",8}{"p95",8}");
        foreach (var (row, (name, _)) in rows.Index()) Print(name, times[row]);

        var before = ProportionalMebibytes();
        var starts = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            var session = await workshop.BeginAsync(0);
            starts.Add(await TimeAsync(() => workshop.CallAsync(session, "bash", True)));
        }
        Print("first bash of a session", starts);
        Console.WriteLine($"{"MiB of an open sandbox's processes",-40}{(ProportionalMebibytes() - before) / Starts,8:0.0}");
    }

    private static void Print(string name, List<double> times)
    {
        times.Sort();
        Console.WriteLine($"{name,-40}{times[times.Count / 2],8:0.00}{times[times.Count * 95 / 100],8:0.00}");
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var began = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false })!;
        await process.WaitForExitAsync();
    }

    /// <summary>Memory of every process below this one, what they share counted in parts.</summary>
    private static double ProportionalMebibytes()
    {
        var parents = new Dictionary<int, int>();
        foreach (var id in Directory.EnumerateDirectories("/proc").Select(static d => int.TryParse(Path.GetFileName(d), out var id) ? id : 0).Where(static id => id > 0))
        {
            if (Lines($"/proc/{id}/status").FirstOrDefault(static l => l.StartsWith("PPid:", StringComparison.Ordinal)) is { } line) parents[id] = int.Parse(line[5..], CultureInfo.InvariantCulture);
        }
        return parents.Keys.Where(IsBelow).Sum(static id => Lines($"/proc/{id}/smaps_rollup").Where(static l => l.StartsWith("Pss:", StringComparison.Ordinal)).Sum(static l => double.Parse(l[4..].Replace("kB", ""), CultureInfo.InvariantCulture))) / 1024;

        bool IsBelow(int id)
        {
            while (parents.TryGetValue(id, out id))
            {
                if (id == Environment.ProcessId) return true;
            }
            return false;
        }
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The process has ended.
            return [];
        }
    }
}
