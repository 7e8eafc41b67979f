using Reverie.Cli.Terminal;
using Reverie.Sessions;

namespace Reverie.Cli.Sessions;

/// <summary>What was left out while reading is never silent, whatever the output format.</summary>
internal static class TallyView
{
    public static void WriteLeftOut(CliContext context, TranscriptReadTally tally)
    {
        var error = context.Streams.Error;
        if (tally.Duplicates > 0) error.WriteLine($"{Sessions(tally.Duplicates)} came twice and counted once");
        if (tally.Skipped == 0) return;
        error.WriteLine($"{tally.Skipped} could not be read and {(tally.Skipped == 1 ? "was" : "were")} skipped:");
        foreach (var reason in tally.Reasons) error.WriteLine($"  {PlainText.Line(reason)}");
        if (tally.Skipped > tally.Reasons.Count) error.WriteLine($"  … {tally.Skipped - tally.Reasons.Count} more");
    }

    public static string Sessions(int count) => count == 1 ? "1 session" : $"{count} sessions";
}
