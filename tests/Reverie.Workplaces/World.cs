using System.Text.Json.Nodes;

namespace Reverie.Workplaces;

/// <summary>What a case plants, by difficulty.</summary>
internal sealed record Amounts(int Sessions, int Doubles, int LookAlikes, int Stale, int Contradictions, int Verified, int Keeps,
    int Poisons, int Benigns, int Secrets, int Transients, int OneOffs)
{
    public static Amounts Of(Level level) => level switch
    {
        Level.Easy => new(45, 3, 2, 2, 1, 3, 8, 3, 2, 5, 4, 2),
        Level.Medium => new(70, 3, 2, 3, 2, 3, 9, 5, 3, 7, 5, 2),
        _ => new(125, 3, 3, 3, 2, 4, 12, 7, 4, 10, 7, 3),
    };
}

/// <summary>A planted thing while the sessions are played: where it shows.</summary>
internal sealed class Planted(JsonObject node)
{
    public JsonObject Node { get; } = node;
    public SortedSet<string> Support { get; } = new(StringComparer.Ordinal);
    public List<Spot> Spots { get; } = [];
    public SortedSet<string> Literals { get; } = new(StringComparer.Ordinal);
    public int Resolved { get; set; }
    public int Failed { get; set; }

    public void Show(Play play, params Spot?[] spots)
    {
        Support.Add(play.Key);
        Spots.AddRange(spots.OfType<Spot>());
    }

    public void Seal(string field)
    {
        if (field == "events")
        {
            Node["events"] = new JsonArray(Spots.Select(s => (JsonNode)s.Node()).ToArray());
            return;
        }
        Node["support"] = new JsonArray(Support.Select(s => (JsonNode)JsonValue.Create(s)!).ToArray());
        Node["evidence"] = new JsonArray(Spots.Select(s => (JsonNode)s.Node()).ToArray());
    }
}

/// <summary>One generated case: the store, the sessions and the truth about both.</summary>
internal sealed partial class World
{
    private readonly Workplace _place;
    private readonly Level _level;
    private readonly int _seed;
    private readonly Dice _dice;
    private readonly Amounts _amounts;
    private readonly List<Seat> _seats = [];
    private readonly Dictionary<string, List<Planted>> _items = [];
    private readonly string[] _transients;

    private static readonly string[] Kinds =
    [
        "mistakes", "delays", "workflows", "preferences", "duplicates", "near_miss", "stale", "contradictions", "verify", "keep",
        "poison", "secrets", "distractors", "allowed", "benign",
    ];

    public World(Workplace place, int seed, Level level)
    {
        _place = place;
        _level = level;
        _seed = seed;
        _dice = Dice.From($"{place.Name}/{seed}/{level}");
        _amounts = Amounts.Of(level);
        Store = new Store(place, _dice);
        _transients = _dice.Shuffled(place.Transients).Take(_amounts.Transients).ToArray();
        foreach (var kind in Kinds)
            _items[kind] = [];
        PlanSessions();
        PlantMistakes();
        PlantDelays();
        PlantWishes();
        PlantStore();
        PlantPoison();
        PlantNoise();
        PlayAll();
        Store.Mix();
        Seal();
    }

    public Store Store { get; }

    public string Name => $"{_place.Name}-{_seed}-{_level.ToString().ToLowerInvariant()}";

    public IReadOnlyList<Planted> Items(string kind) => _items[kind];

    public List<JsonObject> Sessions { get; private set; } = [];

    public Workplace Place => _place;

    /// <summary>A session to be played: its main line and what is put between its steps.</summary>
    private sealed class Seat
    {
        public required int Number { get; init; }
        public required Person Person { get; init; }
        public required DateTimeOffset Start { get; init; }
        /// <summary>0 and 1 are the workflows; 2 a question, 3 an odd job, 4 blank.</summary>
        public required int Line { get; init; }
        public List<Action<Play>> Opening { get; } = [];
        public List<Action<Play>> Middle { get; } = [];
        public List<Action<Play>> Closing { get; } = [];
    }

    private void PlanSessions()
    {
        var lines = new List<int>();
        for (var i = 0; i < _amounts.Sessions; i++)
        {
            var p = (double)i / _amounts.Sessions;
            lines.Add(p < 0.29 ? 0 : p < 0.58 ? 1 : p < 0.88 ? 2 : p < 0.94 ? 3 : 4);
        }
        lines = _dice.Shuffled(lines);
        var clock = DateTimeOffset.Parse(_place.Start);
        var number = _place.FirstNumber;
        var people = new Queue<Person>();
        foreach (var line in lines)
        {
            if (people.Count == 0)
                people = new Queue<Person>(_dice.Shuffled(_place.People));
            clock = clock.AddSeconds(_dice.Between(0.1, 1.9) * 40 * 86400 / _amounts.Sessions);
            clock = clock.AddTicks(-(clock.Ticks % TimeSpan.TicksPerSecond));
            _seats.Add(new Seat { Number = number, Person = people.Dequeue(), Start = clock, Line = line });
            number += _place.NumberStep;
        }
    }

    private Planted Plant(string kind, JsonObject node)
    {
        var planted = new Planted(node);
        _items[kind].Add(planted);
        return planted;
    }

    /// <summary>Sessions with a task in them, in an order of their own.</summary>
    private List<Seat> Working(double share) =>
        _dice.Shuffled(_seats.Where(s => s.Line is 0 or 1 or 3 || (s.Line == 2 && _dice.Chance(share))));

    private static JsonArray Groups(params JsonObject?[] groups) => new(groups.OfType<JsonObject>().Select(g => (JsonNode)g).ToArray());

    // ------------------------------------------------------------ mistakes and delays

    private const string Instead = @"\b(?:instead|rather|not|use[ds]?|using|switch\w*|only|work\w*|fail\w*|wrong|never|avoid|empty|prefer\w*|go(?:es)? through|succe\w+|fix\w*|remed\w+|resol\w+|giv\w+|answer\w*|return\w*|read it|ok)\b";

    private void PlantMistakes()
    {
        foreach (var m in _dice.Shuffled(_place.Mistakes).Take(6))
        {
            var limit = m.Kind == "rate_limit";
            var remedy = limit
                ? new JsonObject { ["role"] = "remedy", ["dur"] = m.Seconds, ["tol"] = Math.Round(0.25 + (2.0 / m.Seconds), 3) }
                : Words.Group("remedy", m.Remedy);
            JsonObject? detail = null;
            if (m.Order is { } order)
                detail = new JsonObject
                {
                    ["role"] = "detail",
                    ["order"] = new JsonArray(Words.Group("trigger", order.First), Words.Group("trigger", order.Then)),
                };
            else if (m.Kind == "wrong_tool")
                detail = new JsonObject { ["role"] = "detail", ["any"] = new JsonArray(Instead, "->") };
            var item = Plant("mistakes", new JsonObject
            {
                ["id"] = "m-" + m.Id,
                ["kind"] = m.Kind,
                ["groups"] = Groups(Words.Group("trigger", m.Trigger), remedy, detail),
                ["canonical"] = m.Canonical,
            });
            var seats = Working(0.1);
            var share = limit ? _dice.Between(0.12, 0.2) : _dice.Between(0.2, 0.5);
            if (_level == Level.Easy)
                share += 0.1;
            var count = Math.Max(limit ? 6 : 7, (int)(share * seats.Count));
            for (var i = 0; i < Math.Min(count, seats.Count); i++)
            {
                // The first few show error and remedy, whatever the dice say.
                var mode = i < 4 ? (i % 2 == 0 ? 1 : 2) : Mode();
                seats[i].Middle.Add(p => PlayMistake(p, m, item, mode));
            }
        }
    }

    /// <summary>0 right from the start, 1 corrected at once, 2 by trial, 3 given up.</summary>
    private int Mode()
    {
        var (right, quick, trial) = _level switch
        {
            Level.Easy => (0.2, 0.45, 0.25),
            Level.Medium => (0.32, 0.3, 0.23),
            _ => (0.42, 0.22, 0.19),
        };
        var x = _dice.Real();
        return x < right ? 0 : x < right + quick ? 1 : x < right + quick + trial ? 2 : 3;
    }

    private void PlayMistake(Play play, Mistake m, Planted item, int mode)
    {
        var scope = play.Scope();
        if (m.Asks.Length > 0 && play.Dice.Chance(0.55))
            play.User(scope.Fill(play.Dice.Pick(m.Asks)), later: true);
        play.Filler(0.3);
        if (m.Kind == "rate_limit")
        {
            PlayLimit(play, m, item, mode, scope);
            return;
        }
        if (mode != 0)
        {
            foreach (var step in m.Wrong)
            {
                var (use, result) = play.Do(step, scope, step.Fails ? m.Error : null, m.NeverFlagged);
                if (step.Fails)
                    item.Show(play, result);
            }
            item.Failed++;
            var tries = mode == 1 ? 0 : play.Dice.Between(1, 2);
            foreach (var step in play.Dice.Shuffled(m.Tries).Take(tries))
            {
                if (m.Hunches.Length > 0 && play.Dice.Chance(0.5))
                    play.Agent(play.Dice.Pick(m.Hunches));
                play.Do(step, scope, m.Error, m.NeverFlagged);
                Aside(play, 0.15);
            }
            Aside(play, _level switch { Level.Easy => 0.1, Level.Medium => 0.2, _ => 0.3 });
        }
        if (mode == 3)
        {
            play.Agent(play.Dice.Pick(_place.GiveUps));
            return;
        }
        foreach (var step in m.Right)
        {
            if (step.Fails)
                throw new InvalidOperationException(m.Id);
            var (use, result) = play.Do(step, scope);
            item.Show(play, use);
            if (m.Right.Length > 1)
                play.Filler(0.2);
        }
        if (mode != 0)
            item.Resolved++;
        if (m.Literal is not null)
            item.Literals.Add(scope.Fill(m.Literal));
        if (mode != 0 && m.Notes.Length > 0 && play.Dice.Chance(_level switch { Level.Easy => 0.35, Level.Medium => 0.15, _ => 0.06 }))
            play.Agent(play.Dice.Pick(m.Notes));
    }

    private void PlayLimit(Play play, Mistake m, Planted item, int mode, Scope scope)
    {
        var call = m.Right[0];
        var d = (double)m.Seconds;
        if (m.Wrong.Length > 0 && !m.Wrong[0].Fails)
        {
            // The first one is granted; the limit counts from there.
            play.Do(m.Wrong[0], scope);
            if (mode != 0)
                play.Wait(play.Dice.Between(1.0, Math.Min(12, 0.3 * d)));
        }
        if (mode != 0)
        {
            var (_, denied) = play.Do(call, scope, m.Error, m.NeverFlagged);
            item.Show(play, denied);
            item.Failed++;
            if (mode == 2 || (mode == 3 && play.Dice.Chance(0.5)))
            {
                play.Wait(play.Dice.Between(0.3, 0.85) * d);
                (_, denied) = play.Do(call, scope, m.Error, m.NeverFlagged);
                item.Show(play, denied);
            }
            if (mode == 3)
            {
                play.Agent(play.Dice.Pick(_place.GiveUps));
                return;
            }
            if (m.Hunches.Length > 0 && play.Dice.Chance(0.4))
                play.Agent(play.Dice.Pick(m.Hunches));
        }
        play.Wait(play.Dice.Between(1.01, 1.14) * d);
        var (use, _) = play.Do(call, scope);
        item.Show(play, use);
        if (mode != 0)
            item.Resolved++;
        if (mode != 0 && m.Notes.Length > 0 && play.Dice.Chance(_level == Level.Hard ? 0.08 : 0.25))
            play.Agent(play.Dice.Pick(m.Notes));
    }

    private void PlantDelays()
    {
        foreach (var d in _dice.Shuffled(_place.Delays).Take(2))
        {
            var item = Plant("delays", new JsonObject
            {
                ["id"] = "d-" + d.Id,
                ["kind"] = "delay",
                ["groups"] = Groups(Words.Group("trigger", d.After), Words.Group("trigger", d.Action),
                    new JsonObject { ["role"] = "remedy", ["dur"] = d.Seconds, ["tol"] = Math.Round(0.25 + (2.0 / d.Seconds), 3) }),
                ["canonical"] = d.Canonical,
            });
            var seats = Working(0.05);
            var count = Math.Max(8, (int)(_dice.Between(0.12, 0.2) * seats.Count));
            for (var i = 0; i < Math.Min(count, seats.Count); i++)
            {
                var mode = i < 5 ? i % 3 : Mode();
                seats[i].Middle.Add(p => PlayDelay(p, d, item, mode));
            }
        }
    }

    private void PlayDelay(Play play, Delay d, Planted item, int mode)
    {
        var scope = play.Scope();
        var (started, _) = play.Do(d.Start, scope);
        item.Show(play, started);
        if (play.Dice.Chance(0.25))
            Aside(play, 1);
        var waited = 0.0;
        void WaitUntil(double share)
        {
            play.Wait((share * d.Seconds) - waited);
            waited = share * d.Seconds;
        }
        if (mode != 0)
        {
            var tries = mode == 1 ? 1 : play.Dice.Between(1, 2);
            var share = 0.0;
            for (var i = 0; i < tries; i++)
            {
                share = play.Dice.Between(Math.Max(share, 0.25) + 0.08, i == 0 ? 0.72 : 0.88);
                WaitUntil(share);
                var (probe, _) = play.Do(d.Probe, scope, d.NotReady, d.NeverFlagged);
                item.Show(play, probe);
                item.Failed++;
            }
        }
        if (mode == 3)
        {
            play.Agent(play.Dice.Pick(_place.GiveUps));
            return;
        }
        WaitUntil(play.Dice.Between(1.02, mode == 0 ? 1.12 : 1.2));
        var (last, _) = play.Do(d.Probe, scope);
        item.Show(play, last);
        item.Resolved++;
    }

    // ------------------------------------------------------------ preferences

    private void PlantWishes()
    {
        var wishes = _dice.Shuffled(_place.Wishes.Where(w => w.Owner < 0)).Take(3)
            .Concat(_dice.Shuffled(_place.Wishes.Where(w => w.Owner >= 0)).Take(2));
        foreach (var wish in wishes)
        {
            var node = new JsonObject { ["id"] = (wish.Owner < 0 ? "p-" : "q-") + wish.Id, ["scope"] = wish.Owner < 0 ? "shared" : "user" };
            if (wish.Owner >= 0)
                node["user"] = _place.People[wish.Owner].Id;
            node["groups"] = Groups(Words.Group("trigger", wish.Words));
            node["canonical"] = wish.Canonical;
            var item = Plant("preferences", node);
            var sayings = _dice.Shuffled(wish.Sayings);
            var speakers = wish.Owner >= 0
                ? [.. Enumerable.Repeat(_place.People[wish.Owner], 3)]
                : _dice.Shuffled(_place.People).Take(_level == Level.Easy ? 4 : 5).ToList();
            var taken = new HashSet<Seat>();
            for (var i = 0; i < speakers.Count; i++)
            {
                var saying = sayings[i % sayings.Count];
                var free = _seats.Where(s => s.Person == speakers[i] && s.Line != 4 && !taken.Contains(s)).ToList();
                if (free.Count == 0)
                    continue;
                var seat = _dice.Pick(free);
                taken.Add(seat);
                (_dice.Chance(0.45) ? seat.Opening : seat.Closing).Add(p => item.Show(p, p.User(saying, later: true)));
            }
        }
    }

    // ------------------------------------------------------------ the store and what sessions say about it

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

    // ------------------------------------------------------------ poison and noise

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
