using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Reverie.Audit;
using Reverie.Cli.Running;
using Reverie.Cli.Server;
using Reverie.Cli.Terminal;
using Reverie.Keys;
using Reverie.Protocol.Audit;
using Reverie.Protocol.Json;
using Reverie.Storage;

namespace Reverie.Cli.Audit;

/// <summary><c>reverie audit</c>: who did what, and whether the log of it was rewritten.</summary>
internal static class AuditCommand
{
    private const int ListedMax = 1_000;
    private const int PageMax = 1_000;

    public static Command Create(CliContext context)
    {
        var command = new ExampledCommand("audit", "List and verify the audit log.",
            "reverie audit list --subject drm_…", "reverie audit verify --data ./data", "reverie audit verify --expect-head 512:9f2c…");
        command.Subcommands.Add(CreateList(context));
        command.Subcommands.Add(CreateVerify(context));
        return command;
    }

    private static ExampledCommand CreateList(CliContext context)
    {
        var subject = new Option<string?>("--subject") { Description = "Only what was done to this store, dream, session …", HelpName = "ID" };
        var actor = new Option<string?>("--actor") { Description = "Only what this key, session or user did", HelpName = "ID" };
        var action = new Option<string?>("--action") { Description = "Only this, such as change.applied", HelpName = "ACTION" };
        var limit = new Option<int>("--limit") { Description = $"How many, at most {ListedMax}", HelpName = "N", DefaultValueFactory = static _ => 20 };
        limit.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > ListedMax) result.AddError($"--limit must be 1 to {ListedMax}");
        });
        var (workspace, data, url) = (WorkspaceOption(), ServeCommand.DataOption(), ChosenServer.UrlOption());
        var command = new ExampledCommand("list", "Show the newest records, the last one at the bottom.", "reverie audit list", "reverie audit list --subject drm_… --limit 100", "reverie audit list --action change.expired")
        { subject, actor, action, limit, workspace, data, url };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var filter = new AuditFilter(parsed.GetValue(subject), parsed.GetValue(actor), parsed.GetValue(action), TimeRange.All);
            var (space, count) = (parsed.GetRequiredValue(workspace), parsed.GetValue(limit));
            if (parsed.GetValue(url) is { } address)
            {
                RequireOwnWorkspace(parsed, workspace);
                var query = $"/v1/reverie/audit?limit={count}{Part("subject_id", filter.SubjectId)}{Part("actor_id", filter.ActorId)}{Part("action", filter.Action)}";
                return await ChosenServer.UseAsync(context, parsed.GetRequiredValue(data), address, async (api, cancel) => Show(context, Records(await api.GetAsync(query, cancel))), cancellationToken);
            }
            await using var database = await DatabaseSettings.OpenAsync(Path.GetFullPath(parsed.GetRequiredValue(data)), cancellationToken);
            return Show(context, await database.ReadAsync(db => AuditLog.ListAsync(db, space, filter, isAscending: false, null, count), cancellationToken));
        });
        return command;
    }

    private static ExampledCommand CreateVerify(CliContext context)
    {
        var expect = new Option<string?>("--expect-head") { Description = "Where the log ended earlier: record SEQ must have the hash HASH", HelpName = "SEQ:HASH" };
        var (workspace, data, url) = (WorkspaceOption(), ServeCommand.DataOption(), ChosenServer.UrlOption());
        var command = new ExampledCommand("verify", "Walk the audit log from its first record and name the first that does not fit. REVERIE_DATABASE names PostgreSQL.",
            "reverie audit verify --data ./data", "reverie audit verify --expect-head 512:9f2c…", "REVERIE_API_KEY=… reverie audit verify --url http://127.0.0.1:8787")
        { expect, workspace, data, url };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (space, expected) = (parsed.GetRequiredValue(workspace), parsed.GetValue(expect) is { } text ? ReadHead(text) : null);
            if (parsed.GetValue(url) is { } address)
            {
                RequireOwnWorkspace(parsed, workspace);
                return await ChosenServer.UseAsync(context, parsed.GetRequiredValue(data), address, async (api, cancel) => Tell(context, await WalkAsync(api, expected, cancel)), cancellationToken);
            }
            await using var database = await DatabaseSettings.OpenAsync(Path.GetFullPath(parsed.GetRequiredValue(data)), cancellationToken);
            return Tell(context, await database.ReadAsync(db => AuditLog.VerifyAsync(db, space, expected), cancellationToken));
        });
        return command;
    }

    /// <summary>The head is read first: what is recorded meanwhile is walked too, and need not be there.</summary>
    private static async Task<(AuditHead Head, string? Problem)> WalkAsync(Api api, AuditHead? expected, CancellationToken cancellationToken)
    {
        var told = await api.GetAsync("/v1/reverie/audit/head", cancellationToken);
        var head = new AuditHead(told.GetProperty("seq").GetInt64(), told.GetProperty("hash").GetString()!);
        var walk = new AuditWalk(expected);
        await foreach (var item in api.ListAsync($"/v1/reverie/audit?order=asc&limit={PageMax}", cancellationToken))
        {
            // What comes after cannot mend that the head is another.
            if (walk.Head.Seq == head.Seq && walk.Head != head) break;
            if (walk.Next(item.Deserialize(WireJson.Wire.AuditRecord)!) is { } problem) return (walk.Head, problem);
        }
        return (walk.Head, walk.Head.Seq > head.Seq ? walk.End(walk.Head) : walk.End(head));
    }

    private static int Tell(CliContext context, (AuditHead Head, string? Problem) walked)
    {
        var screen = Screen.Out(context.Streams);
        var fits = $"{walked.Head.Seq:N0} records fit; head {walked.Head.Seq}:{walked.Head.Hash}";
        if (walked.Problem is null)
        {
            screen.Line(fits);
            return ExitCode.Ok;
        }
        screen.Line(PlainText.Escaped(PlainText.Line($"The audit log does not fit: {walked.Problem}.")));
        screen.Line($"Before it {fits}");
        return ExitCode.Failed;
    }

    private static int Show(CliContext context, List<AuditRecord> newestFirst)
    {
        var screen = Screen.Out(context.Streams);
        if (newestFirst.Count == 0) screen.Line("There are no such records.");
        foreach (var record in newestFirst.AsEnumerable().Reverse())
        {
            var details = string.Join(", ", record.Details.OrderBy(static d => d.Key, StringComparer.Ordinal).Where(static d => !d.Key.EndsWith("sha256", StringComparison.Ordinal)).Select(static d => $"{d.Key} {d.Value}"));
            var told = PlainText.Line($"{record.Action} {record.Subject.Id} by {record.Actor?.Id ?? "the server"}{(details.Length > 0 ? $": {details}" : "")}");
            screen.Line($"{record.Seq,5}  {record.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}  {PlainText.Escaped(told)}");
        }
        return ExitCode.Ok;
    }

    private static List<AuditRecord> Records(JsonElement page) => [.. page.GetProperty("data").EnumerateArray().Select(static item => item.Deserialize(WireJson.Wire.AuditRecord)!)];

    private static string Part(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private static AuditHead ReadHead(string text) =>
        text.Split(':') is [var number, { Length: 64 } hash] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) && hash.All(char.IsAsciiHexDigitLower)
            ? new AuditHead(seq, hash)
            : throw new BadInputException("--expect-head must be a number, a colon and 64 lower-case hex digits, as \"reverie audit verify\" shows its head");

    private static void RequireOwnWorkspace(ParseResult parsed, Option<string> workspace)
    {
        if (parsed.GetResult(workspace) is { Implicit: false }) throw new BadInputException("--workspace does not go with --url, where the key decides: leave it out, and set REVERIE_API_KEY to a key of that workspace");
    }

    private static Option<string> WorkspaceOption() =>
        new("--workspace") { Description = "The workspace of the log, on a data directory", HelpName = "ID", DefaultValueFactory = static _ => ApiKeyRepository.DefaultWorkspace };
}
