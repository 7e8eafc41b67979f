using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Reverie.Dreaming;
using Reverie.Dreams;
using Reverie.Sessions;

namespace Reverie.Bench;

/// <summary>The work itself. Runs in a process of its own, so that no run warms up or burdens another.</summary>
internal static class Measure
{
    private const string Flag = "--measure";

    public static bool IsAsked(string[] args) => args is [Flag, ..];

    /// <summary>The arguments that make a child do <paramref name="work"/>.</summary>
    public static IEnumerable<string> Arguments(string work, int threads, IEnumerable<string> files) =>
        [Flag, work, threads.ToString(CultureInfo.InvariantCulture), .. files];

    public static async Task<int> RunAsync(string[] args)
    {
        string[] files = args[3..];
        var started = TimeProvider.System.GetTimestamp();
        var (sessions, events, bytes) = args[1] == "floor" ? await FloorAsync(files) : await DreamAsync(files, int.Parse(args[2], CultureInfo.InvariantCulture));
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(new Figures(seconds, self.TotalProcessorTime.TotalSeconds, sessions, events, bytes, self.PeakWorkingSet64)));
        return 0;
    }

    /// <summary>The least any reader of these files does: decompress, split into lines, parse each line as JSON.</summary>
    private static async Task<(long Sessions, long Events, long Bytes)> FloorAsync(string[] files)
    {
        long sessions = 0, events = 0, bytes = 0;
        var buffer = new byte[64 * 1024 * 1024];
        foreach (var file in files)
        {
            await using var text = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
            int held = 0, count;
            while ((count = text.Read(buffer, held, Math.Min(256 * 1024, buffer.Length - held))) > 0)
            {
                bytes += count;
                held += count;
                var start = 0;
                for (int length; (length = buffer.AsSpan(start, held - start).IndexOf((byte)'\n')) >= 0; start += length + 1)
                {
                    using var session = JsonDocument.Parse(buffer.AsMemory(start, length));
                    sessions++;
                    events += session.RootElement.GetProperty("events").GetArrayLength();
                }
                buffer.AsSpan(start, held - start).CopyTo(buffer);
                held -= start;
            }
        }
        return (sessions, events, bytes);
    }

    /// <summary>A whole dream over an empty memory; nothing is written.</summary>
    private static async Task<(long Sessions, long Events, long Bytes)> DreamAsync(string[] files, int threads)
    {
        var tally = new TranscriptReadTally();
        var sessions = TranscriptFiles.ReadAsync(files, new TranscriptReadOptions { Parallelism = threads }, tally, CancellationToken.None);
        var dream = await new DreamRunner(TimeProvider.System).RunAsync(sessions, MemoryTree.Empty, new DreamOptions { Parallelism = threads }, null, CancellationToken.None);
        return (dream.Report.Inputs.Sessions, dream.Report.Inputs.Events, tally.TextBytes);
    }
}
