using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Cli.Server;
using Reverie.Cli.Terminal;
using Reverie.Dreams;

namespace Reverie.Cli.Schedules;

/// <summary><c>reverie schedules create</c>.</summary>
internal static class ScheduleCreation
{
    public static Command Create(CliContext context)
    {
        var name = new Option<string>("--name") { Description = "What people call it", HelpName = "NAME", Required = true };
        var store = new Option<string>("--store") { Description = "The memory store to dream over", HelpName = "MEMSTORE", Required = true };
        var cron = new Option<string?>("--cron") { Description = "At these moments: minute, hour, day of month, month, day of week", HelpName = "EXPRESSION" };
        var timezone = new Option<string>("--timezone") { Description = "On the clock of this IANA zone", HelpName = "ZONE", DefaultValueFactory = static _ => "UTC" };
        var ended = new Option<int?>("--after-sessions") { Description = "When so many sessions that are new to the store have ended", HelpName = "N" };
        var quiet = new Option<int?>("--quiet") { Description = "Seconds without an event until a session has ended (default: 300)", HelpName = "SECONDS" };
        var growth = new Option<int?>("--after-memories") { Description = "When the store has grown by so many memories", HelpName = "N" };
        var bytes = new Option<int?>("--after-bytes") { Description = "When the store has grown by so many bytes", HelpName = "N" };
        var filter = new Option<string?>("--filter") { Description = "A session filter as JSON, or @FILE with one (default: the newest 1,000 sessions)", HelpName = "JSON" };
        var model = new Option<string>("--model") { Description = "What dreams", HelpName = "MODEL", DefaultValueFactory = static _ => DreamRunner.LocalModel };
        var tokens = new Option<long?>("--max-tokens") { Description = "Most tokens each dream may use", HelpName = "N" };
        var cost = new Option<decimal?>("--max-cost") { Description = "Most US dollars each dream may cost", HelpName = "USD" };
        var share = new Option<decimal?>("--attacker-share") { Description = "Share of the sessions that one attacker may control, 0 to 0.5: what no more bear out is proposed", HelpName = "SHARE" };
        var instructions = new Option<string?>("--instructions") { Description = "Steering text", HelpName = "TEXT" };
        var mode = new Option<string>("--mode") { Description = "auto, or review to leave every change proposed", DefaultValueFactory = static _ => "auto" };
        mode.AcceptOnlyFromAmong("auto", "review");
        var copies = new Option<bool>("--to-copy") { Description = "Write each dream to a new copy of the store instead of the store" };
        var data = ServeCommand.DataOption();
        var command = new ExampledCommand("create", "Make a schedule. Without a trigger it runs only when asked.",
            "reverie schedules create --name nightly --store memstore_… --cron \"0 3 * * *\" --timezone Europe/Berlin",
            "reverie schedules create --name \"after work\" --store memstore_… --after-sessions 5 --quiet 600 --filter '{\"agents\":[\"reviewer\"]}'")
        { name, store, cron, timezone, ended, quiet, growth, bytes, filter, model, tokens, cost, share, instructions, mode, copies, data };
        command.IsInterruptible = true;
        command.SetAction((parsed, cancellationToken) =>
        {
            var schedule = new JsonObject
            {
                ["name"] = parsed.GetRequiredValue(name),
                ["memory_store_id"] = parsed.GetRequiredValue(store),
                ["model"] = parsed.GetRequiredValue(model),
                ["mode"] = parsed.GetRequiredValue(mode),
                ["output_behavior"] = new JsonObject { ["type"] = parsed.GetValue(copies) ? "create_new" : "update_existing" },
                ["trigger"] = Trigger(parsed.GetValue(cron), parsed.GetRequiredValue(timezone), parsed.GetValue(ended), parsed.GetValue(quiet), parsed.GetValue(growth), parsed.GetValue(bytes)),
            };
            if (parsed.GetValue(instructions) is { } told) schedule["instructions"] = told;
            if (parsed.GetValue(tokens) is { } tokensMax) schedule["max_tokens"] = tokensMax;
            if (parsed.GetValue(cost) is { } costMax) schedule["max_cost"] = costMax;
            if (parsed.GetValue(share) is { } attackers) schedule["attacker_share"] = attackers;
            if (parsed.GetValue(filter) is { } chosen) schedule["sessions"] = Filter(chosen);
            return SchedulesCommand.PostAsync(context, parsed.GetRequiredValue(data), schedule, cancellationToken);
        });
        return command;
    }

    private static JsonObject Trigger(string? cron, string timezone, int? ended, int? quiet, int? memories, int? bytes)
    {
        var triggers = new List<JsonObject>();
        if (cron is not null) triggers.Add(new JsonObject { ["type"] = "cron", ["expression"] = cron, ["timezone"] = timezone });
        if (ended is not null) triggers.Add(new JsonObject { ["type"] = "session_end", ["min_new_sessions"] = ended, ["quiet_seconds"] = quiet });
        else if (quiet is not null) throw new BadInputException("--quiet goes with --after-sessions");
        if (memories is not null || bytes is not null) triggers.Add(new JsonObject { ["type"] = "store_growth", ["memories_added"] = memories, ["bytes_added"] = bytes });
        return triggers switch
        {
            [] => new JsonObject { ["type"] = "manual" },
            [var one] => one,
            _ => throw new BadInputException("a schedule has one trigger: give --cron, --after-sessions, or --after-memories and --after-bytes; make a schedule for each"),
        };
    }

    private static JsonNode Filter(string text)
    {
        try
        {
            return JsonNode.Parse(text.StartsWith('@') ? File.ReadAllText(text[1..]) : text) as JsonObject ?? throw new BadInputException("--filter must be a JSON object");
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--filter cannot be read: {error.Message}", error);
        }
    }
}
