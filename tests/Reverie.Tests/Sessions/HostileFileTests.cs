using System.Text;
using Reverie.Sessions;
using static Reverie.Tests.Sessions.Files;

namespace Reverie.Tests.Sessions;

/// <summary>Random damage to valid files of every format: reading them ends, and fails in one way only.</summary>
public sealed class HostileFileTests : IDisposable
{
    private const int Seed = 20261121;
    private const int RoundsPerFile = 120;
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _temporary = new();

    public void Dispose() => _temporary.Dispose();

    public static TheoryData<string> Samples =>
    [
        "tau-bench/gpt-4o-airline.3-trajectories.json", "tau2-bench/gpt-4.1_retail.2-simulations.json",
        "swe-agent/function_calling_simple.traj", "claude-code/edge_cases.jsonl", "claude-code/real-session-excerpt.jsonl",
        "claude-code/sample_session.web-export.json", "own", "own.gz",
    ];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Damaged_bytes_never_do_more_than_fail_clearly(string sample)
    {
        var own = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 30).Select(index => Line($"s{index}", @"caf\u00e9 \ud83c\udf89 中"))));
        var whole = sample switch { "own" => own, "own.gz" => Gzip(own), _ => File.ReadAllBytes(Fixture(sample)) };
        var random = new Random(Seed);
        var formats = Enum.GetValues<TranscriptFormat>();
        using var patience = new CancellationTokenSource(PatienceMax, TimeProvider.System);
        for (var round = 0; round < RoundsPerFile; round++)
        {
            var file = _temporary.Write("damaged", Damage(whole, random));
            var options = new TranscriptReadOptions
            {
                Format = round % 3 == 0 ? formats[random.Next(formats.Length)] : TranscriptFormat.Auto,
                SkipBad = round % 2 == 0,
                Parallelism = 1 + round % 3,
            };
            try
            {
                await foreach (var session in TranscriptFiles.ReadAsync([file], options, new(), patience.Token))
                {
                    foreach (var found in session.Events) _ = (found.Text, found.ToolUseId, found.ProcessedAt, found.ToolName, found.Input?.ToString());
                    session.Dispose();
                }
            }
            catch (TranscriptFileException error)
            {
                Assert.False(options.SkipBad, $"seed {Seed}, round {round}: threw although bad ones are skipped: {error.Message}");
                Assert.StartsWith(file, error.Message);
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {Seed}, round {round}, format {options.Format}: {error}");
            }
        }
    }

    private static byte[] Damage(byte[] whole, Random random)
    {
        var bytes = whole.ToList();
        for (var count = random.Next(1, 6); count > 0 && bytes.Count > 8; count--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length + 1), length)); break;
                case 3: bytes.RemoveRange(at, bytes.Count - at); break;
                case 4: bytes.InsertRange(at, "\"]}{[,:\\\n"u8.ToArray()[random.Next(9)] is var one ? [one] : []); break;
                default: bytes.InsertRange(at, Encoding.UTF8.GetBytes(@"\ud800")); break;
            }
        }
        return [.. bytes];
    }
}
