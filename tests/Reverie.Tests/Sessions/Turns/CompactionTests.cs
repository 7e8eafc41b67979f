using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Reverie.Inference;
using Reverie.Protocol.Json;
using Reverie.Sessions.Turns;

namespace Reverie.Tests.Sessions.Turns;

/// <summary>The request that sums a conversation up.</summary>
public sealed class CompactionTests
{
    private const string Agent = """
        {"id":"agent_011CZkZAtmR3yMPDzynEDxu7","type":"agent","version":1,"name":"tester","description":null,"model":{"id":"m","speed":"standard"},"system":"be kind","tools":[],
         "mcp_servers":[],"skills":[],"execution_identity":{"type":"service_account"},"multiagent":null}
        """;

    private static readonly ThreadSetup Setup = ThreadSetup.Of("sthr_1", JsonSerializer.Deserialize(Agent, WireJson.Wire.SessionAgent)!, new ModelRegistry(new InferenceOptions(), TimeProvider.System), [], [], null, null);

    /// <summary>Turns, each with so many rounds of calls, the last one open.</summary>
    private static readonly Gen<List<ModelMessage>> Conversations = Gen.Select(Gen.NonEmptyListOf(Gen.Choose(0, 4)), static turns =>
    {
        var messages = new List<ModelMessage>();
        foreach (var (turn, rounds) in turns.Index())
        {
            messages.Add(new ModelMessage(ModelRole.User, [new TextBlock($"turn {turn}")]));
            for (var round = 0; round < rounds; round++)
            {
                messages.Add(new ModelMessage(ModelRole.Assistant, [new ToolUseBlock($"{turn}-{round}", "bash", "{}")]));
                messages.Add(new ModelMessage(ModelRole.User, [new ToolResultBlock($"{turn}-{round}", [new TextBlock("done")], IsError: false)]));
            }
            if (turn + 1 < turns.Count) messages.Add(new ModelMessage(ModelRole.Assistant, [new TextBlock("done")]));
        }
        return messages;
    });

    [Fact]
    public void However_much_is_left_out_the_request_is_one_that_providers_take()
    {
        Prop.ForAll(Conversations.ToArbitrary(), Gen.Choose(0, TurnPolicy.CompactionsMax).ToArbitrary(), static (conversation, halvings) =>
        {
            var messages = Conversation.Sendable(Compaction.Request(Setup, conversation, halvings).Messages, static _ => false);
            Assert.Equal(ModelRole.User, messages[0].Role);
            Assert.Equal(ModelRole.User, messages[^1].Role);
            for (var i = 0; i < messages.Count; i++)
            {
                Assert.Equal(i % 2 == 0 ? ModelRole.User : ModelRole.Assistant, messages[i].Role);
                var called = i == 0 ? [] : messages[i - 1].Blocks.OfType<ToolUseBlock>().Select(static u => u.Id);
                Assert.Equal(called, messages[i].Blocks.OfType<ToolResultBlock>().Select(static r => r.ToolUseId));
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Each_halving_leaves_less_of_the_conversation_and_never_its_newest_part()
    {
        Prop.ForAll(Conversations.ToArbitrary(), static conversation =>
        {
            var sizes = Enumerable.Range(0, TurnPolicy.CompactionsMax + 1).Select(h => Compaction.Request(Setup, conversation, h).Messages.Sum(static m => m.Blocks.Count)).ToList();
            Assert.Equal(conversation.Sum(static m => m.Blocks.Count) + 1, sizes[0]);
            for (var i = 1; i < sizes.Count; i++) Assert.InRange(sizes[i], 1, sizes[i - 1] + 1);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Long_results_are_cut_and_the_conversation_itself_stays_as_it_is()
    {
        var words = new string('x', 5_000);
        List<ModelMessage> conversation =
        [
            new(ModelRole.User, [new TextBlock(words)]),
            new(ModelRole.Assistant, [new ToolUseBlock("a", "bash", "{}")]),
            new(ModelRole.User, [new ToolResultBlock("a", [new TextBlock(words)], IsError: false)]),
        ];

        var request = Compaction.Request(Setup, conversation, 0);

        Assert.Equal(words, Assert.IsType<TextBlock>(request.Messages[0].Blocks[0]).Text);
        Assert.Equal(4_000 + "\n[…]".Length, Assert.IsType<TextBlock>(Assert.IsType<ToolResultBlock>(request.Messages[2].Blocks[0]).Content[0]).Text.Length);
        Assert.Equal(2, request.Messages[2].Blocks.Count);
        Assert.Single(conversation[2].Blocks);
        Assert.Equal("be kind", request.System);
    }

    [Fact]
    public void The_summary_holds_every_text_of_the_answer() =>
        Assert.Contains("one\n\ntwo", Compaction.Of(new ModelResponse { Blocks = [new TextBlock("one"), new ToolUseBlock("t", "bash", "{}"), new TextBlock("two")], StopReason = ModelStopReason.EndTurn, Usage = ModelUsage.None }), StringComparison.Ordinal);
}
