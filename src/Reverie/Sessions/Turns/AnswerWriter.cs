using Reverie.Inference;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Judging;
using Reverie.Storage;

namespace Reverie.Sessions.Turns;

/// <summary>
/// Turns one answer of a model into events: while it comes in, as previews under the ids the events will have; when it is
/// whole, as the events. Neighbouring text blocks are one message.
/// </summary>
internal sealed class AnswerWriter(Id<Session> session, string? threadId, SessionPreviews previews, IdGenerator ids)
{
    private readonly Dictionary<int, (string Id, int Index)> _places = [];
    private int _lastText = -2;

    /// <summary>Shows what came in to those who watch.</summary>
    public void Preview(ModelUpdate update)
    {
        switch (update)
        {
            case TextStarted text:
                var (id, index) = PlaceOfText(text.Index);
                if (index == 0) previews.Tell(session, new Preview(threadId, id, EventTypes.AgentMessage, 0, null));
                break;
            case TextDelta delta:
                var place = PlaceOfText(delta.Index);
                previews.Tell(session, new Preview(threadId, place.Id, EventTypes.AgentMessage, place.Index, delta.Text));
                break;
            case ThinkingStarted thinking:
                previews.Tell(session, new Preview(threadId, PlaceOf(thinking.Index).Id, EventTypes.AgentThinking, 0, null));
                break;
        }
    }

    /// <summary>The events of the whole answer; and results for calls that cannot be made, which come after its end.</summary>
    /// <param name="judgements">What was decided about its calls under <c>auto</c>.</param>
    public (IReadOnlyList<NewEvent> Said, IReadOnlyList<NewEvent> Refused) Events(ModelResponse answer, ThreadSetup setup, Judgements judgements)
    {
        var events = new List<NewEvent>();
        var refused = new List<NewEvent>();
        var text = new List<ModelBlock>();
        for (var i = 0; i < answer.Blocks.Count; i++)
        {
            switch (answer.Blocks[i])
            {
                case TextBlock block:
                    text.Add(block);
                    if (i + 1 < answer.Blocks.Count && answer.Blocks[i + 1] is TextBlock) break;
                    events.Add(TurnEvents.Said(PlaceOfText(i - text.Count + 1).Id, [.. text]));
                    text.Clear();
                    break;
                case ThinkingBlock or RedactedThinkingBlock:
                    events.Add(TurnEvents.Thought(PlaceOf(i).Id, answer.Blocks[i]));
                    break;
                case ToolUseBlock use:
                    var rule = setup.RuleOf(use.Name);
                    // Nobody is asked to answer a call that nobody can read.
                    if (use.InvalidInput is not null && rule.Kind != CallKind.Delegation) rule = ToolRule.None;
                    var decision = CallDecision.Of(rule.Policy, judgements.ByBlock.GetValueOrDefault(i));
                    var id = PlaceOf(i).Id;
                    events.Add(rule.Kind switch
                    {
                        CallKind.Custom => TurnEvents.CustomToolUse(id, use),
                        CallKind.Delegation => TurnEvents.DelegationUse(id, use),
                        CallKind.Mcp => TurnEvents.McpToolUse(id, rule.Remote!.ServerName, use with { Name = rule.Remote.Name }, decision),
                        _ => TurnEvents.ToolUse(id, use, decision),
                    });
                    if (use.InvalidInput is not null) refused.Add(TurnEvents.Result(new OpenCall(id, rule.Kind, use.Name, use.Input, decision.Verdict), $"The input of {use.Name} was not a JSON object. Call it again with valid JSON.", isError: true));
                    break;
            }
        }
        return (events, refused);
    }

    private (string Id, int Index) PlaceOf(int block)
    {
        if (!_places.TryGetValue(block, out var place)) _places[block] = place = (ids.New("sevt"), 0);
        return place;
    }

    private (string Id, int Index) PlaceOfText(int block)
    {
        if (_places.TryGetValue(block, out var known)) return known;
        var place = block == _lastText + 1 && _places.TryGetValue(_lastText, out var before) ? (before.Id, before.Index + 1) : (ids.New("sevt"), 0);
        _lastText = block;
        return _places[block] = place;
    }
}
