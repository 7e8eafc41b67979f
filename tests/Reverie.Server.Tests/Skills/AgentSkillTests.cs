using System.Net;
using System.Text.Json;
using Reverie.Files;
using Reverie.Server.Tests.Hosting;
using Reverie.Server.Tests.Sessions;
using Reverie.Storage;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Skills;

/// <summary>Skills of agents, and what sessions have of them.</summary>
public abstract class AgentSkillTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : AgentSkillTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : AgentSkillTests(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_agent_has_the_version_that_was_the_newest_when_it_was_saved()
    {
        var (skill, first) = await SkillAsync("resolved");
        var made = (await _server.PostAsync("/v1/agents", Agent($$"""{"type":"custom","skill_id":"{{skill}}"}"""))).Expect(HttpStatusCode.OK);
        var second = (await _server.SendAsync(HttpMethod.Post, $"/v1/skills/{skill}/versions", SkillForm.Of("resolved", "Newer."))).Expect(HttpStatusCode.OK).Id;

        var untouched = (await _server.PostAsync($"/v1/agents/{made.Id}", """{"description":"d"}""")).Expect(HttpStatusCode.OK);
        var moved = (await _server.PostAsync($"/v1/agents/{made.Id}", $$"""{"skills":[{"type":"custom","skill_id":"{{skill}}","version":"latest"}]}""")).Expect(HttpStatusCode.OK);
        var pinned = (await _server.PostAsync($"/v1/agents/{made.Id}", $$"""{"skills":[{"type":"custom","skill_id":"{{skill}}","version":"{{first}}"}]}""")).Expect(HttpStatusCode.OK);
        var cleared = (await _server.PostAsync($"/v1/agents/{made.Id}", """{"skills":null}""")).Expect(HttpStatusCode.OK);

        Assert.Equal($$"""[{"type":"custom","skill_id":"{{skill}}","version":"{{first}}"}]""", made.Json.GetProperty("skills").GetRawText());
        Assert.Equal([first, second, first], new[] { untouched, moved, pinned }.Select(static a => a.Json.GetProperty("skills")[0].GetProperty("version").GetString()));
        Assert.Equal(0, cleared.Json.GetProperty("skills").GetArrayLength());
    }

    [Fact]
    public async Task Skills_need_the_read_tool_and_one_workspace()
    {
        var (skill, _) = await SkillAsync("needs-read");
        var reference = $$"""{"type":"custom","skill_id":"{{skill}}"}""";
        var key = await _server.CreateKeyAsync("wrkspc_foreign");
        using var foreign = TestServer.Request(HttpMethod.Post, "/v1/agents", key, TestServer.AgentsBeta);
        foreign.Content = new StringContent(Agent(reference), null, "application/json");

        Assert.Contains("with read enabled", (await _server.PostAsync("/v1/agents", Agent(reference, "[]"))).ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);
        Assert.Contains("which is not in this workspace", (await _server.SendAsync(foreign)).ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Skills_are_listed_in_the_prompt_and_read_in_the_sandbox_which_cannot_change_them()
    {
        var form = SkillForm.Files(("x/SKILL.md", SkillForm.Text("mounted", "Counts to three.")), ("x/scripts/count", "#!/bin/sh\necho 1 2 3\n"));
        var skill = (await _server.SendAsync(HttpMethod.Post, "/v1/skills", form)).Expect(HttpStatusCode.OK).Id;
        await using var session = await SessionAsync(skill,
            "answers: [{call: {tool: read, input: {file_path: /skills/mounted/SKILL.md}}}, {call: {tool: bash, input: {command: '/skills/mounted/scripts/count; echo x > /skills/mounted/SKILL.md || rm -rf /skills/mounted; echo kept $(ls /skills/mounted)'}}}, {call: {tool: write, input: {file_path: /skills/mounted/new, content: x}}}, {say: done}]");

        await session.SendAsync(Message("go"));
        var results = Results(await session.RestAsync());

        Assert.Contains("Counts to three.", TextOf(results[0]), StringComparison.Ordinal);
        Assert.StartsWith("1 2 3", TextOf(results[1]), StringComparison.Ordinal);
        Assert.Contains("kept SKILL.md scripts", TextOf(results[1]), StringComparison.Ordinal);
        Assert.Contains("is inside read-only directory /skills", TextOf(results[2]), StringComparison.Ordinal);
        Assert.Equal(skill, (await session.GetAsync()).GetProperty("agent").GetProperty("skills")[0].GetProperty("skill_id").GetString());
    }

    [Fact]
    public async Task A_session_keeps_its_skills_when_they_are_deleted_and_lets_them_go_with_itself()
    {
        var (skill, _) = await SkillAsync("outlived");
        await using var session = await SessionAsync(skill, "answers: [{call: {tool: read, input: {file_path: /skills/outlived/SKILL.md}}}, {say: done}]");
        await using var database = _server.OpenDatabase();
        var blob = await database.ReadAsync(db => db.FirstAsync("SELECT blob_id FROM session_skills WHERE session_id = @id", static r => r.GetString(0), ("@id", session.Id)), Cancelled);
        var agent = (await session.GetAsync()).GetProperty("agent").GetProperty("id").GetString();

        (await _server.DeleteAsync($"/v1/skills/{skill}")).Expect(HttpStatusCode.OK);
        await CollectAsync(database);
        await session.SendAsync(Message("go"));
        var read = TextOf(Results(await session.RestAsync())[0]);
        var again = (await _server.PostAsync("/v1/sessions", $$"""{"agent":"{{agent}}","environment_id":"{{await EnvironmentAsync(_server)}}"}""")).ExpectError(404, "not_found_error");
        (await _server.DeleteAsync($"/v1/sessions/{session.Id}")).Expect(HttpStatusCode.OK);
        await CollectAsync(database);

        Assert.Contains("How it is done.", read, StringComparison.Ordinal);
        Assert.Contains(skill, again.Message, StringComparison.Ordinal);
        Assert.Equal(0, await database.ReadAsync(db => db.FirstAsync("SELECT count(*) FROM file_chunks WHERE blob_id = @id", static r => r.GetInt64(0), ("@id", blob)), Cancelled));
    }

    [Fact]
    public async Task Overrides_give_a_session_other_skills_than_its_agent_has()
    {
        var (skill, version) = await SkillAsync("overriding");
        var agent = await AgentAsync(_server, "answers: [{say: done}]");
        var environment = await EnvironmentAsync(_server);

        var with = (await _server.PostAsync("/v1/sessions", $$"""{"agent":{"type":"agent_with_overrides","id":"{{agent}}","skills":[{"type":"custom","skill_id":"{{skill}}"}]},"environment_id":"{{environment}}"}""")).Expect(HttpStatusCode.OK);
        var without = (await _server.PostAsync("/v1/sessions", $$"""{"agent":{"type":"agent_with_overrides","id":"{{agent}}","tools":[],"skills":[{"type":"custom","skill_id":"{{skill}}"}]},"environment_id":"{{environment}}"}""")).ExpectError(400, "invalid_request_error");

        Assert.Equal(version, with.Json.GetProperty("agent").GetProperty("skills")[0].GetProperty("version").GetString());
        Assert.Contains("because the agent has skills", without.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_has_at_most_500_skills_of_all_its_agents_each_counted_once()
    {
        var all = await ManyAsync("counted", 501, 1);
        var environment = await EnvironmentAsync(_server);

        var most = await StartAsync(await LeadAsync(all[..300], all[200..500]), environment);
        var tooMany = await StartAsync(await LeadAsync(all[..300], all[200..]), environment);

        most.Expect(HttpStatusCode.OK);
        Assert.Contains("have 501 skills together, versions counted once; the limit is 500", tooMany.ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_skills_of_a_session_are_bounded_in_bytes()
    {
        var all = await ManyAsync("heavy", 3, 400_000_000);

        var reply = await StartAsync(await LeadAsync(all[..2], all[2..]), await EnvironmentAsync(_server));

        Assert.Contains("skills of 1200000000 bytes together; the limit is 1000000000", reply.ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);
    }

    private Task<Reply> StartAsync(string agent, string environment) => _server.PostAsync("/v1/sessions", $$"""{"agent":"{{agent}}","environment_id":"{{environment}}"}""");

    /// <summary>An agent with some skills that leads one with others.</summary>
    private async Task<string> LeadAsync(string[] own, string[] others)
    {
        var worker = (await _server.PostAsync("/v1/agents", Agent(References(others)))).Expect(HttpStatusCode.OK).Id;
        var lead = Agent(References(own));
        return (await _server.PostAsync("/v1/agents", $$"""{{lead[..^1]}},"multiagent":{"type":"coordinator","agents":["{{worker}}"]} }""")).Expect(HttpStatusCode.OK).Id;
    }

    private static string References(string[] skills) => string.Join(',', skills.Select(static s => $$"""{"type":"custom","skill_id":"{{s}}"}"""));

    /// <summary>Skills that share the files of one, put beside it in the database: to send each would take long.</summary>
    private async Task<string[]> ManyAsync(string name, int count, long sizeBytes)
    {
        var (first, _) = await SkillAsync(name);
        await using var database = _server.OpenDatabase();
        return await database.WriteAsync(async db =>
        {
            var ids = new string[count];
            for (var i = 0; i < count; i++)
            {
                ids[i] = $"skill_{name}{i}";
                await db.ExecuteAsync("""
                    INSERT INTO skills (workspace_id, id, name, display_name, latest_version_id, created_at, updated_at)
                    SELECT workspace_id, @id, @name, @name, @version, created_at, updated_at FROM skills WHERE id = @first
                    """, ("@id", ids[i]), ("@name", $"{name}-{i}"), ("@version", $"skver_{name}{i}"), ("@first", first));
                await db.ExecuteAsync("""
                    INSERT INTO skill_versions (workspace_id, skill_id, seq, id, description, blob_id, archive_bytes, size_bytes, created_at)
                    SELECT workspace_id, @id, 1, @version, description, blob_id, archive_bytes, @size, created_at FROM skill_versions WHERE skill_id = @first
                    """, ("@id", ids[i]), ("@version", $"skver_{name}{i}"), ("@size", sizeBytes), ("@first", first));
            }
            return ids;
        }, Cancelled);
    }

    private static string Agent(string skill, string tools = AllTools) => $$"""{"name":"a","model":"m","tools":{{tools}},"skills":[{{skill}}]}""";

    private async Task<(string Id, string Version)> SkillAsync(string name)
    {
        var made = (await _server.SendAsync(HttpMethod.Post, "/v1/skills", SkillForm.Of(name))).Expect(HttpStatusCode.OK);
        return (made.Id, made.Json.GetProperty("latest_version_id").GetString()!);
    }

    private Task<LiveSession> SessionAsync(string skill, string script) => LiveSession.StartAsync(_server, script, agentMore: $$""","skills":[{"type":"custom","skill_id":"{{skill}}"}]""");

    private Task CollectAsync(Database database) => new FileBlobs(database, new IdGenerator(_server.Clock), _server.Clock).CollectAsync(Cancelled);

    private static List<JsonElement> Results(List<JsonElement> list) => [.. list.Where(static e => TypeOf(e) == "agent.tool_result")];
}
