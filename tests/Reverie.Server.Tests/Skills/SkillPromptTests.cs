using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Reverie.Inference;
using Reverie.Inference.Scripted;
using Reverie.Server.Tests.Hosting;
using Reverie.Server.Tests.Sessions;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Skills;

/// <summary>What models are told of skills, and what is left of them when sandboxes and processes come and go.</summary>
public sealed class SkillPromptTests(SkillPromptTests.RecordingServer server) : IClassFixture<SkillPromptTests.RecordingServer>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_thread_is_told_of_its_own_agents_skills()
    {
        var (lead, ours) = ("answers: [{call: {tool: send_to_agent, input: {agent: worker, message: go}}}, {say: sent}, {say: done}]", "answers: [{call: {tool: bash, input: {command: 'head -3 /skills/*/SKILL.md'}}}, {say: worked}]");
        var one = await SkillAsync("for-leads", "Leads\n  others.");
        var (other, older) = (await SkillAsync("for-both", "Old."), await LatestAsync("for-both"));
        await VersionAsync(other, SkillForm.Of("for-both", "New."));
        var worker = await RecordedAsync("worker", ours, $$""","skills":[{"type":"custom","skill_id":"{{other}}","version":"{{older}}"}]""");
        var agent = await RecordedAsync("lead", lead, $$""","skills":[{"type":"custom","skill_id":"{{one}}"},{"type":"custom","skill_id":"{{other}}"}],"multiagent":{"type":"coordinator","agents":["{{worker}}"]}""");
        await using var session = await OfAsync(server, agent);

        await session.SendAsync(Message("go"));
        await session.RestAsync();

        var leads = server.NotesOf(lead);
        var works = server.NotesOf(ours);
        Assert.Contains("\n- for-leads (/skills/for-leads/SKILL.md): Leads others.", leads, StringComparison.Ordinal);
        Assert.Contains("\n- for-both (/skills/for-both/SKILL.md): New.", leads, StringComparison.Ordinal);
        Assert.DoesNotContain("Old.", leads, StringComparison.Ordinal);
        Assert.Contains($"\n- for-both (/skills/for-both.{older}/SKILL.md): Old.", works, StringComparison.Ordinal);
        Assert.DoesNotContain("for-leads", works, StringComparison.Ordinal);
        var place = Path.Combine(server.DataDirectory, "sessions", session.Id, "skills");
        Assert.Contains("description: \"Old.\"", await File.ReadAllTextAsync(Path.Combine(place, $"for-both.{older}", "SKILL.md"), Cancelled), StringComparison.Ordinal);
        Assert.Contains("description: New.", await File.ReadAllTextAsync(Path.Combine(place, "for-both", "SKILL.md"), Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Skills_are_there_again_when_the_sandbox_was_closed_even_where_unpacking_was_cut_off()
    {
        var skill = await SkillAsync("reopened", "Comes back.");
        const string read = "{call: {tool: bash, input: {command: cat /skills/reopened/SKILL.md}}}, {say: done}";
        var agent = await AgentAsync(server, $"answers: [{read}, {read}]", more: $$""","skills":[{"type":"custom","skill_id":"{{skill}}"}]""");
        await using var session = await OfAsync(server, agent);
        var place = Path.Combine(server.DataDirectory, "sessions", session.Id);

        var first = await RunAsync(session);
        await using (var other = await StartAsync(server, "answers: [{call: {tool: bash, input: {command: 'true'}}}, {say: done}]")) await RunAsync(other);
        // As a process leaves it that dies while it unpacks.
        Directory.Move(Path.Combine(place, "skills", "reopened"), Path.Combine(place, "skills.begun"));
        var second = await RunAsync(session);

        Assert.Contains("description: \"Comes back.\"", first, StringComparison.Ordinal);
        Assert.Contains("description: \"Comes back.\"", second, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(place, "skills.begun")));
    }

    private async Task<string> RunAsync(LiveSession session)
    {
        // Of sandboxes that were used at the same time none is the one idle for longest.
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await session.SendAsync(Message("go"));
        return TextOf((await session.RestAsync()).Last(static e => TypeOf(e) == "agent.tool_result"));
    }

    /// <param name="more">Further fields, each with a comma before it.</param>
    private async Task<string> RecordedAsync(string name, string script, string more) =>
        (await server.PostAsync("/v1/agents", $$"""{"name":"{{name}}","model":"recorded","system":{{JsonSerializer.Serialize(script)}},"tools":{{AllTools}}{{more}}}""")).Expect(HttpStatusCode.OK).Id;

    private async Task<string> SkillAsync(string name, string description) =>
        (await server.SendAsync(HttpMethod.Post, "/v1/skills", SkillForm.Files(("x/SKILL.md", $"---\nname: {name}\ndescription: {JsonSerializer.Serialize(description)}\n---\n")))).Expect(HttpStatusCode.OK).Id;

    private async Task VersionAsync(string skill, HttpContent form) => (await server.SendAsync(HttpMethod.Post, $"/v1/skills/{skill}/versions", form)).Expect(HttpStatusCode.OK);

    private async Task<string> LatestAsync(string name)
    {
        var all = (await server.GetAsync("/v1/skills?limit=100")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray();
        return all.Single(s => s.GetProperty("display_name").GetString() == name).GetProperty("latest_version_id").GetString()!;
    }

    /// <summary>One sandbox at a time, and a scripted model that keeps what it is told.</summary>
    public sealed class RecordingServer : SqliteServer, IModelProvider
    {
        private readonly ConcurrentQueue<ModelRequest> _asked = [];

        public override ServerOptions Options() => base.Options() with { SandboxUse = new() { OpenMax = 1 } };

        protected override InferenceOptions Inference => new() { Embedded = [.. base.Inference.Embedded, new EmbeddedModel(base.Inference.Embedded[0].Info with { Id = "recorded" }, this)] };

        public IAsyncEnumerable<ModelUpdate> StreamAsync(ModelRequest request, CancellationToken cancellationToken)
        {
            _asked.Enqueue(request);
            return new ScriptedProvider(Clock).StreamAsync(request, cancellationToken);
        }

        /// <summary>What the engine added to the prompt of the agent with this script.</summary>
        public string NotesOf(string script) => string.Join('\n', _asked.First(r => r.System == script).SystemNotes);
    }
}
