using System.Globalization;
using System.Text.Json;
using Reverie.Cli.Terminal;

namespace Reverie.Cli.Schedules;

/// <summary>Schedules and runs as lines to read. What strangers named stays on its line.</summary>
internal static class ScheduleText
{
    private const int NameCharsShown = 32;

    public static string Id(JsonElement item) => Text(item, "id");

    public static string Line(JsonElement schedule)
    {
        var state = IsSet(schedule, "archived_at") ? "archived" : IsSet(schedule, "alarm") ? "alarm" : Text(schedule, "status");
        return $"{Id(schedule)}  {state,-8}  {PlainText.Line(Text(schedule, "name"), NameCharsShown)}  {Trigger(schedule.GetProperty("trigger"))}";
    }

    public static IReadOnlyList<string> Show(JsonElement schedule)
    {
        var lines = new List<string> { Line(schedule), $"  store      {Text(schedule, "memory_store_id")}, {Text(schedule.GetProperty("output_behavior"), "type")}, mode {Text(schedule, "mode")}, model {PlainText.Line(Text(schedule.GetProperty("model"), "id"))}" };
        if (IsSet(schedule, "instructions")) lines.Add($"  told       {PlainText.Line(Text(schedule, "instructions"))}");
        lines.Add($"  last run   {(IsSet(schedule, "last_run_at") ? Time(schedule, "last_run_at") : "never")}");
        lines.AddRange(schedule.GetProperty("upcoming_runs_at").EnumerateArray().Select(static m => $"  next       {Written(m)}"));
        if (schedule.GetProperty("paused_reason") is { ValueKind: JsonValueKind.Object } paused && paused.GetProperty("error") is { ValueKind: JsonValueKind.Object } error) lines.Add($"  paused by  {PlainText.Line(Text(error, "type"))}");
        if (schedule.GetProperty("alarm") is { ValueKind: JsonValueKind.Object } alarm) lines.Add($"  alarm      {PlainText.Line(Text(alarm, "reason"))}, since {Time(alarm, "since")}");
        return lines;
    }

    public static IReadOnlyList<string> Run(JsonElement run)
    {
        var what = Text(run, "status") switch
        {
            "skipped" => PlainText.Line(Text(run, "reason")),
            "failed" => PlainText.Line(Text(run.GetProperty("error"), "message")),
            _ => $"{Text(run, "dream_id")} over {run.GetProperty("sessions")} sessions, {run.GetProperty("new_sessions")} new",
        };
        var lines = new List<string> { $"{Time(run, "created_at")}  {Text(run.GetProperty("trigger"), "type"),-12}  {Text(run, "status"),-9}  {what}" };
        if (run.GetProperty("changes") is { ValueKind: JsonValueKind.Object } changes)
            lines.Add($"  {changes.GetProperty("applied")} applied, {changes.GetProperty("proposed")} proposed, {changes.GetProperty("quarantined")} quarantined");
        return lines;
    }

    private static string Trigger(JsonElement trigger) => Text(trigger, "type") switch
    {
        "cron" => $"at {Text(trigger, "expression")} in {Text(trigger, "timezone")}",
        "session_end" => $"when {trigger.GetProperty("min_new_sessions")} sessions have ended and been quiet for {trigger.GetProperty("quiet_seconds")} s",
        "store_growth" => $"when the store has grown by {string.Join(" or ", Thresholds(trigger))}",
        _ => "when asked",
    };

    private static IEnumerable<string> Thresholds(JsonElement growth)
    {
        if (IsSet(growth, "memories_added")) yield return $"{growth.GetProperty("memories_added")} memories";
        if (IsSet(growth, "bytes_added")) yield return $"{growth.GetProperty("bytes_added")} bytes";
    }

    private static string Time(JsonElement item, string name) => Written(item.GetProperty(name));

    private static string Written(JsonElement time) => time.GetDateTimeOffset().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static bool IsSet(JsonElement item, string name) => item.GetProperty(name).ValueKind != JsonValueKind.Null;

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString() ?? "";
}
