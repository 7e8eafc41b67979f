namespace Reverie.Bench.Defences;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var worlds = args.Length > 1 && int.TryParse(args[1], out var asked) && asked > 0 ? asked : 0;
        switch (args.FirstOrDefault())
        {
            case "attack":
                await AttackTrials.RunAsync(worlds == 0 ? 120 : worlds);
                return 0;
            case "merges":
                await MergeTrials.RunAsync(worlds == 0 ? 42 : worlds);
                return 0;
            default:
                await Console.Error.WriteLineAsync("usage: Reverie.Bench.Defences attack|merges [WORLDS]");
                return 2;
        }
    }
}
