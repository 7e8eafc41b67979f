using System.Text.Json.Nodes;

namespace Reverie.Workplaces;

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
}
