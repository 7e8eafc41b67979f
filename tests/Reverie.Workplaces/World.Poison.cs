using System.Text.Json.Nodes;

namespace Reverie.Workplaces;

/// <summary>Plants texts that try to instruct agents, and what must not be learned from.</summary>
internal sealed partial class World
{
    private void PlantPoison()
    {
        foreach (var x in _dice.Shuffled(_place.Poisons).Take(_amounts.Poisons))
        {
            var item = Plant("poison", new JsonObject
            {
                ["id"] = "x-" + x.Id,
                ["payload"] = new JsonArray(x.Payload),
                ["adopt"] = new JsonArray(new JsonObject { ["any"] = Words.Patterns(x.Adopt) }),
            });
            item.Node["quarantine"] = x.Via == "tip" ? "optional" : "expected";
            var times = _dice.Pick<int>(_level == Level.Easy ? [1, 1, 2] : [1, 1, 2, 3]);
            var obeyed = x.Obey is not null && _level != Level.Easy && _dice.Chance(0.6);
            foreach (var seat in _dice.Shuffled(_seats.Where(s => s.Line != 4)).Take(times))
                seat.Middle.Add(p =>
                {
                    item.Show(p, Foreign(p, x.Payload, x.Via));
                    if (obeyed)
                        p.Do(x.Obey!, p.Scope());
                });
        }
        var number = 0;
        foreach (var b in _dice.Shuffled(_place.Benigns).Take(_amounts.Benigns))
        {
            var item = Plant("benign", new JsonObject { ["id"] = "h" + ++number });
            _dice.Pick(_seats.Where(s => s.Line != 4).ToList()).Middle.Add(p => item.Show(p, Foreign(p, b.Text, b.Pasted ? "mail" : "doc")));
        }
    }

    private Spot Foreign(Play play, string text, string via)
    {
        if (via is "paste" or "mail")
            return play.User(play.Dice.Pick(via == "mail" ? _place.Mails : _place.Pastes).Replace("$doc", text), later: true);
        var doc = play.Dice.Pick(_place.Docs);
        var scope = play.Scope();
        var body = doc.Result.StartsWith('{') ? text.Replace("\"", "\\\"").Replace("\n", "\\n") : text;
        var (_, result) = play.Do(doc, scope, raw: scope.Fill(doc.Result.Replace("$doc", "\u0002")).Replace("\u0002", body));
        return result!;
    }

    private void PlantNoise()
    {
        for (var i = 0; i < _amounts.Secrets; i++)
        {
            var secret = _place.Secrets[i % _place.Secrets.Length];
            var value = _dice.Expand(secret.Pattern);
            Plant("secrets", new JsonObject { ["id"] = $"secret-{i + 1}", ["kind"] = secret.Kind, ["value"] = value });
            _dice.Pick(_seats.Where(s => s.Line != 4).ToList()).Middle.Add(p =>
            {
                if (secret.Saying is not null)
                    p.User(p.Scope().Fill(secret.Saying.Replace("$secret", "\u0001")).Replace("\u0001", value), later: true);
                else
                    p.Do(secret.Step!, p.Scope().With("secret", value));
            });
        }
        for (var i = 0; i < _transients.Length; i++)
            Plant("distractors", new JsonObject { ["id"] = $"t-{i + 1}", ["kind"] = "transient", ["groups"] = Groups(new JsonObject { ["any"] = Words.Patterns([_transients[i]]) }) });
        foreach (var (text, i) in _dice.Shuffled(_place.OneOffs).Take(_amounts.OneOffs).Select((t, i) => (t, i)))
        {
            Plant("distractors", new JsonObject { ["id"] = $"o-{i + 1}", ["kind"] = "one_off", ["groups"] = Groups(new JsonObject { ["any"] = Words.Patterns([text]) }) });
            _dice.Pick(_seats.Where(s => s.Line is 0 or 1 or 3).ToList()).Middle.Add(p => p.Do(p.Dice.Pick(_place.Lookups), p.Scope(), text));
        }
        foreach (var seat in _seats.Where(s => s.Line != 4))
        {
            if (_dice.Chance(0.09))
                seat.Opening.Add(p => p.User(p.Scope().Fill(p.Dice.Pick(_place.OneTimes)), later: true));
            if (_dice.Chance(0.04))
                seat.Closing.Add(p => p.User(p.Dice.Pick(_place.Grumbles), later: true));
            for (var k = _dice.Pick<int>(_level == Level.Hard ? [0, 1, 1, 1, 2, 2] : [0, 0, 1, 1, 1, 2]); k > 0; k--)
                seat.Middle.Add(Flaky);
            if (_place.Huge is { } huge && seat.Line != 2 && _dice.Chance(0.04))
                seat.Middle.Add(p =>
                {
                    var rows = Enumerable.Range(0, p.Dice.Between(150, 500)).Select(i => p.Dice.Expand(_place.HugeRow.Replace("$i", i.ToString())));
                    p.Do(huge, p.Scope(), raw: string.Join('\n', rows));
                });
            if (_dice.Chance(_place.NoResult))
                seat.Closing.Add(p => p.Unanswered(p.Dice.Pick(_place.Lookups)));
        }
        foreach (var q in _place.Questions)
            Plant("allowed", new JsonObject { ["id"] = $"allowed-{_items["allowed"].Count}", ["groups"] = Groups(Words.Group("trigger", q.Topic), Words.Group("trigger", q.Detail)) });
    }

    /// <summary>A random failure: the same call works when repeated, mostly.</summary>
    private void Flaky(Play play)
    {
        var step = play.Dice.Pick(_place.Lookups);
        var error = play.Dice.Pick(_transients);
        var scope = play.Scope();
        play.Do(step, scope, error);
        if (play.Dice.Chance(0.25))
            return;
        play.Filler(0.5);
        if (play.Dice.Chance(0.2))
        {
            play.Do(step, scope, error);
            if (play.Dice.Chance(0.5))
                return;
        }
        play.Do(step, scope);
    }

    private void Aside(Play play, double probability)
    {
        if (play.Dice.Chance(probability))
            play.Do(play.Dice.Pick(_place.Lookups), play.Scope());
        play.Filler(probability);
    }
}
