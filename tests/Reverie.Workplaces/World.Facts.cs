using System.Text.Json.Nodes;

namespace Reverie.Workplaces;

/// <summary>Plants what the store says and what the sessions say about it: true, stale, contradicted, double.</summary>
internal sealed partial class World
{
    private void PlantStore()
    {
        var facts = new Queue<Fact>(_dice.Shuffled(_place.Facts));
        for (var i = 0; i < _amounts.Stale; i++)
            PlantStale(facts.Dequeue(), twice: i > 0 && _level != Level.Easy && _dice.Chance(0.6));
        PlantRetired(_dice.Pick(_place.Retired));
        for (var i = 0; i < _amounts.Contradictions; i++)
            PlantContradiction(facts.Dequeue());
        for (var i = 0; i < _amounts.Verified; i++)
            PlantVerified(facts.Dequeue());
        foreach (var dup in _dice.Shuffled(_place.Doubles).Take(_amounts.Doubles))
            PlantDouble(dup);
        foreach (var near in _dice.Shuffled(_place.LookAlikes).Take(_amounts.LookAlikes))
            PlantLookAlike(near);
        foreach (var (subject, value) in _dice.Shuffled(_place.Keeps).Take(_amounts.Keeps))
            Keep($"k-{Words.Tokens(subject)[0]}-{Words.Tokens(subject)[^1]}", Store.Fact(subject, value, KeepPhrases), subject, null, value);
        var spare = new Queue<(string Subject, string Value)>(_dice.Shuffled(_place.Keeps).Where(k =>
            !_items["keep"].Any(i => (string?)i.Node["id"] == $"keep-k-{Words.Tokens(k.Subject)[0]}-{Words.Tokens(k.Subject)[^1]}")));
        while (Store.MoreSolo && spare.TryDequeue(out var more))
            Keep($"k-{Words.Tokens(more.Subject)[0]}-{Words.Tokens(more.Subject)[^1]}", Store.SoloFact(more.Subject, more.Value, KeepPhrases), more.Subject, null, more.Value);
    }

    private string[]? KeepPhrases => _place.KeepPhrases.Length > 0 ? _place.KeepPhrases : null;

    private void Keep(string id, Entry entry, string subject, string? what, string value) =>
        Plant("keep", new JsonObject
        {
            ["id"] = "keep-" + id,
            ["path"] = entry.Path,
            ["text"] = entry.Text,
            ["subject"] = Words.Subject(subject, what),
            ["value"] = Words.Value(value),
        });

    private static string Id(string subject) => string.Join('-', Words.Tokens(subject));

    /// <summary>Sessions in time order, between two shares of the whole.</summary>
    private List<Seat> During(double from, double to, int count)
    {
        var seats = _seats.Where((s, i) => i >= from * _seats.Count && i < to * _seats.Count && s.Line is 0 or 1 or 3 && i >= from * _seats.Count && i < to * _seats.Count).ToList();
        return _dice.Shuffled(seats).Take(count).ToList();
    }

    private void ShowValue(Play play, Planted item, Fact fact, string value)
    {
        var (use, result) = play.Do(fact.Probe, play.Scope().With("v", value));
        item.Show(play, use, result);
    }

    private void ShowGone(Play play, Planted item, Fact fact, string gone, string current)
    {
        if (!fact.ByResult)
        {
            var text = play.Dice.Pick(_place.GoneTexts).Replace("$v", gone);
            var (use, result) = play.Do(fact.Probe, play.Scope().With("v", gone), text);
            item.Show(play, use, result);
            play.Filler(0.3);
        }
        ShowValue(play, item, fact, current);
    }

    private void PlantStale(Fact fact, bool twice)
    {
        var values = _dice.Shuffled(fact.Values);
        var (now, chain) = (values[0], values.Skip(1).Take(twice ? 2 : 1).ToArray());
        var entry = Store.Fact(fact.Subject, chain[0]);
        entry.After = Store.Render(entry.Page, fact.Subject, now);
        var item = Plant("stale", new JsonObject
        {
            ["id"] = "stale-" + Id(fact.Subject),
            ["path"] = entry.Path,
            ["text"] = entry.Text,
            ["subject"] = Words.Subject(fact.Subject),
            ["old"] = Words.Value(chain),
            ["new"] = Words.Value(now),
            ["new_text"] = entry.After,
            ["new_value"] = now,
            ["old_value"] = chain[0],
        });
        foreach (var seat in During(0, twice ? 0.25 : 0.4, _dice.Between(1, 2)))
            seat.Middle.Add(p => ShowValue(p, item, fact, chain[0]));
        if (twice)
            foreach (var (seat, i) in During(0.3, 0.5, 2).Select((s, i) => (s, i)))
                seat.Middle.Add(p => ShowGone(p, item, fact, chain[0], chain[1]));
        var late = During(twice ? 0.58 : 0.5, 1, _level == Level.Easy ? 4 : 5);
        for (var i = 0; i < late.Count; i++)
        {
            var gone = i % 3 == 2 ? chain[^1] : chain[0];
            if (i is 0 or 2 or 3)
                late[i].Middle.Add(p => ShowGone(p, item, fact, gone, now));
            else
                late[i].Middle.Add(p => ShowValue(p, item, fact, now));
        }
        if (_dice.Chance(0.5))
        {
            var seat = _dice.Pick(_seats.Where((s, i) => i >= 0.6 * _seats.Count && s.Line != 4).ToList());
            var text = _dice.Pick(_place.HeadsUps).Replace("{s}", fact.Subject).Replace("{new}", now).Replace("{old}", chain[^1]);
            seat.Opening.Add(p => item.Show(p, p.User(text, later: true)));
        }
    }

    private void PlantRetired(Retired retired)
    {
        var entry = Store.Sentence(retired.Sentence);
        entry.After = null;
        var tool = retired.Sentence.Split('`')[1];
        var item = Plant("stale", new JsonObject
        {
            ["id"] = "retired-" + Id(retired.Subject),
            ["path"] = entry.Path,
            ["text"] = entry.Text,
            ["subject"] = new JsonArray(new JsonObject
            {
                ["any"] = Words.Patterns([retired.Subject, tool]),
                ["words"] = new JsonArray(new[] { retired.Subject, tool }.Select(x =>
                    (JsonNode)new JsonArray(Words.Tokens(x).Select(t => (JsonNode)JsonValue.Create(t)!).ToArray())).ToArray()),
            }),
            ["old"] = Words.Value(tool),
            ["new"] = null,
            ["old_value"] = tool,
        });
        foreach (var seat in During(0, 0.3, _dice.Between(1, 2)))
            seat.Middle.Add(p =>
            {
                var (use, result) = p.Do(retired.Works, p.Scope());
                item.Show(p, use, result);
            });
        foreach (var seat in During(0.35, 1, _level == Level.Easy ? 3 : 4))
            seat.Middle.Add(p =>
            {
                var (use, result) = p.Do(retired.Works, p.Scope(), retired.Gone);
                item.Show(p, use, result);
            });
    }

    private void PlantContradiction(Fact fact)
    {
        var values = _dice.Shuffled(fact.Values);
        var (right, wrong) = (values[0], values[1]);
        var good = Store.Fact(fact.Subject, right);
        var bad = Store.Fact(fact.Subject, wrong);
        bad.After = null;
        var item = Plant("contradictions", new JsonObject
        {
            ["id"] = "contra-" + Id(fact.Subject),
            ["path"] = bad.Path,
            ["text"] = bad.Text,
            ["right_path"] = good.Path,
            ["right_text"] = good.Text,
            ["subject"] = Words.Subject(fact.Subject),
            ["old"] = Words.Value(wrong),
            ["new"] = Words.Value(right),
        });
        var seats = During(0, 1, 5);
        for (var i = 0; i < seats.Count; i++)
        {
            if (i is 0 or 2 or 4)
                seats[i].Middle.Add(p => ShowGone(p, item, fact, wrong, right));
            else
                seats[i].Middle.Add(p => ShowValue(p, item, fact, right));
        }
    }

    private void PlantVerified(Fact fact)
    {
        var value = _dice.Pick(fact.Values);
        var entry = Store.Fact(fact.Subject, value);
        entry.After = entry.Text.EndsWith('|') ? entry.Text[..^1] + "(verified) |" : entry.Text + " (verified)";
        var item = Plant("verify", new JsonObject
        {
            ["id"] = "verify-" + Id(fact.Subject),
            ["path"] = entry.Path,
            ["text"] = entry.Text,
            ["subject"] = Words.Subject(fact.Subject),
            ["value"] = Words.Value(value),
        });
        foreach (var seat in During(0, 1, _level == Level.Easy ? 3 : 4))
            seat.Middle.Add(p => ShowValue(p, item, fact, value));
    }

    private void PlantDouble(Double dup)
    {
        var entries = new List<Entry>();
        var copies = _dice.Pick([2, 2, 3, 4, 5]);
        var first = Store.Phrase(_place.DoublePhrase ?? _place.Phrases[0], dup.Subject, dup.Value);
        var extra = copies > 2 && _dice.Chance(0.6);
        for (var i = 0; i < copies; i++)
        {
            var text = i switch
            {
                0 => first,
                1 when copies > 2 || _dice.Chance(0.5) => first,
                1 => Reworded(dup),
                2 => _dice.Pick([first.TrimEnd('.').ToLowerInvariant(), first.TrimEnd('.') + " .", first.Replace(dup.Value, " " + dup.Value)]),
                _ => Reworded(dup),
            };
            if (extra && i == copies - 1)
                text = Reworded(dup).TrimEnd('.') + _place.ExtraJoin + dup.Extra + ".";
            entries.Add(Store.Sentence(text));
        }
        var keep = entries[^1];
        foreach (var e in entries.Where(e => e != keep))
            e.After = null;
        Plant("duplicates", new JsonObject
        {
            ["id"] = "dup-" + Id(dup.Subject),
            ["subject"] = Words.Subject(dup.Subject),
            ["value"] = Words.Value(dup.Value),
            ["extra"] = extra ? Words.Value(dup.Extra) : null,
            ["members"] = new JsonArray(entries.Select(e => (JsonNode)new JsonObject { ["path"] = e.Path, ["text"] = e.Text }).ToArray()),
        });
    }

    private string Reworded(Double dup) => Store.Phrase(_dice.Pick(_place.Rewordings), dup.Subject, dup.Value);

    private void PlantLookAlike(LookAlike near)
    {
        var left = Store.For(near.Subject, near.LeftFor, near.LeftValue);
        var right = Store.For(near.Subject, near.RightFor, near.RightValue);
        JsonObject Of(Entry e, string what, string value) => new()
        {
            ["path"] = e.Path,
            ["text"] = e.Text,
            ["subject"] = Words.Subject(near.Subject, what),
            ["value"] = Words.Value(value),
        };
        Plant("near_miss", new JsonObject
        {
            ["id"] = "near-" + Id(near.Subject),
            ["of"] = new JsonArray(Of(left, near.LeftFor, near.LeftValue), Of(right, near.RightFor, near.RightValue)),
        });
        Keep("near-" + Id(near.Subject) + "-1", left, near.Subject, near.LeftFor, near.LeftValue);
        Keep("near-" + Id(near.Subject) + "-2", right, near.Subject, near.RightFor, near.RightValue);
    }
}
