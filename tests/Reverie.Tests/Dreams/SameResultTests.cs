using Reverie.Dreaming;
using Reverie.Memory;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Sessions;
using Reverie.Sessions;

namespace Reverie.Tests.Dreams;

/// <summary>The same sessions and memories give the same bytes, however they are read.</summary>
public sealed class SameResultTests
{
    private static readonly string Samples = FindSamples();

    [Theory]
    [InlineData("airline")]
    [InlineData("webshop")]
    public async Task Threads_do_not_show_in_the_result(string sample)
    {
        var (report, memory) = await DreamAsync(sample, threads: 1, Ordered);

        foreach (var threads in new[] { 2, 5 })
        {
            var (otherReport, otherMemory) = await DreamAsync(sample, threads, Ordered);
            Assert.Equal(report, otherReport);
            Assert.Equal(memory, otherMemory);
        }
    }

    [Theory]
    [InlineData("airline")]
    [InlineData("webshop")]
    public async Task The_order_of_sessions_does_not_show_in_the_result(string sample)
    {
        var (report, memory) = await DreamAsync(sample, threads: 1, Ordered);

        foreach (var seed in new[] { 1, 2 })
        {
            var (otherReport, otherMemory) = await DreamAsync(sample, threads: 2, files => Shuffled(files, seed));
            Assert.Equal(report, otherReport);
            Assert.Equal(memory, otherMemory);
        }
    }

    [Fact]
    public async Task The_order_of_files_does_not_show_in_the_result()
    {
        var (report, memory) = await DreamAsync("", threads: 2, Ordered, "airline", "webshop");
        var (otherReport, otherMemory) = await DreamAsync("", threads: 2, Ordered, "webshop", "airline");

        Assert.Equal(report, otherReport);
        Assert.Equal(memory, otherMemory);
    }

    private static async Task<(string Report, IReadOnlyDictionary<string, string> Memory)> DreamAsync(
        string memory, int threads, Func<IReadOnlyList<string>, IAsyncEnumerable<SessionTranscript>> read, params string[] samples)
    {
        var files = (samples.Length == 0 ? [memory] : samples).SelectMany(static s => Directory.GetFiles(Path.Combine(Samples, s), "*.sessions.jsonl.gz")).ToList();
        var before = memory.Length == 0 ? MemoryTree.Empty : MemoryDirectory.Load(Path.Combine(Samples, memory, "memory"));
        var dream = await new Dreamer(new DreamOptions { Parallelism = threads }).DreamAsync(read(files), before, null, TestContext.Current.CancellationToken);
        return (System.Text.Encoding.UTF8.GetString(DreamReportJson.Write(dream.Report)), dream.Memory.Texts);
    }

    private static IAsyncEnumerable<SessionTranscript> Ordered(IReadOnlyList<string> files) =>
        TranscriptFiles.ReadAsync(files, new TranscriptReadOptions(), new TranscriptReadTally(), TestContext.Current.CancellationToken);

    private static async IAsyncEnumerable<SessionTranscript> Shuffled(IReadOnlyList<string> files, int seed)
    {
        var sessions = new List<SessionTranscript>();
        await foreach (var session in Ordered(files)) sessions.Add(session);
        var dice = new Random(seed);
        for (var i = sessions.Count; i > 0; i--)
        {
            var taken = dice.Next(i);
            yield return sessions[taken];
            sessions[taken] = sessions[i - 1];
        }
    }

    private static string FindSamples()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "Reverie.slnx"))) return Path.Combine(directory.FullName, "samples");
        throw new InvalidOperationException("The tests do not lie in a checkout.");
    }
}
