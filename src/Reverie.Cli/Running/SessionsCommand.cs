using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Cli.Server;
using Reverie.Cli.Terminal;
using Reverie.Keys;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Turns;
using Reverie.Storage;

namespace Reverie.Cli.Running;

/// <summary><c>reverie sessions</c>: what ran and what runs. Reading needs no server and disturbs none.</summary>
internal static class SessionsCommand
{
    private const int ListedMax = 1_000;
    private const int PageMax = 1_000;

    /// <summary>How often the log is looked at while another process writes it.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    public static Command Create(CliContext context)
    {
        var command = new ExampledCommand("sessions", "List, show and follow sessions, answer what they ask, archive and delete them.",
            "reverie sessions list --status running", "reverie sessions show sesn_…", "reverie sessions tail sesn_… --follow", "reverie sessions confirm sesn_… --deny \"not on a Friday\"");
        command.Subcommands.Add(CreateList(context));
        command.Subcommands.Add(CreateShow(context));
        command.Subcommands.Add(CreateTail(context));
        command.Subcommands.Add(CreateConfirm(context));
        command.Subcommands.Add(CreateAnswer(context));
        command.Subcommands.Add(CreateEnd(context, "archive", "End a session for good; it can still be read.", static (api, id, cancel) => api.PostAsync($"/v1/sessions/{id}/archive", null, cancel), "archived"));
        command.Subcommands.Add(CreateEnd(context, "delete", "Remove a session with its events and files.", static (api, id, cancel) => api.DeleteAsync($"/v1/sessions/{id}", cancel), "deleted"));
        return command;
    }

    public static Option<string> FormatOption()
    {
        var format = new Option<string>("--format") { Description = "text to read, or json: one event a line", DefaultValueFactory = static _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        return format;
    }

    public static ISessionView View(CliContext context, string format) => format == "json" ? new JsonView(context.Streams) : new TextView(context.Streams);

    /// <summary>Sends events to a session and stays until it is idle.</summary>
    public static Task<int> SendAsync(CliContext context, string data, string session, ISessionView view, Func<IReadOnlyList<SessionLine>, IReadOnlyList<JsonObject>> events, CancellationToken cancellationToken)
    {
        var id = CheckedId(session).Value;
        return LocalServer.UseAsync(context, data, (api, interrupts) => new SessionDialog(context, api, id, data, view, interrupts).RunAsync(events), cancellationToken);
    }

    private static ExampledCommand CreateList(CliContext context)
    {
        var status = new Option<string?>("--status") { Description = "Only those that are idle, running, rescheduling or terminated", HelpName = "STATUS" };
        status.AcceptOnlyFromAmong([.. WireNames<SessionStatus>.All]);
        var limit = new Option<int>("--limit") { Description = $"How many, at most {ListedMax}", HelpName = "N", DefaultValueFactory = static _ => 20 };
        limit.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > ListedMax) result.AddError($"--limit must be 1 to {ListedMax}");
        });
        var archived = new Option<bool>("--archived") { Description = "Archived ones too" };
        var data = ServeCommand.DataOption();
        var command = new ExampledCommand("list", "List sessions, newest first.", "reverie sessions list", "reverie sessions list --status running --limit 5") { status, limit, archived, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = await OpenAsync(parsed.GetRequiredValue(data), cancellationToken);
            SessionStatus[] wanted = parsed.GetValue(status) is { } word ? [WireNames<SessionStatus>.Parse(word)] : [];
            var filter = new SessionFilter(TimeRange.All, parsed.GetValue(archived), wanted, null, null, null);
            var all = await database.ReadAsync(db => Sessions(context).ListAsync(db, ApiKeyRepository.DefaultWorkspace, filter, isAscending: false, null, parsed.GetValue(limit)), cancellationToken);
            var screen = Screen.Out(context.Streams);
            if (all.Count == 0) screen.Line("There are no such sessions.");
            foreach (var session in all)
            {
                var state = session.Waiting.Length > 0 && session.Status == SessionStatus.Idle ? "idle, asks" : WireNames<SessionStatus>.Of(session.Status);
                screen.Line(PlainText.Escaped($"{session.Id}  {session.CreatedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}  {state,-12}  {PlainText.Line(session.AgentName, 24)}  {PlainText.Line(session.Title ?? "", 60)}".TrimEnd()));
            }
            return ExitCode.Ok;
        });
        return command;
    }

    private static ExampledCommand CreateShow(CliContext context)
    {
        var (id, format, data) = (IdArgument(), FormatOption(), ServeCommand.DataOption());
        var command = new ExampledCommand("show", "Show what happened in a session.", "reverie sessions show sesn_…", "reverie sessions show sesn_… --format json") { id, format, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var session = CheckedId(parsed.GetRequiredValue(id));
            await using var database = await OpenAsync(parsed.GetRequiredValue(data), cancellationToken);
            var view = View(context, parsed.GetRequiredValue(format));
            for (long? seen = null; ;)
            {
                var (_, events) = await ReadAsync(context, database, session, seen, cancellationToken);
                foreach (var entry in events) view.Show(Line(entry));
                if (events.Count < PageMax) return ExitCode.Ok;
                seen = events[^1].Seq;
            }
        });
        return command;
    }

    private static ExampledCommand CreateTail(CliContext context)
    {
        var (id, format, data) = (IdArgument(), FormatOption(), ServeCommand.DataOption());
        var lines = new Option<int>("--lines") { Description = "How many earlier events to begin with", HelpName = "N", DefaultValueFactory = static _ => 10 };
        lines.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > PageMax) result.AddError($"--lines must be 0 to {PageMax}");
        });
        var follow = new Option<bool>("--follow", "-f") { Description = "Stay when the session is idle, until it is archived or deleted" };
        var command = new ExampledCommand("tail", "Show the last events of a session and follow it until it is idle.", "reverie sessions tail sesn_…", "reverie sessions tail sesn_… --follow") { id, lines, follow, format, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var session = CheckedId(parsed.GetRequiredValue(id));
            await using var database = await OpenAsync(parsed.GetRequiredValue(data), cancellationToken);
            var view = View(context, parsed.GetRequiredValue(format));
            var last = await LastAsync(context, database, session, parsed.GetValue(lines), cancellationToken);
            foreach (var entry in last.Events) view.Show(Line(entry));
            var seen = last.Seen;
            while (true)
            {
                var (row, events) = await ReadAsync(context, database, session, seen, cancellationToken);
                foreach (var entry in events) view.Show(Line(entry));
                if (events.Count > 0) seen = events[^1].Seq;
                if (events.Count == PageMax) continue;
                if (row.ArchivedAt is not null || (row.Status == SessionStatus.Idle && !parsed.GetValue(follow))) return ExitCode.Ok;
                await Task.Delay(LookEvery, context.Time, cancellationToken);
            }
        });
        return command;
    }

    private static ExampledCommand CreateConfirm(CliContext context)
    {
        var (id, format, data) = (IdArgument(), FormatOption(), ServeCommand.DataOption());
        var calls = new Argument<string[]>("CALL") { Description = "The calls, as the run named them; all that wait when left out", Arity = ArgumentArity.ZeroOrMore };
        var allow = new Option<bool>("--allow") { Description = "Let them run" };
        var deny = new Option<string?>("--deny") { Description = "Refuse them; the agent is told why, if you say it", HelpName = "WHY", Arity = ArgumentArity.ZeroOrOne };
        var command = new ExampledCommand("confirm", "Allow or deny what an agent asked for, and stay until the session is idle again.",
            "reverie sessions confirm sesn_… --allow", "reverie sessions confirm sesn_… sevt_… --deny \"use the staging host\"")
        { id, calls, allow, deny, format, data };
        command.IsInterruptible = true;
        command.SetAction((parsed, cancellationToken) =>
        {
            var isAllowed = parsed.GetValue(allow);
            if (isAllowed == (parsed.GetResult(deny) is not null)) throw new BadInputException("say either --allow or --deny");
            var (named, why) = (parsed.GetRequiredValue(calls), parsed.GetValue(deny));
            return SendAsync(context, parsed.GetRequiredValue(data), parsed.GetRequiredValue(id), View(context, parsed.GetRequiredValue(format)), past =>
            {
                var wanted = named.Length > 0 ? named : Waiting(past);
                if (wanted.Length == 0) throw new BadInputException("the session waits for no permission; see \"reverie sessions show\"");
                return [.. wanted.Select(call => isAllowed ? CallQuestion.Allow(call) : CallQuestion.Deny(call, why))];
            }, cancellationToken);
        });
        return command;
    }

    private static ExampledCommand CreateAnswer(CliContext context)
    {
        var (id, format, data) = (IdArgument(), FormatOption(), ServeCommand.DataOption());
        var call = new Argument<string>("CALL") { Description = "The call, as the run named it" };
        var text = new Argument<string>("TEXT") { Description = "What the tool returns" };
        var command = new ExampledCommand("answer", "Give the result of a custom tool's call, and stay until the session is idle again.", "reverie sessions answer sesn_… sevt_… \"42\"") { id, call, text, format, data };
        command.IsInterruptible = true;
        command.SetAction((parsed, cancellationToken) => SendAsync(context, parsed.GetRequiredValue(data), parsed.GetRequiredValue(id), View(context, parsed.GetRequiredValue(format)),
            _ => [CallQuestion.Result(parsed.GetRequiredValue(call), parsed.GetRequiredValue(text))], cancellationToken));
        return command;
    }

    private static ExampledCommand CreateEnd(CliContext context, string name, string description, Func<Api, string, CancellationToken, Task<JsonElement>> end, string done)
    {
        var (id, data) = (IdArgument(), ServeCommand.DataOption());
        var command = new ExampledCommand(name, description, $"reverie sessions {name} sesn_…") { id, data };
        command.IsInterruptible = true;
        command.SetAction((parsed, cancellationToken) =>
        {
            var session = CheckedId(parsed.GetRequiredValue(id)).Value;
            return LocalServer.UseAsync(context, parsed.GetRequiredValue(data), async (api, interrupts) =>
            {
                await end(api, session, interrupts.Leaving);
                Screen.Out(context.Streams).Line($"{session} is {done}.");
                return ExitCode.Ok;
            }, cancellationToken);
        });
        return command;
    }

    private static Argument<string> IdArgument() => new("SESSION") { Description = "The session's id, as \"reverie sessions list\" shows it" };

    private static Id<Session> CheckedId(string text) =>
        Id<Session>.TryParse(text, out var id) ? id : throw new BadInputException($"\"{text}\" is no session id; it begins with sesn_, see \"reverie sessions list\"");

    /// <summary>The calls that wait for permission, when the last thing that happened is that they were asked about.</summary>
    private static string[] Waiting(IReadOnlyList<SessionLine> past)
    {
        var uses = past.Where(static l => EventTypes.IsServerCall(l.Type)).Select(static l => l.Id).ToHashSet(StringComparer.Ordinal);
        var idle = past.LastOrDefault(static l => l.Type is EventTypes.SessionIdle or EventTypes.SessionRunning);
        return idle?.Part("stop_reason") is { } reason && SessionLine.PartOf(reason, "event_ids") is { } ids
            ? [.. ids.EnumerateArray().Select(static i => i.GetString()!).Where(uses.Contains)]
            : [];
    }

    private static SessionLine Line(LoggedEvent entry) => SessionLine.Of(JsonElement.Parse(entry.Json));

    private static async Task<(SessionRow Row, List<LoggedEvent> Events)> ReadAsync(CliContext context, Database database, Id<Session> id, long? seen, CancellationToken cancellationToken) =>
        await database.ReadAsync(async db => (await Sessions(context).FindAsync(db, ApiKeyRepository.DefaultWorkspace, id) ?? throw Unknown(id),
            await Log(context).ListAsync(db, ApiKeyRepository.DefaultWorkspace, id, [], TimeRange.All, isAscending: true, seen, PageMax)), cancellationToken);

    private static async Task<(List<LoggedEvent> Events, long Seen)> LastAsync(CliContext context, Database database, Id<Session> id, int count, CancellationToken cancellationToken) =>
        await database.ReadAsync(async db =>
        {
            var seen = await Log(context).LastAsync(db, ApiKeyRepository.DefaultWorkspace, id);
            var events = count == 0 ? [] : await Log(context).ListAsync(db, ApiKeyRepository.DefaultWorkspace, id, [], TimeRange.All, isAscending: false, null, count);
            events.Reverse();
            return (events, seen);
        }, cancellationToken);

    private static BadInputException Unknown(Id<Session> id) => new($"there is no session {id}; see \"reverie sessions list\"");

    private static SessionLog Log(CliContext context) => new(new IdGenerator(context.Time), context.Time);

    private static SessionRepository Sessions(CliContext context) => new(Log(context), new IdGenerator(context.Time), context.Time);

    private static Task<Database> OpenAsync(string data, CancellationToken cancellationToken) => DatabaseSettings.OpenAsync(Path.GetFullPath(data), cancellationToken);
}
