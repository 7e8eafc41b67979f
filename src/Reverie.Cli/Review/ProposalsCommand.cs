using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Cli.Dreams;
using Reverie.Cli.Running;
using Reverie.Cli.Server;
using Reverie.Cli.Terminal;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;

namespace Reverie.Cli.Review;

/// <summary><c>reverie proposals</c>: what dreams leave for a person to decide.</summary>
internal static class ProposalsCommand
{
    public static Command Create(CliContext context)
    {
        var command = new ExampledCommand("proposals", "List, show and decide on what dreams left for a person.",
            "reverie proposals list --store memstore_…", "reverie proposals show drm_…/c1", "reverie proposals approve drm_…/c1 --comment \"checked\"", "reverie proposals reject drm_…/c2 --comment \"only true of staging\"");
        command.Subcommands.Add(CreateList(context));
        command.Subcommands.Add(CreateShow(context));
        command.Subcommands.Add(CreateApprove(context));
        command.Subcommands.Add(CreateReject(context));
        return command;
    }

    private static ExampledCommand CreateList(CliContext context)
    {
        var store = new Option<string>("--store") { Description = "The store's id, as \"reverie memory list\" shows it", HelpName = "ID", Required = true };
        var (data, url) = (ServeCommand.DataOption(), ChosenServer.UrlOption());
        var command = new ExampledCommand("list", "List what waits in a store, the oldest dream first.", "reverie proposals list --store memstore_…") { store, data, url };
        command.IsInterruptible = true;
        command.SetAction((parsed, cancellationToken) =>
        {
            var id = parsed.GetRequiredValue(store);
            if (!Id<MemoryStore>.TryParse(id, out _)) throw new BadInputException($"\"{id}\" is no store id; it begins with memstore_, see \"reverie memory list\"");
            return ChosenServer.UseAsync(context, parsed.GetRequiredValue(data), parsed.GetValue(url), async (api, cancel) =>
            {
                var screen = Screen.Out(context.Streams);
                var count = 0;
                await foreach (var item in api.ListAsync($"/v1/reverie/memory_stores/{id}/proposals?limit=100", cancel))
                {
                    Write(screen, item.Deserialize(WireJson.Wire.Proposal)!);
                    count++;
                }
                screen.Line(count == 0 ? "Nothing waits in this store." : $"{count} {(count == 1 ? "waits" : "wait")}.");
                return ExitCode.Ok;
            }, cancellationToken);
        });
        return command;
    }

    private static ExampledCommand CreateShow(CliContext context)
    {
        var (proposal, data, url) = (ProposalArgument(), ServeCommand.DataOption(), ChosenServer.UrlOption());
        var command = new ExampledCommand("show", "Show a change with all its quotes, and what was decided on it.", "reverie proposals show drm_…/c1") { proposal, data, url };
        command.IsInterruptible = true;
        command.SetAction((parsed, cancellationToken) =>
        {
            var (dream, change) = Named(parsed.GetRequiredValue(proposal));
            return ChosenServer.UseAsync(context, parsed.GetRequiredValue(data), parsed.GetValue(url), async (api, cancel) =>
            {
                var screen = Screen.Out(context.Streams);
                new ChangeView(screen, new Dictionary<string, string>(StringComparer.Ordinal), isVerbose: true).Write(await FindAsync(api, dream, change, cancel));
                await foreach (var item in api.ListAsync($"/v1/reverie/dreams/{dream}/verdicts?limit=1000", cancel))
                {
                    if (item.GetProperty("change_id").GetString() == change) Write(screen, item.Deserialize(WireJson.Wire.DreamVerdict)!);
                }
                return ExitCode.Ok;
            }, cancellationToken);
        });
        return command;
    }

    private static ExampledCommand CreateApprove(CliContext context)
    {
        var (proposal, comment, data, url) = (ProposalArgument(), CommentOption(), ServeCommand.DataOption(), ChosenServer.UrlOption());
        var edit = new Option<string?>("--edit") { Description = "A file with the words to put in instead; for a change of several edits a JSON array with a text for each", HelpName = "FILE" };
        var command = new ExampledCommand("approve", "Put a change into the store, as it is or in other words.",
            "reverie proposals approve drm_…/c1 --comment \"checked\"", "reverie proposals approve drm_…/c1 --edit words.md")
        { proposal, comment, edit, data, url };
        command.IsInterruptible = true;
        command.SetAction((parsed, cancellationToken) =>
        {
            var (dream, change) = Named(parsed.GetRequiredValue(proposal));
            var words = parsed.GetValue(edit) is { } file ? ReadWords(file) : null;
            return ChosenServer.UseAsync(context, parsed.GetRequiredValue(data), parsed.GetValue(url), async (api, cancel) =>
            {
                var inserts = words is null ? null : Inserts(words, (await FindAsync(api, dream, change, cancel)).Edits.Count);
                return await DecideAsync(context, api, dream, new JsonObject { ["change_id"] = change, ["verdict"] = "approve", ["inserts"] = inserts, ["comment"] = parsed.GetValue(comment) }, cancel);
            }, cancellationToken);
        });
        return command;
    }

    private static ExampledCommand CreateReject(CliContext context)
    {
        var (proposal, comment, data, url) = (ProposalArgument(), CommentOption(), ServeCommand.DataOption(), ChosenServer.UrlOption());
        var command = new ExampledCommand("reject", "Turn a change down for good.", "reverie proposals reject drm_…/c2 --comment \"only true of staging\"") { proposal, comment, data, url };
        command.IsInterruptible = true;
        command.SetAction((parsed, cancellationToken) =>
        {
            var (dream, change) = Named(parsed.GetRequiredValue(proposal));
            return ChosenServer.UseAsync(context, parsed.GetRequiredValue(data), parsed.GetValue(url), (api, cancel) =>
                DecideAsync(context, api, dream, new JsonObject { ["change_id"] = change, ["verdict"] = "reject", ["comment"] = parsed.GetValue(comment) }, cancel), cancellationToken);
        });
        return command;
    }

    private static async Task<int> DecideAsync(CliContext context, Api api, string dream, JsonObject verdict, CancellationToken cancellationToken)
    {
        var answer = await api.PostAsync($"/v1/reverie/dreams/{dream}/verdicts", new JsonObject { ["verdicts"] = new JsonArray(verdict) }, cancellationToken);
        var decided = answer.GetProperty("data")[0].Deserialize(WireJson.Wire.DreamVerdict)!;
        Write(Screen.Out(context.Streams), decided);
        return decided.Result == "conflict" ? ExitCode.Failed : ExitCode.Ok;
    }

    private static async Task<Change> FindAsync(Api api, string dream, string change, CancellationToken cancellationToken)
    {
        var report = await api.GetAsync($"/v1/reverie/dreams/{dream}/report", cancellationToken);
        var found = report.GetProperty("changes").EnumerateArray().Where(c => c.GetProperty("id").GetString() == change).ToList();
        return found.Count == 1 ? DreamReportJson.ReadChange(found[0].GetRawText()) : throw new BadInputException($"the dream {dream} has no change {change}; see \"reverie proposals list\"");
    }

    private static void Write(Screen screen, Proposal proposal)
    {
        var change = proposal.Change;
        var (sign, style) = ChangeWords.Mark(change.Status);
        var path = PlainText.Line(change.NewPath is { } moved ? $"{change.Path} → {moved}" : change.Path);
        var until = proposal.ExpiresAt is { } at ? $" · until {at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}" : "";
        screen.Line($"[{style}]{sign}[/] [bold]{PlainText.Escaped(PlainText.Line($"{proposal.DreamId}/{change.Id}"))}[/] {ChangeWords.Word(change.Op)} [cyan]{PlainText.Escaped(path)}[/]");
        screen.Line(PlainText.Escaped(PlainText.Line(change.Summary)), 2);
        screen.Line(string.Create(CultureInfo.InvariantCulture, $"[dim]{ChangeWords.Word(change.Kind)} · confidence {change.Confidence:0.00} · {PlainText.Escaped(PlainText.Line(proposal.Reason))}{until}[/]"), 2);
    }

    private static void Write(Screen screen, DreamVerdict verdict)
    {
        var who = verdict.Author switch
        {
            ApiActor api => api.ApiKeyId,
            UserActor user => user.UserId,
            SessionActor session => session.SessionId,
            ServiceAccountActor account => account.ServiceAccountId,
            _ => "somebody",
        };
        screen.Line(PlainText.Escaped(PlainText.Line($"{verdict.ChangeId}: {verdict.Verdict} by {who}, {verdict.Result}{(verdict.Note is { } note ? $" ({note})" : "")}{(verdict.Comment is { } comment ? $": {comment}" : "")}")));
    }

    private static string ReadWords(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--edit: {file} cannot be read: {error.Message}", error);
        }
    }

    private static JsonArray Inserts(string words, int count)
    {
        if (count == 1) return [words];
        try
        {
            if (JsonNode.Parse(words) is JsonArray texts && texts.Count == count && texts.All(static t => t?.GetValueKind() == JsonValueKind.String)) return texts;
        }
        catch (JsonException)
        {
            // Said below, together with what else it may be.
        }
        throw new BadInputException($"--edit: the change has {count} edits, so the file must be a JSON array of {count} texts, in their order");
    }

    private static Argument<string> ProposalArgument() => new("PROPOSAL") { Description = "Dream and change, as \"reverie proposals list\" shows them: drm_…/c1" };

    private static Option<string?> CommentOption() => new("--comment") { Description = "Why, for those who look later", HelpName = "TEXT" };

    private static (string Dream, string Change) Named(string text) =>
        text.Split('/') is [var dream, { Length: > 0 } change] && Id<Dream>.TryParse(dream, out _) ? (dream, change)
            : throw new BadInputException($"\"{text}\" names no proposal; it looks like drm_…/c1, see \"reverie proposals list\"");
}
