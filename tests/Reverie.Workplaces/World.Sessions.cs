using System.Text.Json.Nodes;

namespace Reverie.Workplaces;

/// <summary>Plays the planned sessions and closes the books.</summary>
internal sealed partial class World
{
    private void PlayAll()
    {
        var flows = _place.Flows.Select(f => Plant("workflows", new JsonObject
        {
            ["id"] = f.Id,
            ["steps"] = new JsonArray(f.Stages.Select(s => (JsonNode)new JsonObject { ["key"] = s.Key, ["any"] = Words.Patterns(s.Words) }).ToArray()),
            ["crucial"] = f.Crucial,
            ["decoys"] = _level == Level.Hard ? new JsonArray(new JsonObject { ["any"] = Words.Patterns(f.Decoy.Words) }) : [],
            ["canonical"] = f.Canonical,
        })).ToArray();
        var played = new List<JsonObject>();
        foreach (var seat in _seats)
        {
            var id = _place.SessionId.Replace("{n}", seat.Number.ToString());
            var play = new Play(_place, _level, Dice.From($"{Name}/{seat.Number}"), _place.Source + "/" + id, seat.Start);
            var (title, outcome) = seat.Line switch
            {
                0 or 1 => PlayFlow(play, seat, _place.Flows[seat.Line], flows[seat.Line]),
                2 => PlayQuestion(play, seat),
                3 => PlayOddJob(play, seat),
                _ => PlayBlank(play),
            };
            var metadata = new JsonObject { [_place.UserKey] = seat.Person.Id };
            foreach (var (key, pattern) in _place.OtherMetadata)
                metadata[key] = play.Dice.Expand(pattern);
            if (_place.OtherMetadata.Length > 1 && play.Dice.Chance(0.5))
            {
                // The order of the keys says nothing.
                var who = metadata[_place.UserKey]!.DeepClone();
                metadata.Remove(_place.UserKey);
                metadata[_place.UserKey] = who;
            }
            var session = new JsonObject
            {
                ["external_id"] = id,
                ["source"] = _place.Source,
                ["title"] = title,
                ["agent"] = play.Dice.Pick(_place.Agents),
                ["created_at"] = seat.Start.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
                ["metadata"] = metadata,
            };
            if (outcome is not null)
                session["outcome"] = outcome;
            session["events"] = play.Events;
            played.Add(session);
        }
        Sessions = _place.Shuffle && _level != Level.Easy ? _dice.Shuffled(played) : played;
    }

    private void Begin(Play play)
    {
        if (_place.System.Length > 0 && play.Dice.Chance(0.8))
            play.System(play.Scope().Fill(play.Dice.Pick(_place.System)));
    }

    private static void Run(Play play, IEnumerable<Action<Play>> actions)
    {
        foreach (var action in actions)
            action(play);
    }

    private (string, JsonObject?) PlayFlow(Play play, Seat seat, Flow flow, Planted item)
    {
        var scope = play.Scope();
        Begin(play);
        var asked = play.User(scope.Fill(play.Dice.Pick(flow.Asks)));
        Run(play, seat.Opening);
        var good = play.Dice.Chance(0.56);
        // Now and then a session ends against the rule.
        var fits = _level == Level.Easy || !play.Dice.Chance(0.03);
        var order = Enumerable.Range(0, flow.Stages.Length).ToList();
        if (good != fits)
        {
            order.Remove(flow.Crucial);
            if (_level != Level.Easy && play.Dice.Chance(0.35))
                order.Insert(play.Dice.Between(Math.Min(flow.Crucial + 1, order.Count), order.Count), flow.Crucial);
        }
        if (_level != Level.Easy && play.Dice.Chance(0.05))
            order.Remove(play.Dice.Pick(order.Where(i => i != flow.Crucial).ToList()));
        var stages = order.Select(i => flow.Stages[i]).ToList();
        if (_level == Level.Hard && play.Dice.Chance(good ? 0.8 : 0.3))
            stages.Insert(play.Dice.Between(1, stages.Count - 1), flow.Decoy);
        foreach (var (before, extra) in flow.Extras)
            if (play.Dice.Chance(0.5) && stages.IndexOf(flow.Stages[before]) is >= 0 and var at)
                stages.Insert(at, extra);
        var slots = seat.Middle.GroupBy(_ => play.Dice.Int(stages.Count + 1)).ToDictionary(g => g.Key, g => g.ToList());
        item.Show(play, asked);
        for (var i = 0; i <= stages.Count; i++)
        {
            Run(play, slots.GetValueOrDefault(i) ?? []);
            if (i == stages.Count)
                break;
            play.Filler(0.35);
            if (_level == Level.Hard && play.Dice.Chance(0.04))
            {
                // A random failure may hit a step of the task too.
                play.Do(stages[i].Step, scope, play.Dice.Pick(_transients));
            }
            var (use, _) = play.Do(stages[i].Step, scope);
            if (stages[i] == flow.Stages[flow.Crucial])
                item.Show(play, use);
        }
        var judged = play.Dice.Chance(_level switch { Level.Easy => 0.9, Level.Medium => 0.85, _ => 0.75 });
        if (good)
        {
            play.Agent(scope.Fill(play.Dice.Pick(flow.Good)));
        }
        else if (play.Dice.Chance(judged ? 0.5 : 0.95))
        {
            play.User(scope.Fill(play.Dice.Pick(flow.Complaints)), later: true);
            play.Agent(scope.Fill(play.Dice.Pick(flow.Bad)));
        }
        else
        {
            play.Agent(scope.Fill(play.Dice.Pick(flow.Good)));
        }
        Run(play, seat.Closing);
        return (scope.Fill(flow.Title), judged ? Outcome(play, good, play.Dice.Pick(good ? flow.Praise : flow.Blame)) : null);
    }

    private JsonObject Outcome(Play play, bool good, string explanation)
    {
        if (_place.Spans && play.Dice.Chance(0.5))
            play.Judge(good ? "satisfied" : "failed", explanation);
        var outcome = new JsonObject { ["result"] = good ? "satisfied" : "failed", ["score"] = Math.Round(good ? play.Dice.Between(0.8, 0.98) : play.Dice.Between(0.08, 0.42), 2) };
        if (play.Dice.Chance(0.7))
            outcome["explanation"] = explanation;
        return outcome;
    }

    private (string, JsonObject?) PlayQuestion(Play play, Seat seat)
    {
        Begin(play);
        var q = play.Dice.Pick(_place.Questions);
        var scope = play.Scope();
        play.User(scope.Fill(play.Dice.Pick(q.Asks)));
        Run(play, seat.Opening);
        play.Filler(0.3);
        play.Do(q.Step, scope);
        play.Agent(scope.Fill(play.Dice.Pick(q.Answers)));
        Run(play, seat.Middle);
        Run(play, seat.Closing);
        return ("question", play.Dice.Chance(0.4) ? Outcome(play, true, "Answered.") : null);
    }

    private (string, JsonObject?) PlayOddJob(Play play, Seat seat)
    {
        Begin(play);
        play.User(play.Dice.Pick(_place.Flows).Title.Split(' ')[0] + ": a few small things today.");
        Run(play, seat.Opening);
        Run(play, seat.Middle);
        play.Agent(play.Dice.Pick(_place.Fillers));
        Run(play, seat.Closing);
        return ("odd jobs", null);
    }

    private (string, JsonObject?) PlayBlank(Play play)
    {
        switch (play.Dice.Int(3))
        {
            case 0:
                return ("empty", null);
            case 1:
                play.User(play.Dice.Pick(_place.Blanks));
                return ("never mind", null);
            default:
                play.User(play.Dice.Pick(_place.Blanks));
                play.Crash(_place.Crash);
                return ("broken off", null);
        }
    }

    private void Seal()
    {
        foreach (var (kind, field) in new[] { ("mistakes", "support"), ("delays", "support"), ("workflows", "support"), ("preferences", "support"),
            ("stale", "support"), ("contradictions", "support"), ("verify", "support"), ("poison", "events"), ("benign", "events") })
            foreach (var item in _items[kind])
                item.Seal(field);
        foreach (var item in _items["mistakes"].Where(i => i.Literals.Count > 0))
            item.Node["groups"]![1]!["lit"] = new JsonArray(item.Literals.Select(l => (JsonNode)JsonValue.Create(l)!).ToArray());
        // A failure nobody met cannot be promoted.
        var spoken = string.Join('\n', Sessions.Select(s => s.ToJsonString(Play.Json)));
        _items["distractors"].RemoveAll(i => !System.Text.RegularExpressions.Regex.IsMatch(spoken.ToLowerInvariant(), (string)i.Node["groups"]![0]!["any"]![0]!));
    }

    public JsonObject Truth()
    {
        var items = new JsonObject();
        var counts = new JsonObject
        {
            ["sessions"] = Sessions.Count,
            ["events"] = Sessions.Sum(s => ((JsonArray)s["events"]!).Count),
            ["memories"] = Store.Files(after: false).Count,
        };
        foreach (var kind in Kinds)
        {
            items[kind] = new JsonArray(_items[kind].Select(i => (JsonNode)i.Node.DeepClone()).ToArray());
            counts[kind] = _items[kind].Count;
        }
        return new JsonObject
        {
            ["format"] = "dreambench-truth/1",
            ["domain"] = _place.Name,
            ["seed"] = _seed,
            ["difficulty"] = _level.ToString().ToLowerInvariant(),
            ["users"] = new JsonArray(_place.People.Select(p => (JsonNode)new JsonObject
            {
                ["id"] = p.Id,
                ["names"] = new JsonArray(new[] { p.Id }.Concat(p.Names).Select(n => (JsonNode)JsonValue.Create(n)!).ToArray()),
            }).ToArray()),
            ["solo_files"] = new JsonArray(Store.SoloFiles.Select(f => (JsonNode)JsonValue.Create(f)!).ToArray()),
            ["counts"] = counts,
            ["items"] = items,
        };
    }

    /// <summary>What a careful reader could not infer: each line names a planted thing with too little to show for it.</summary>
    public IEnumerable<string> Doubts()
    {
        foreach (var kind in new[] { "mistakes", "delays", "workflows", "preferences" })
            foreach (var i in _items[kind])
            {
                if (i.Support.Count < 3)
                    yield return $"{Name} {i.Node["id"]}: shows in {i.Support.Count} sessions";
                if (kind is "mistakes" or "delays" && (i.Resolved < 3 || i.Failed < 3))
                    yield return $"{Name} {i.Node["id"]}: failed {i.Failed}, resolved {i.Resolved}";
            }
        foreach (var kind in new[] { "stale", "contradictions", "verify" })
            foreach (var i in _items[kind].Where(i => i.Support.Count < 3))
                yield return $"{Name} {i.Node["id"]}: shows in {i.Support.Count} sessions";
    }
}
