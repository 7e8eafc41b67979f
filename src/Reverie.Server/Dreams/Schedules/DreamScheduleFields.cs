using Reverie.Dreams.Schedules;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Scheduling;
using Reverie.Server.Dreams.Selection;
using Reverie.Server.Http;

namespace Reverie.Server.Dreams.Schedules;

/// <summary>Reads what a request says of a dream schedule. What is wrong is noted in the body.</summary>
internal static class DreamScheduleFields
{
    public const int NameCharsMax = 256;
    public const int InstructionsCharsMax = 4096;
    public const int NoOpAlarmAfterMax = 100;

    /// <summary>Thirty days.</summary>
    public const int QuietSecondsMax = 2_592_000;

    public const int DefaultQuietSeconds = 300;
    public const int DefaultMinNewSessions = 5;
    private const int DefaultNoOpAlarmAfter = 3;
    private const int MinNewSessionsMax = 10_000;
    private const string UpdateExisting = "update_existing";

    public static readonly string[] Names = ["name", "memory_store_id", "sessions", "trigger", "model", "max_tokens", "max_cost", "attacker_share", "instructions", "mode", "output_behavior", "no_op_alarm_after"];

    /// <summary>Null when something is wrong with it.</summary>
    public static DreamSchedule? ReadNew(JsonBody body, DateTimeOffset now)
    {
        var root = JsonPart.Of(body);
        var caps = DreamCapsBody.Read(body);
        var store = ReadStore(root);
        var sessions = root.Has("sessions") ? ReadSessions(root, store) : SessionFilterFields.Default;
        var trigger = ReadTrigger(root, now);
        if (!root.Has("trigger")) root.Problem("trigger", "is required: an object of the type cron, session_end, store_growth or manual");
        var schedule = new DreamSchedule
        {
            Id = default,
            Name = ReadName(root, isRequired: true) ?? "",
            MemoryStoreId = store ?? default,
            Sessions = sessions ?? null!,
            Trigger = trigger ?? new ManualTrigger(),
            Model = new DreamModel(DreamEndpoints.ReadModel(body) ?? ""),
            MaxTokens = caps.TokensMax,
            MaxCost = caps.CostMax,
            AttackerShare = DreamCapsBody.ReadAttackerShare(body),
            Instructions = ReadInstructions(root),
            Mode = root.OneOf("mode", false, "auto", "review") ?? "auto",
            OutputBehavior = root.Has("output_behavior") ? ReadOutput(root, store) : new OutputBehavior.ToExistingStore(store ?? default),
            NoOpAlarmAfter = root.Number("no_op_alarm_after", 1, NoOpAlarmAfterMax) ?? DefaultNoOpAlarmAfter,
            Status = DreamScheduleRow.Active,
            PausedReason = null,
            LastRunAt = null,
            UpcomingRunsAt = [],
            Alarm = null,
            CreatedAt = default,
            UpdatedAt = default,
            ArchivedAt = null,
        };
        return body.IsWrong ? null : schedule;
    }

    /// <summary>The schedule with what the request sets; to be used only when nothing was noted.</summary>
    public static DreamSchedule ReadUpdate(JsonBody body, DreamSchedule before, DateTimeOffset now)
    {
        var root = JsonPart.Of(body);
        var caps = DreamCapsBody.Read(body);
        if (root.Has("memory_store_id") && ReadStore(root) != before.MemoryStoreId) root.Problem("memory_store_id", "cannot be changed; make another schedule");
        return before with
        {
            Name = ReadName(root, isRequired: false) ?? before.Name,
            Sessions = (root.Has("sessions") ? ReadSessions(root, before.MemoryStoreId) : null) ?? before.Sessions,
            Trigger = ReadTrigger(root, now) ?? before.Trigger,
            Model = root.Has("model") ? new DreamModel(DreamEndpoints.ReadModel(body) ?? "") : before.Model,
            MaxTokens = root.IsSent("max_tokens") ? caps.TokensMax : before.MaxTokens,
            MaxCost = root.IsSent("max_cost") ? caps.CostMax : before.MaxCost,
            AttackerShare = root.IsSent("attacker_share") ? DreamCapsBody.ReadAttackerShare(body) : before.AttackerShare,
            Instructions = root.IsSent("instructions") ? ReadInstructions(root) : before.Instructions,
            Mode = root.OneOf("mode", false, "auto", "review") ?? before.Mode,
            OutputBehavior = root.Has("output_behavior") ? ReadOutput(root, before.MemoryStoreId) : before.OutputBehavior,
            NoOpAlarmAfter = root.Number("no_op_alarm_after", 1, NoOpAlarmAfterMax) ?? before.NoOpAlarmAfter,
        };
    }

    private static string? ReadName(JsonPart root, bool isRequired)
    {
        var name = root.Text("name", isRequired, 1, NameCharsMax);
        if (name is not null && name.Any(char.IsControl)) root.Problem("name", "must not contain control characters");
        return name;
    }

    private static string? ReadInstructions(JsonPart root) => root.Text("instructions", false, 1, InstructionsCharsMax);

    private static Id<MemoryStore>? ReadStore(JsonPart root)
    {
        if (root.Text("memory_store_id", true, 1, NameCharsMax) is not { } text) return null;
        if (Id<MemoryStore>.TryParse(text, out var id)) return id;
        root.Problem("memory_store_id", $"must be an id that begins with {MemoryStore.IdPrefix}_, not {ApiException.Quoted(text)}");
        return null;
    }

    private static DreamSessionFilter? ReadSessions(JsonPart root, Id<MemoryStore>? store)
    {
        if (root.Object("sessions") is not { } part) return null;
        var filter = SessionFilterFields.Read(part);
        if (filter.NotDreamtByStore is { } other && store is { } own && other != own.Value) part.Problem("not_dreamt_by_store", "must be the store of the schedule");
        return filter;
    }

    /// <summary>Null when there is none, or something is wrong with it.</summary>
    private static DreamTrigger? ReadTrigger(JsonPart root, DateTimeOffset now)
    {
        if (root.Object("trigger") is not { } part) return null;
        switch (part.OneOf("type", true, CronTrigger.TypeName, SessionEndTrigger.TypeName, StoreGrowthTrigger.TypeName, ManualTrigger.TypeName))
        {
            case CronTrigger.TypeName:
                return ReadCron(part.Knows("type", "expression", "timezone"), now);
            case SessionEndTrigger.TypeName:
                part.Knows("type", "quiet_seconds", "min_new_sessions", "min_new_events");
                return new SessionEndTrigger(part.Number("quiet_seconds", 0, QuietSecondsMax) ?? DefaultQuietSeconds, part.Number("min_new_sessions", 1, MinNewSessionsMax) ?? DefaultMinNewSessions,
                    part.Number("min_new_events", 0, int.MaxValue) ?? 0);
            case StoreGrowthTrigger.TypeName:
                part.Knows("type", "memories_added", "bytes_added");
                var growth = new StoreGrowthTrigger(part.Number("memories_added", 1, MemoryLimits.MemoriesMax), part.Number("bytes_added", 1, int.MaxValue));
                if (growth is { MemoriesAdded: null, BytesAdded: null } && !part.IsBodyWrong) root.Problem("trigger", "must have memories_added or bytes_added");
                return growth;
            case ManualTrigger.TypeName:
                part.Knows("type");
                return new ManualTrigger();
            default:
                return null;
        }
    }

    private static CronTrigger? ReadCron(JsonPart part, DateTimeOffset now)
    {
        var (expression, timezone) = (part.Text("expression", true, 1, CronSchedule.ExpressionCharsMax), part.Text("timezone", true, 1, CronSchedule.TimezoneCharsMax));
        if (expression is null || timezone is null) return null;
        if (CronSchedule.Parse(expression, timezone, now, out var wrongExpression, out var wrongTimezone) is not null) return new CronTrigger(expression, timezone);
        if (wrongExpression is not null) part.Problem("expression", wrongExpression);
        if (wrongTimezone is not null) part.Problem("timezone", wrongTimezone);
        return null;
    }

    private static OutputBehavior ReadOutput(JsonPart root, Id<MemoryStore>? store)
    {
        if (root.Object("output_behavior") is not { } part) return new OutputBehavior.ToNewStore();
        part.Knows("type", "memory_store_id");
        if (part.OneOf("type", true, "create_new", UpdateExisting) != UpdateExisting) return new OutputBehavior.ToNewStore();
        if (part.Text("memory_store_id", false, 1, NameCharsMax) is { } target && store is { } own && target != own.Value) part.Problem("memory_store_id", "must be the store of the schedule");
        return new OutputBehavior.ToExistingStore(store ?? default);
    }
}
