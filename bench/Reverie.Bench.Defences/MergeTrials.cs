using System.Globalization;
using Reverie.Dreaming;
using Reverie.Dreaming.Synthesis;
using Reverie.Protocol.Dreams;
using Reverie.Workplaces;

namespace Reverie.Bench.Defences;

/// <summary>Which merges take away something that no other entry said.</summary>
internal static class MergeTrials
{
    public static async Task RunAsync(int count)
    {
        int merges = 0, wrong = 0;
        foreach (var level in Enum.GetValues<Level>())
        {
            foreach (var world in Worlds.First(count, level))
            {
                var result = await Worlds.DreamAsync([], Worlds.MemoryOf(world), new DreamOptions());
                var sets = world.Items("duplicates").Select(static d => d.Node["members"]!.AsArray().Select(static m => (string)m!["text"]!).ToList()).ToList();
                foreach (var change in result.Report.Changes.Where(static c => c is { Kind: ChangeKind.Merge, Status: ChangeStatus.Applied }))
                {
                    merges++;
                    if (!change.Edits.SelectMany(static e => e.Delete.Split('\n').Except(e.Insert.Split('\n'), StringComparer.Ordinal)).Where(static l => l.Trim().Length > 0 && !l.StartsWith('#')).All(line => IsKeptElsewhere(line, sets, result.Memory))) wrong++;
                }
            }
        }
        var (low, high) = Statistics.ClopperPearson(wrong, merges);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{merges} merges, {wrong} wrong: {(merges == 0 ? 0 : 100.0 * wrong / merges):0.00} % (exact 95 % interval {low * 100:0.00} to {high * 100:0.00} %)"));
    }

    /// <summary>True when the line is one of a planted set of copies of which another one is still there.</summary>
    private static bool IsKeptElsewhere(string line, List<List<string>> sets, MemoryTree after) =>
        sets.Exists(set => set.Exists(text => line.Contains(text, StringComparison.Ordinal)) && set.Exists(text => after.Texts.Values.Any(t => t.Contains(text, StringComparison.Ordinal))));
}
