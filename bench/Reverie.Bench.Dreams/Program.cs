using System.Globalization;

namespace Reverie.Bench.Dreams;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var repository = FindRepository();
        var (sessions, data, mode) = (10_000, Path.Combine(repository, "samples"), "good");
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            if (args[i] == "--sessions" && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) sessions = number;
            else if (args[i] == "--data") data = args[i + 1];
            else if (args[i] == "--mode") mode = args[i + 1];
            else args = [""];
        }
        if (args.Length % 2 != 0 || sessions is < 1 or > 10_000 || !Directory.Exists(data))
        {
            await Console.Error.WriteLineAsync("usage: [--sessions 1…10000] [--data DIR] [--mode good|sloppy|wrong|over-long|injected|malformed]");
            return 2;
        }
        var directory = Directory.CreateTempSubdirectory("reverie-bench-").FullName;
        try
        {
            return await KilledDream.RunAsync(repository, directory, data, sessions, mode);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string FindRepository()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "Reverie.slnx"))) return directory.FullName;
        throw new InvalidOperationException("The program does not lie in a checkout.");
    }
}
