using System.Text.Json;
using Reverie.Cli.Running;

namespace Reverie.Cli.Schedules;

/// <summary>Waits for a run of a schedule.</summary>
internal static class ScheduleRuns
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>The run, once it is over.</summary>
    public static async Task<JsonElement> EndedAsync(Api api, string runs, string id, TimeProvider clock, CancellationToken cancellationToken)
    {
        while (true)
        {
            await foreach (var run in api.ListAsync($"{runs}?limit=100", cancellationToken))
            {
                if (run.GetProperty("id").GetString() != id) continue;
                if (run.GetProperty("ended_at").ValueKind != JsonValueKind.Null) return run;
                break;
            }
            await Task.Delay(LookEvery, clock, cancellationToken);
        }
    }
}
