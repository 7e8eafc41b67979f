using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Cli.Running;
using Reverie.Cli.Server;
using Reverie.Cli.Terminal;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;

namespace Reverie.Cli.Schedules;

/// <summary><c>reverie schedules</c>: when dreams run by themselves. All of it goes to the server on the data directory, or to one for as long as the command lasts.</summary>
internal static class SchedulesCommand
{
    private const string Path = "/v1/reverie/dream_schedules";
    private const int PageMax = 100;

    public static Command Create(CliContext context)
    {
        var command = new ExampledCommand("schedules", "Make, run, pause and look at the schedules by which dreams run.",
            "reverie schedules create --name nightly --store memstore_… --cron \"0 3 * * *\" --timezone Europe/Berlin", "reverie schedules list", "reverie schedules history dsch_…");
        command.Subcommands.Add(CreateList(context));
        command.Subcommands.Add(CreateOne(context, "show", "Show a schedule, its next moments and its alarm.", static (api, id, cancel) => api.GetAsync($"{Path}/{id}", cancel), ScheduleText.Show));
        command.Subcommands.Add(ScheduleCreation.Create(context));
        command.Subcommands.Add(CreateRun(context));
        command.Subcommands.Add(CreateOne(context, "pause", "Keep a schedule from running by itself.", static (api, id, cancel) => api.PostAsync($"{Path}/{id}/pause", null, cancel), static s => [$"{ScheduleText.Id(s)} is paused."]));
        command.Subcommands.Add(CreateOne(context, "resume", "Let a schedule run by itself again, from its next moment on.", static (api, id, cancel) => api.PostAsync($"{Path}/{id}/resume", null, cancel), static s => [$"{ScheduleText.Id(s)} is active."]));
        command.Subcommands.Add(CreateOne(context, "acknowledge", "Clear the alarm of a schedule; it counts anew.", static (api, id, cancel) => api.PostAsync($"{Path}/{id}/acknowledge", null, cancel), static s => [$"{ScheduleText.Id(s)} has no alarm."]));
        command.Subcommands.Add(CreateHistory(context));
        command.Subcommands.Add(CreateOne(context, "delete", "Remove a schedule with its history; its dreams stay.", static (api, id, cancel) => api.DeleteAsync($"{Path}/{id}", cancel), static s => [$"{ScheduleText.Id(s)} is deleted."]));
        return command;
    }

    /// <summary>Posts a new schedule.</summary>
    public static Task<int> PostAsync(CliContext context, string data, JsonObject schedule, CancellationToken cancellationToken) =>
        UseAsync(context, data, async (api, cancel) => [$"{ScheduleText.Id(await api.PostAsync(Path, schedule, cancel))} is made."], cancellationToken);

    private static ExampledCommand CreateList(CliContext context)
    {
        var archived = new Option<bool>("--archived") { Description = "Archived ones too" };
        var data = ServeCommand.DataOption();
        var command = new ExampledCommand("list", "List schedules, newest first.", "reverie schedules list") { archived, data };
        command.IsInterruptible = true;
        command.SetAction((parsed, cancellationToken) => UseAsync(context, parsed.GetRequiredValue(data), async (api, cancel) =>
        {
            var lines = new List<string>();
            await foreach (var schedule in api.ListAsync($"{Path}?limit={PageMax}{(parsed.GetValue(archived) ? "&include_archived=true" : "")}", cancel)) lines.Add(ScheduleText.Line(schedule));
            return lines.Count > 0 ? lines : ["There are no schedules; \"reverie schedules create --help\" shows how to make one."];
        }, cancellationToken));
        return command;
    }

    private static ExampledCommand CreateRun(CliContext context)
    {
        var (id, data) = (IdArgument(), ServeCommand.DataOption());
        var command = new ExampledCommand("run", "Run a schedule now, and stay until the run is over.", "reverie schedules run dsch_…") { id, data };
        command.IsInterruptible = true;
        command.SetAction((parsed, cancellationToken) =>
        {
            var schedule = CheckedId(parsed.GetRequiredValue(id));
            return UseAsync(context, parsed.GetRequiredValue(data), async (api, cancel) =>
            {
                var run = await api.PostAsync($"{Path}/{schedule}/run", null, cancel);
                return ScheduleText.Run(await ScheduleRuns.EndedAsync(api, $"{Path}/{schedule}/runs", run.GetProperty("id").GetString()!, context.Time, cancel));
            }, cancellationToken);
        });
        return command;
    }

    private static ExampledCommand CreateHistory(CliContext context)
    {
        var (id, data) = (IdArgument(), ServeCommand.DataOption());
        var limit = new Option<int>("--limit") { Description = $"How many, at most {PageMax}", HelpName = "N", DefaultValueFactory = static _ => 20 };
        limit.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > PageMax) result.AddError($"--limit must be 1 to {PageMax}");
        });
        var command = new ExampledCommand("history", "The runs of a schedule, newest first.", "reverie schedules history dsch_… --limit 5") { id, limit, data };
        command.IsInterruptible = true;
        command.SetAction((parsed, cancellationToken) =>
        {
            var schedule = CheckedId(parsed.GetRequiredValue(id));
            return UseAsync(context, parsed.GetRequiredValue(data), async (api, cancel) =>
            {
                var page = await api.GetAsync($"{Path}/{schedule}/runs?limit={parsed.GetValue(limit)}", cancel);
                string[] lines = [.. page.GetProperty("data").EnumerateArray().SelectMany(ScheduleText.Run)];
                return lines.Length > 0 ? lines : ["It has not run yet."];
            }, cancellationToken);
        });
        return command;
    }

    private static ExampledCommand CreateOne(CliContext context, string name, string description, Func<Api, string, CancellationToken, Task<JsonElement>> ask, Func<JsonElement, IReadOnlyList<string>> show)
    {
        var (id, data) = (IdArgument(), ServeCommand.DataOption());
        var command = new ExampledCommand(name, description, $"reverie schedules {name} dsch_…") { id, data };
        command.IsInterruptible = true;
        command.SetAction((parsed, cancellationToken) =>
        {
            var schedule = CheckedId(parsed.GetRequiredValue(id));
            return UseAsync(context, parsed.GetRequiredValue(data), async (api, cancel) => show(await ask(api, schedule, cancel)), cancellationToken);
        });
        return command;
    }

    /// <summary>Asks the server and prints what comes of it.</summary>
    private static Task<int> UseAsync(CliContext context, string data, Func<Api, CancellationToken, Task<IReadOnlyList<string>>> ask, CancellationToken cancellationToken) =>
        LocalServer.UseAsync(context, data, async (api, interrupts) =>
        {
            var screen = Screen.Out(context.Streams);
            foreach (var line in await ask(api, interrupts.Leaving)) screen.Line(PlainText.Escaped(line));
            return ExitCode.Ok;
        }, cancellationToken);

    private static Argument<string> IdArgument() => new("SCHEDULE") { Description = "The schedule's id, as \"reverie schedules list\" shows it" };

    private static string CheckedId(string text) =>
        Id<DreamSchedule>.TryParse(text, out var id) ? id.Value : throw new BadInputException($"\"{text}\" is no schedule id; it begins with dsch_, see \"reverie schedules list\"");
}
