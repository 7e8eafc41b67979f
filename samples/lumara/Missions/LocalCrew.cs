using System.Text.Json;
using System.Text.Json.Nodes;
using Lumara.Crew;
using Lumara.Flying;
using Reverie.Inference;

namespace Lumara.Missions;

/// <summary>
/// Flies missions in this process, without a server: the same model, tools and messages, for hundreds of sites. What a
/// session of the server would record, its transcript holds.
/// </summary>
public static class LocalCrew
{
    private const int MovesMax = 100;

    /// <summary>Flies one mission.</summary>
    /// <param name="mission">What to fly.</param>
    /// <param name="playbook">The text of the playbooks; empty for none.</param>
    public static Flown Fly(Mission mission, string playbook) => Record(mission, playbook).Flown;

    /// <summary>Flies one mission; also the line of its session in the interchange format, judged by the rubric.</summary>
    /// <param name="mission">What to fly.</param>
    /// <param name="playbook">The text of the playbooks; empty for none.</param>
    public static (Flown Flown, ReadOnlyMemory<byte> Transcript) Record(Mission mission, string playbook)
    {
        var flight = new Flight(mission.Site, mission.Flight);
        var tools = new FlightTools(flight);
        var log = new Recording(mission);
        log.Say("user.message", mission.Order);
        var commands = 0;
        Run([new ModelTool(Words.Bash, "", "{}"), new ModelTool(Words.Send, "", "{}")], mission.Order);
        var flown = new Flown(mission, flight.Landing, flight.Landing is { Fault: null });
        return (flown, log.Finish(flown.IsGood));

        string Run(IReadOnlyList<ModelTool> offered, string told)
        {
            List<ModelMessage> messages = [new(ModelRole.User, [new TextBlock(told)])];
            for (var move = 0; move < MovesMax; move++)
            {
                var block = CrewModel.Answer(new ModelRequest { Model = CrewModel.Id, Tools = offered, Messages = messages }).Blocks[0];
                messages.Add(new ModelMessage(ModelRole.Assistant, [block]));
                if (block is TextBlock said) return said.Text;
                var call = (ToolUseBlock)block;
                if (call.Name == Words.Send)
                {
                    var agent = Talk.Argument(call, "agent");
                    var report = Run(agent == Words.Detector ? FlightTools.OfDetector : FlightTools.OfNavigator, Talk.Argument(call, "message"));
                    messages.Add(Answered(call, "sent"));
                    messages.Add(new ModelMessage(ModelRole.User, [new TextBlock(report)]));
                    continue;
                }
                var (answer, isError) = call.Name == Words.Bash ? (commands++ == 0 ? playbook : "", false) : tools.Run(call.Name, call.Input);
                log.Call(call, answer, isError);
                messages.Add(Answered(call, answer));
            }
            throw new InvalidOperationException("the crew comes to no end");
        }
    }

    private static ModelMessage Answered(ToolUseBlock call, string answer) => new(ModelRole.User, [new ToolResultBlock(call.Id, [new TextBlock(answer)], false)]);

    /// <summary>Writes the transcript.</summary>
    private sealed class Recording(Mission mission)
    {
        private readonly JsonArray _events = [];

        public void Say(string type, string text) => _events.Add(new JsonObject { ["type"] = type, ["content"] = Blocks(text) });

        public void Call(ToolUseBlock call, string answer, bool isError)
        {
            var id = FormattableString.Invariant($"use_{_events.Count}");
            var isBuiltIn = call.Name == Words.Bash;
            _events.Add(new JsonObject { ["type"] = isBuiltIn ? "agent.tool_use" : "agent.custom_tool_use", ["id"] = id, ["name"] = call.Name, ["input"] = JsonNode.Parse(call.Input) });
            _events.Add(new JsonObject { ["type"] = isBuiltIn ? "agent.tool_result" : "user.custom_tool_result", [isBuiltIn ? "tool_use_id" : "custom_tool_use_id"] = id, ["content"] = Blocks(answer), ["is_error"] = isError });
        }

        public ReadOnlyMemory<byte> Finish(bool isGood)
        {
            Say("agent.message", "The flight is over.");
            return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
            {
                ["external_id"] = mission.Name,
                ["source"] = "lumara",
                ["agent"] = "commander",
                ["created_at"] = "2026-01-01T00:00:00Z",
                ["metadata"] = new JsonObject { ["pilot"] = mission.Pilot },
                ["outcome"] = new JsonObject { ["result"] = isGood ? "satisfied" : "failed", ["score"] = isGood ? 1 : 0 },
                ["events"] = _events,
            });
        }

        private static JsonArray Blocks(string text) => [new JsonObject { ["type"] = "text", ["text"] = text }];
    }
}
