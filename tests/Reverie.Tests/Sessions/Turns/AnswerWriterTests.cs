using System.Text.Json;
using Reverie.Inference;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Judging;
using Reverie.Sessions.Turns;
using Reverie.Storage;

namespace Reverie.Tests.Sessions.Turns;

/// <summary>The events of an answer, and what is shown of them before they are written.</summary>
public sealed class AnswerWriterTests
{
    private const string Agent = """
        {"id":"agent_011CZkZAtmR3yMPDzynEDxu7","type":"agent","version":1,"name":"tester","description":null,"model":{"id":"m","speed":"standard"},"system":null,
         "tools":[{"type":"agent_toolset_20260401","default_config":{"enabled":false,"permission_policy":{"type":"always_allow"}},
                   "configs":[{"type":"bash","name":"bash","enabled":true,"permission_policy":{"type":"always_allow"}},{"type":"write","name":"write","enabled":true,"permission_policy":{"type":"always_ask"}},
                              {"type":"edit","name":"edit","enabled":true,"permission_policy":{"type":"auto"}}]},
                  {"type":"custom","name":"ask","description":"d","input_schema":{"type":"object"}}],
         "mcp_servers":[],"skills":[],"execution_identity":{"type":"service_account"},"multiagent":null}
        """;

    private readonly Id<Session> _session = new IdGenerator(TimeProvider.System).New<Session>();
    private readonly SessionPreviews _previews = new();
    private readonly List<Preview> _shown = [];
    private readonly AnswerWriter _writer;

    public AnswerWriterTests()
    {
        _previews.Watch(_session, _shown.Add);
        _writer = new AnswerWriter(_session, null, _previews, new IdGenerator(TimeProvider.System));
    }

    [Fact]
    public void What_is_shown_is_the_event_it_becomes()
    {
        _writer.Preview(new ThinkingStarted(0));
        _writer.Preview(new TextStarted(1));
        _writer.Preview(new TextDelta(1, "Hel"));
        _writer.Preview(new TextDelta(1, "lo"));
        _writer.Preview(new TextStarted(2));
        _writer.Preview(new TextDelta(2, " you"));
        _writer.Preview(new TextStarted(4));
        _writer.Preview(new TextDelta(4, "bye"));

        var (said, refused) = Events(new ThinkingBlock("hm", "s"), new TextBlock("Hello"), new TextBlock(" you"), new ToolUseBlock("t", "bash", "{}"), new TextBlock("bye"));

        Assert.Empty(refused);
        Assert.Equal(["agent.thinking", "agent.message", "agent.tool_use", "agent.message"], said.Select(static e => e.Type));
        Assert.Equal([said[0].Id, said[1].Id, said[1].Id, said[1].Id, said[1].Id, said[3].Id, said[3].Id], _shown.Select(static p => p.EventId));
        Assert.Equal([(0, null), (0, null), (0, "Hel"), (0, "lo"), (1, " you"), (0, null), (0, "bye")], _shown.Select(static p => (p.Index, p.Text)));
        Assert.Equal("""{"content":[{"type":"text","text":"Hello"},{"type":"text","text":" you"}]}""", said[1].Fields);
    }

    [Fact]
    public void An_answer_that_was_not_shown_has_the_same_events()
    {
        var (said, _) = Events(new TextBlock("one"), new TextBlock("two"), new ThinkingBlock("hm", "s"), new TextBlock("three"));

        Assert.Equal(["agent.message", "agent.thinking", "agent.message"], said.Select(static e => e.Type));
        Assert.Equal(3, said.Select(static e => e.Id).Distinct().Count());
        Assert.Equal(ModelBlocksJson.Write([new ThinkingBlock("hm", "s")]), said[1].Kept);
    }

    [Theory]
    [InlineData("bash", "agent.tool_use", ""","evaluated_permission":"allow","evaluation":{"type":"always_allow"}}""")]
    [InlineData("write", "agent.tool_use", ""","evaluated_permission":"ask","evaluation":{"type":"always_ask"}}""")]
    [InlineData("read", "agent.tool_use", ""","evaluated_permission":"deny"}""")]
    [InlineData("rm", "agent.tool_use", ""","evaluated_permission":"deny"}""")]
    [InlineData("ask", "agent.custom_tool_use", "}")]
    public void A_call_says_what_the_settings_say_of_it(string tool, string type, string rest)
    {
        var use = Assert.Single(Events(new ToolUseBlock("t", tool, """{"a":1}""")).Said);

        Assert.Equal((type, $$"""{"name":"{{tool}}","input":{"a":1}{{rest}}"""), (use.Type, use.Fields));
    }

    [Theory]
    [InlineData("safe", "allow", """{"type":"allow"}""")]
    [InlineData("unsure", "ask", """{"type":"ask","reason_code":"indeterminate"}""")]
    [InlineData("high_risk", "deny", """{"type":"deny","reason_code":"high_risk"}""")]
    [InlineData("unpaid", "deny", """{"type":"deny","reason_code":"indeterminate"}""")]
    public void A_judged_call_says_what_was_decided_and_keeps_why(string verdict, string permission, string decided)
    {
        var judgement = verdict switch
        {
            "safe" => Judgement.Safe("why", "judge"),
            "unsure" => Judgement.Unclear("why", "judge"),
            "high_risk" => Judgement.HighRisk("why", "judge"),
            _ => Judgement.Unpaid("why", "judge"),
        };
        var (said, refused) = Events(new Dictionary<int, Judgement> { [1] = judgement }, new TextBlock("I edit."), new ToolUseBlock("t", "edit", "{}"));

        Assert.Empty(refused);
        Assert.Equal($$$"""{"name":"edit","input":{},"evaluated_permission":"{{{permission}}}","evaluation":{"type":"auto","evaluated_permission":{{{decided}}}}}""", said[1].Fields);
        Assert.Equal((permission == "ask", new JudgementNote("why", "judge")), (said[1].NeedsClient, JudgementNote.Read(said[1].Kept!)));
    }

    [Theory, InlineData("bash"), InlineData("ask"), InlineData("edit")]
    public void A_call_whose_input_is_no_object_is_answered_by_the_server(string tool)
    {
        var (said, refused) = Events(new ToolUseBlock("t", tool, "{}") { InvalidInput = "{\"a\":" });

        var result = JsonElement.Parse(Assert.Single(refused).Fields!);
        Assert.Equal(Assert.Single(said).Id, result.GetProperty("tool_use_id").GetString());
        Assert.True(result.GetProperty("is_error").GetBoolean());
        Assert.Contains("deny", said[0].Fields, StringComparison.Ordinal);
    }

    private (IReadOnlyList<NewEvent> Said, IReadOnlyList<NewEvent> Refused) Events(params ModelBlock[] blocks) => Events([], blocks);

    private (IReadOnlyList<NewEvent> Said, IReadOnlyList<NewEvent> Refused) Events(Dictionary<int, Judgement> judged, params ModelBlock[] blocks) => _writer.Events(
        new ModelResponse { Blocks = blocks, StopReason = ModelStopReason.EndTurn, Usage = ModelUsage.None },
        ThreadSetup.Of("sthr_1", JsonSerializer.Deserialize(Agent, WireJson.Wire.SessionAgent)!, new ModelRegistry(new InferenceOptions(), TimeProvider.System), [.. new[] { "bash", "write", "edit", "read" }.Select(static n => new ModelTool(n, "d", "{}"))], [], null, null),
        new Judgements(judged, ModelUsage.None, 0));
}
