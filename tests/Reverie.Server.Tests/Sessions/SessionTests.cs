using System.Text.Json;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Beta.Sessions;
using Anthropic.Models.Beta.Sessions.Events;
using Anthropic.Services.Beta;
using Reverie.Server.Tests.Hosting;
using EventOrder = Anthropic.Models.Beta.Sessions.Events.Order;
using Order = Anthropic.Models.Beta.Sessions.Order;

namespace Reverie.Server.Tests.Sessions;

/// <summary>Sessions and their events, through the official client.</summary>
public abstract class SessionTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : SessionTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : SessionTests(server), IClassFixture<PostgresServer>;

    private const string Unknown = "sesn_011CZkZAtmR3yMPDzynEDxu7";

    private readonly TestServer _server = server.OrSkip();

    private ISessionService Sessions => _server.Client.Beta.Sessions;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_imported_session_reads_as_the_contract_has_it()
    {
        var at = new DateTimeOffset(2025, 5, 1, 12, 0, 0, TimeSpan.Zero);
        var id = (await _server.ImportAsync(SampleSessions.Said($"{Guid.NewGuid()}", at, "hello")))[0];

        var session = await Sessions.Retrieve(id, cancellationToken: Cancelled);

        session.Validate();
        Assert.Equal((id, "tester", BetaManagedAgentsSessionStatus.Idle, at), (session.ID, session.Agent.Name, session.Status.Value(), session.CreatedAt));
        Assert.Equal("ops", session.Metadata["team"]);
        Assert.Null(session.ArchivedAt);
        Assert.Empty(session.VaultIds);
    }

    [Fact]
    public async Task How_a_session_was_judged_comes_along()
    {
        var id = (await _server.ImportAsync(SampleSessions.First(1)))[0];

        var session = await Sessions.Retrieve(id, cancellationToken: Cancelled);

        session.Validate();
        Assert.Equal(["satisfied"], session.OutcomeEvaluations.Select(static o => o.Result));
    }

    [Fact]
    public async Task Lists_are_followed_forth_and_back_in_either_order()
    {
        var from = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var ids = await _server.ImportAsync(string.Concat(Enumerable.Range(0, 7).Select(i => SampleSessions.Said($"{Guid.NewGuid()}", from.AddDays(i), $"day {i}"))));
        var window = new SessionListParams { CreatedAtGte = from, CreatedAtLt = from.AddDays(7), Limit = 3 };

        var newestFirst = await AllAsync(window);
        var oldestFirst = await AllAsync(window with { Order = Order.Asc });
        var second = await (await Sessions.List(window, Cancelled)).Next(Cancelled);
        var first = await Sessions.List(window with { Page = second.PrevPage! }, Cancelled);

        Assert.Equal(Enumerable.Reverse(ids), newestFirst.Select(static s => s.ID));
        Assert.Equal(ids, oldestFirst.Select(static s => s.ID));
        Assert.Equal(newestFirst.Take(3).Select(static s => s.ID), first.Items.Select(static s => s.ID));
        Assert.Null(first.PrevPage);
        Assert.All(newestFirst, static s => s.Validate());
    }

    [Fact]
    public async Task Times_are_strict_or_inclusive_as_asked()
    {
        var at = new DateTimeOffset(2023, 3, 1, 0, 0, 0, TimeSpan.Zero);
        var ids = await _server.ImportAsync(SampleSessions.Said($"{Guid.NewGuid()}", at, "a") + SampleSessions.Said($"{Guid.NewGuid()}", at.AddHours(1), "b"));

        var inclusive = await AllAsync(new() { CreatedAtGte = at, CreatedAtLte = at.AddHours(1), Order = Order.Asc });
        var strict = await AllAsync(new() { CreatedAtGt = at, CreatedAtLt = at.AddHours(1) });
        var later = await AllAsync(new() { CreatedAtGt = at, CreatedAtLte = at.AddHours(1) });

        Assert.Equal(ids, inclusive.Select(static s => s.ID));
        Assert.Empty(strict);
        Assert.Equal([ids[1]], later.Select(static s => s.ID));
    }

    [Fact]
    public async Task An_archived_session_is_terminated_and_hidden_and_keeps_its_log()
    {
        var at = new DateTimeOffset(2022, 2, 1, 0, 0, 0, TimeSpan.Zero);
        var id = (await _server.ImportAsync(SampleSessions.Said($"{Guid.NewGuid()}", at, "hello")))[0];
        var window = new SessionListParams { CreatedAtGte = at, CreatedAtLte = at };

        var archived = await Sessions.Archive(id, cancellationToken: Cancelled);
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = await Sessions.Archive(id, cancellationToken: Cancelled);

        Assert.Equal(BetaManagedAgentsSessionStatus.Terminated, archived.Status.Value());
        Assert.NotNull(archived.ArchivedAt);
        Assert.Equal((archived.ArchivedAt, archived.UpdatedAt), (again.ArchivedAt, again.UpdatedAt));
        Assert.Empty(await AllAsync(window));
        Assert.Equal([id], (await AllAsync(window with { IncludeArchived = true, Statuses = [Status.Terminated] })).Select(static s => s.ID));
        Assert.Empty(await AllAsync(window with { IncludeArchived = true, Statuses = [Status.Idle, Status.Running] }));
        Assert.Equal(["user.message", "session.status_terminated"], (await EventsAsync(id)).Select(static e => e.Type.Raw()));
    }

    [Fact]
    public async Task A_deleted_session_is_gone()
    {
        var id = (await _server.ImportAsync(SampleSessions.Said($"{Guid.NewGuid()}", _server.Clock.GetUtcNow(), "hello")))[0];

        var deleted = await Sessions.Delete(id, cancellationToken: Cancelled);

        deleted.Validate();
        Assert.Equal(id, deleted.ID);
        await NothingIsFoundAsync(Sessions, id);
    }

    [Fact]
    public Task An_unknown_session_is_not_found() => NothingIsFoundAsync(Sessions, Unknown);

    [Fact]
    public async Task Another_workspace_sees_nothing()
    {
        var id = (await _server.ImportAsync(SampleSessions.Said($"{Guid.NewGuid()}", _server.Clock.GetUtcNow(), "hello")))[0];
        var others = _server.NewClient(await _server.CreateKeyAsync("wrkspc_sessions")).Beta.Sessions;

        await NothingIsFoundAsync(others, id);

        Assert.Empty((await others.List(cancellationToken: Cancelled)).Items);
        Assert.Equal(id, (await Sessions.Retrieve(id, cancellationToken: Cancelled)).ID);
    }

    [Fact]
    public async Task A_running_session_can_be_neither_archived_nor_deleted()
    {
        await using var dream = await HeldDream.RunningAsync(_server, (await _server.NewStoreAsync()).Split('/')[^1], [Unknown]);

        var archiving = await Assert.ThrowsAsync<AnthropicBadRequestException>(() => Sessions.Archive(dream.SessionId!, cancellationToken: Cancelled));
        await Assert.ThrowsAsync<AnthropicBadRequestException>(() => Sessions.Delete(dream.SessionId!, cancellationToken: Cancelled));

        Assert.Contains("is running", archiving.ResponseBody, StringComparison.Ordinal);
        var session = await Sessions.Retrieve(dream.SessionId!, cancellationToken: Cancelled);
        Assert.Equal((BetaManagedAgentsSessionStatus.Running, null), (session.Status.Value(), session.ArchivedAt));
    }

    [Fact]
    public async Task Events_come_in_either_order_by_type_and_in_pages()
    {
        var id = (await _server.ImportAsync(SampleSessions.First(3)))[2];

        var forth = await EventsAsync(id);
        var back = await EventsAsync(id, new() { Order = EventOrder.Desc, Limit = 2 });
        var calls = await EventsAsync(id, new() { Types = [BetaManagedAgentsSessionEventType.AgentToolUse, BetaManagedAgentsSessionEventType.AgentToolResult], Limit = 1 });

        Assert.True(forth.Count > 4);
        Assert.All(forth, static e => e.Validate());
        Assert.All(forth, static e => Assert.True(e.ID.Length > 0 && e.ProcessedAt is not null));
        Assert.Equal(Texts(forth), Texts(Enumerable.Reverse(back)));
        Assert.Equal(Texts(forth.Where(static e => e.Type.Raw().StartsWith("agent.tool_", StringComparison.Ordinal))), Texts(calls));
        Assert.NotEmpty(calls);
    }

    [Fact]
    public async Task Events_are_filtered_by_when_they_were_processed()
    {
        var id = (await _server.ImportAsync(SampleSessions.First(3)))[2];
        var all = await EventsAsync(id);
        var middle = all[all.Count / 2].ProcessedAt!.Value;

        var until = await EventsAsync(id, new() { CreatedAtLte = middle });
        var after = await EventsAsync(id, new() { CreatedAtGt = middle });

        Assert.Equal(Texts(all), Texts(until.Concat(after)));
        Assert.All(until, e => Assert.True(e.ProcessedAt <= middle));
        Assert.All(after, e => Assert.True(e.ProcessedAt > middle));
    }

    [Fact]
    public async Task What_breaks_a_rule_is_refused_by_the_name_of_the_parameter()
    {
        var id = (await _server.ImportAsync(SampleSessions.First(3)))[2];
        var page = (await Sessions.List(new() { Limit = 1 }, Cancelled)).NextPage!;

        await RefusedAsync("limit", () => Sessions.List(new() { Limit = 0 }, Cancelled));
        await RefusedAsync("limit", () => Sessions.List(new() { Limit = 101 }, Cancelled));
        await RefusedAsync("page", () => Sessions.List(new() { Page = "nonsense" }, Cancelled));
        await RefusedAsync("page", () => Sessions.List(new() { Page = page, Order = Order.Asc }, Cancelled));
        await RefusedAsync("limit", () => Sessions.Events.List(id, new() { Limit = 1001 }, Cancelled));
        await RefusedAsync("page", () => Sessions.Events.List(id, new() { Page = page }, Cancelled));
    }

    private async Task<List<BetaManagedAgentsSession>> AllAsync(SessionListParams wanted)
    {
        var all = new List<BetaManagedAgentsSession>();
        for (var page = await Sessions.List(wanted, Cancelled); ; page = await page.Next(Cancelled))
        {
            all.AddRange(page.Items);
            if (!page.HasNext()) return all;
        }
    }

    private async Task<List<BetaManagedAgentsSessionEvent>> EventsAsync(string id, EventListParams? wanted = null)
    {
        var all = new List<BetaManagedAgentsSessionEvent>();
        await foreach (var entry in (await Sessions.Events.List(id, wanted, Cancelled)).Paginate(Cancelled)) all.Add(entry);
        return all;
    }

    private static IEnumerable<string> Texts(IEnumerable<BetaManagedAgentsSessionEvent> events) => events.Select(static e => e.Json.GetRawText());

    private static async Task RefusedAsync(string name, Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<AnthropicBadRequestException>(call);
        Assert.StartsWith(name, JsonElement.Parse(error.ResponseBody).GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static async Task NothingIsFoundAsync(ISessionService sessions, string id)
    {
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => sessions.Retrieve(id, cancellationToken: Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => sessions.Archive(id, cancellationToken: Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => sessions.Delete(id, cancellationToken: Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => sessions.Events.List(id, cancellationToken: Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(async () =>
        {
            await foreach (var _ in sessions.Events.StreamStreaming(id, cancellationToken: Cancelled)) { }
        });
    }
}
