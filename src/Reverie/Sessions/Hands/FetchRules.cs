using System.Text.Json;
using Reverie.Inference;
using Reverie.Protocol.Agents;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Turns;
using Reverie.Storage;
using Reverie.Tools.Web;

namespace Reverie.Sessions.Hands;

/// <summary>What a session's agent may fetch: its domains, and with <c>url_sources</c> only addresses the log shows (public contract, "url_sources").</summary>
public sealed class FetchRules(Database database, SessionLog log)
{
    public const string ToolName = "web_fetch";

    /// <summary>Events read at once: a result may have 100,000 characters.</summary>
    private const int PageMax = 50;

    private static readonly string[] WebTools = [ToolName, "web_search"];

    /// <summary>What an agent set for itself, within what the agent of its session may.</summary>
    /// <param name="agent">Who fetches.</param>
    /// <param name="lead">Who set it to work; the same for the session's own agent.</param>
    public static WebFetchSettings SettingsOf(AgentConfig agent, AgentConfig lead)
    {
        var own = ConfigOf(agent) is { } config ? new WebFetchSettings(config.AllowedDomains, config.BlockedDomains, config.MaxContentTokens) : WebFetchSettings.Default;
        if (ReferenceEquals(agent, lead)) return own;
        var within = SettingsOf(lead, lead);
        return own with { Within = within, MaxContentTokens = own.MaxContentTokens ?? within.MaxContentTokens };
    }

    /// <summary>Why the address may not be fetched, as an answer to the call; null when nothing is against it. An input without an address is left to the tool.</summary>
    public async Task<string?> ProblemAsync(SessionSetup session, ThreadSetup thread, JsonElement input, CancellationToken cancellationToken)
    {
        if (ConfigOf(thread.Agent)?.UrlSources is not { } sources || !Restricts(sources)) return null;
        if (input.ValueKind != JsonValueKind.Object || !input.TryGetProperty("url", out var given) || given.ValueKind != JsonValueKind.String || !Uri.TryCreate(given.GetString(), UriKind.Absolute, out var url)) return null;
        return await IsShownAsync(session, thread.ThreadId, sources, url, cancellationToken) ? null
            : $"{ToolName}: url_not_allowed: {url} was not shown where this agent may take addresses from (its url_sources); ask for it, or use one that was.";
    }

    private static WebFetchToolConfig? ConfigOf(AgentConfig agent) => agent.Tools.OfType<AgentToolset>().SelectMany(static t => t.Configs).OfType<WebFetchToolConfig>().FirstOrDefault();

    private static bool Restricts(UrlSources sources) =>
        new[] { sources.ClientToolResults, sources.ServerToolResults, sources.UserInput }.Any(static f => f is not (null or UrlSourceFilter.All));

    /// <summary>Looks at what people said to the session and at the tool results of the thread's own list. What its lead wrote to a thread shows nothing: no person said it.</summary>
    private async Task<bool> IsShownAsync(SessionSetup session, string threadId, UrlSources sources, Uri url, CancellationToken cancellationToken)
    {
        List<string> said = sources.UserInput is UrlSourceFilter.None ? [] : [EventTypes.UserMessage];
        List<string> results =
        [
            .. sources.ClientToolResults is UrlSourceFilter.None ? [] : (string[])[EventTypes.AgentCustomToolUse, EventTypes.UserCustomToolResult],
            .. sources.ServerToolResults is UrlSourceFilter.None ? [] : (string[])[EventTypes.AgentToolUse, EventTypes.AgentToolResult],
        ];
        if (threadId == session.PrimaryThreadId.Value) return await HoldsAsync((db, after) => Listed(db, [.. said, .. results], after));
        return (said.Count > 0 && await HoldsAsync((db, after) => Listed(db, said, after)))
            || (results.Count > 0 && await HoldsAsync((db, after) => log.ListThreadAsync(db, session.WorkspaceId, session.Id, threadId, after, PageMax)));

        ValueTask<List<LoggedEvent>> Listed(DbSession db, List<string> types, long after) =>
            types.Count == 0 ? new([]) : log.ListAsync(db, session.WorkspaceId, session.Id, types, TimeRange.All, true, after, PageMax);

        async Task<bool> HoldsAsync(Func<DbSession, long, ValueTask<List<LoggedEvent>>> list)
        {
            var tools = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var after = -1L; ;)
            {
                var page = await database.ReadAsync(db => list(db, after), cancellationToken);
                if (page.Exists(e => Texts(e, sources, tools).Any(t => UrlMentions.Hold(t, url)))) return true;
                if (page.Count < PageMax) return false;
                after = page[^1].Seq;
            }
        }
    }

    /// <summary>The texts of an event from which addresses may be taken.</summary>
    /// <param name="tools">The tool of each call so far, by the call's id.</param>
    private static IReadOnlyList<string> Texts(LoggedEvent logged, UrlSources sources, Dictionary<string, string> tools)
    {
        using var document = JsonDocument.Parse(logged.Json);
        var entry = document.RootElement;
        switch (logged.Type)
        {
            case EventTypes.AgentToolUse or EventTypes.AgentCustomToolUse:
                tools[Text(entry, "id")] = Text(entry, "name");
                return [];
            case EventTypes.UserMessage:
                return [.. Blocks(entry).OfType<TextBlock>().Select(static b => b.Text)];
            case EventTypes.UserCustomToolResult:
                return tools.TryGetValue(Text(entry, "custom_tool_use_id"), out var custom) && Covers(sources.ClientToolResults, custom) ? [.. Blocks(entry).SelectMany(Texts)] : [];
            case EventTypes.AgentToolResult:
                // An error repeats the address that the model asked for, which nobody showed it.
                var isError = entry.TryGetProperty("is_error", out var wrong) && wrong.ValueKind == JsonValueKind.True;
                return !isError && tools.TryGetValue(Text(entry, "tool_use_id"), out var builtIn) && WebTools.Contains(builtIn) && Covers(sources.ServerToolResults, builtIn) ? [.. Blocks(entry).SelectMany(Texts)] : [];
            default:
                return [];
        }
    }

    private static IEnumerable<string> Texts(ModelBlock block) => block switch
    {
        TextBlock text => [text.Text],
        SearchResultBlock found => [found.Source, found.Title, .. found.Content],
        DocumentBlock { Source: PlainTextSource plain } => [plain.Text],
        _ => [],
    };

    private static bool Covers(UrlSourceFilter? filter, string tool) => filter switch
    {
        null or UrlSourceFilter.All => true,
        UrlSourceFilter.None => false,
        UrlSourceFilter.Only only => only.Tools.Any(t => t.Name == tool),
        UrlSourceFilter.Except except => except.Tools.All(t => t.Name != tool),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IReadOnlyList<ModelBlock> Blocks(JsonElement entry) => entry.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array ? WireContent.Read(content) : [];

    private static string Text(JsonElement entry, string name) => entry.GetProperty(name).GetString()!;
}
