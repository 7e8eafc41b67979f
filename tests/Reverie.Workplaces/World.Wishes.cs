using System.Text.Json.Nodes;

namespace Reverie.Workplaces;

/// <summary>Plants what people want again and again.</summary>
internal sealed partial class World
{
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
}
