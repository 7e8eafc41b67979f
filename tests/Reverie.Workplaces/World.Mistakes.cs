using System.Text.Json.Nodes;

namespace Reverie.Workplaces;

/// <summary>Plants errors with a remedy, limits, and waits that help.</summary>
internal sealed partial class World
{
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
}
