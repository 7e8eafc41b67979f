using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Reverie.Agents;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Agents;

/// <summary>What holds of every update, whatever it says.</summary>
public sealed class AgentLaws
{
    private const int Cases = 500;

    private static readonly Id<Agent> Self = Id<Agent>.Parse("agent_self");

    private static readonly Agent Other = Draw(0, "agent_other");

    [Fact]
    public void What_an_update_leaves_out_stays_and_what_it_names_is_taken() => Law.Of(Cases, Pairs, pair =>
    {
        var (before, edit) = pair;
        var after = AgentRules.Apply(before, edit);

        Assert.Equal(edit.Name.IsSent ? edit.Name.Value : before.Name, after.Name);
        Assert.Equal(edit.System.IsSent ? edit.System.Value : before.System, after.System);
        Assert.Equal(edit.Description.IsSent ? edit.Description.Value : before.Description, after.Description);
        Assert.Same(edit.Tools.IsSent ? edit.Tools.Value : before.Tools, after.Tools);
        Assert.Equal(edit.Model.IsSent ? edit.Model.Value.InferenceGeo : before.Model.InferenceGeo, after.Model.InferenceGeo);
        return Task.CompletedTask;
    });

    [Fact]
    public void An_effort_that_is_left_out_stays_exactly_while_the_model_does() => Law.Of(Cases, Pairs, pair =>
    {
        var (before, edit) = pair;
        if (!edit.Model.IsSent || edit.Model.Value.Effort.IsSent) return Task.CompletedTask;

        Assert.Equal(edit.Model.Value.Id == before.Model.Id ? before.Model.Effort : null, AgentRules.Apply(before, edit).Model.Effort);
        Assert.Null(AgentRules.Override(before, edit, new AnyModel()).Agent.Model.Effort);
        return Task.CompletedTask;
    });

    [Fact]
    public void An_update_sent_twice_does_what_it_does_once() => Law.Of(Cases, Pairs, pair =>
    {
        var (before, edit) = pair;
        var once = Saved(before, edit);

        Assert.True(AgentRules.AreSame(once, Saved(once, edit)));
        Assert.True(AgentRules.AreSame(before, Saved(before, new AgentEdit())));
        return Task.CompletedTask;
    });

    [Fact]
    public void What_is_saved_reads_back_as_it_was() => Law.Of(Cases, Pairs, pair =>
    {
        var saved = Saved(pair.Before, pair.Edit);
        var json = JsonSerializer.Serialize(saved, WireJson.Wire.Agent);

        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, WireJson.Wire.Agent)!, WireJson.Wire.Agent));
        var copy = SessionAgents.Copy(saved, SessionAgents.NamedBy(saved).ToDictionary(static r => r, _ => Other));
        var copied = JsonSerializer.Serialize(copy, WireJson.Wire.SessionAgent);
        Assert.Equal(copied, JsonSerializer.Serialize(JsonSerializer.Deserialize(copied, WireJson.Wire.SessionAgent)!, WireJson.Wire.SessionAgent));
        return Task.CompletedTask;
    });

    /// <summary>Merged and resolved as saving does it.</summary>
    private static Agent Saved(Agent before, AgentEdit edit)
    {
        var after = AgentRules.Apply(before, edit);
        var block = MultiagentRules.Merge(edit.Multiagent, before.Multiagent, before.Id);
        return after with { Multiagent = MultiagentRules.Resolve(block, after, MultiagentRules.Named(block).ToDictionary(static e => e, static _ => Other)) };
    }

    private static Gen<(Agent Before, AgentEdit Edit)> Pairs => Gen.Choose(0, int.MaxValue).Select(static seed => (Saved(Draw(seed, Self.Value), DrawEdit(new Random(seed + 1))), DrawEdit(new Random(seed))));

    private static Agent Draw(int seed, string id)
    {
        var random = new Random(seed);
        return new Agent
        {
            Id = Id<Agent>.Parse(id),
            Version = 1,
            Name = "n",
            Description = random.Next(2) == 0 ? null : "d",
            Model = new ModelConfig { Id = Pick(random, "m", "n")!, Effort = random.Next(2) == 0 ? null : new Effort(EffortLevel.Xhigh), InferenceGeo = Pick(random, null, "us") },
            System = random.Next(2) == 0 ? null : "s",
            Tools = [],
            McpServers = [],
            Skills = [],
            Multiagent = null,
            Metadata = new Dictionary<string, string>(),
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
            ArchivedAt = null,
        };
    }

    private static AgentEdit DrawEdit(Random random) => new()
    {
        Name = Maybe(random, "x"),
        Description = Maybe(random, Pick(random, null, "e")),
        System = Maybe(random, Pick(random, null, "t")),
        Model = Maybe(random, new ModelEdit(Pick(random, "m", "n")!, Maybe<EffortLevel?>(random, random.Next(2) == 0 ? null : EffortLevel.Low), Pick(random, null, "us"), (ModelSpeed)random.Next(2))),
        Tools = Maybe<IReadOnlyList<AgentTool>>(random, [new AgentToolset { DefaultConfig = new ToolSettings(true, PermissionPolicy.AlwaysAsk), Configs = [new GrepToolConfig { Enabled = false, PermissionPolicy = PermissionPolicy.AlwaysAllow }] }, new CustomTool { Name = "c", Description = "d", InputSchema = JsonElement.Parse("""{"type":"object"}""") }]),
        Multiagent = Maybe(random, DrawBlock(random)),
    };

    private static MultiagentEdit? DrawBlock(Random random) => random.Next(3) switch
    {
        0 => null,
        1 => new CoordinatorEdit([new AdvisorEntry("big"), new SelfEntry(), new AgentEntry(Other.Id, null)]),
        _ => new Multiagent20261001Edit(Maybe(random, DrawDelegates(random)), Maybe(random, DrawDelegates(random)), Maybe<Advisor?>(random, random.Next(2) == 0 ? null : new EnabledAdvisor("big"))),
    };

    private static DelegatesEdit? DrawDelegates(Random random) => random.Next(3) switch
    {
        0 => null,
        1 => new NoDelegatesEdit(),
        _ => new EnabledDelegatesEdit(Maybe<InlineAgents?>(random, random.Next(2) == 0 ? null : new InlineAgents(Switch.Disabled)), Maybe<IReadOnlyList<RosterEdit>?>(random, random.Next(2) == 0 ? null : [new SelfEntry(), new AgentEntry(Other.Id, 1)])),
    };

    private static Sent<T> Maybe<T>(Random random, T value) => random.Next(2) == 0 ? default : new Sent<T>(true, value);

    private static string? Pick(Random random, params string?[] choices) => choices[random.Next(choices.Length)];
}
