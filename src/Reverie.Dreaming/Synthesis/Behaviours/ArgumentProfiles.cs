using System.Buffers;
using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis.Behaviours;

/// <summary>
/// What the arguments of a toolbox hold, learnt from all its sessions: code or prose, and which fields of answers take one
/// of a few values.
/// </summary>
internal sealed class ArgumentProfiles
{
    private const int ValuesMin = 20;

    /// <summary>Code begins with one of few words (<c>SELECT</c>, <c>find</c>); what people search for does not.</summary>
    private const int OpeningsCounted = 15;
    private const double OpeningShareMin = 0.6;

    private const double ProseShareMax = 0.25;
    private const int FactValuesMax = 8;

    private static readonly SearchValues<char> WordEnds = SearchValues.Create(" \t\r\n(;|&\"'`");

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> SentenceWords = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "the", "a", "an", "to", "has", "have", "had", "was", "were", "been", "this", "that", "their", "your", "you", "would", "could", "please", "because",
    }.GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly HashSet<(string Tool, string Path)> _code = [];
    private readonly HashSet<(string Tool, string Field)> _states = [];
    private readonly HashSet<(string Tool, string Field)> _knownBefore = [];

    public ArgumentProfiles(IReadOnlyList<SessionReview> sessions)
    {
        var texts = new Dictionary<(string, string), Tally>();
        var fields = new Dictionary<(string, string), Field>();
        foreach (var session in sessions)
        {
            var told = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var step in session.Steps)
            {
                foreach (var argument in step.Arguments)
                {
                    if (argument.Kind != ValueKind.Text || argument.Text.Length == 0) continue;
                    if (!texts.TryGetValue((step.Tool, argument.Path), out var tally)) texts.Add((step.Tool, argument.Path), tally = new Tally());
                    tally.Add(argument.Text);
                }
                foreach (var fact in step.Facts)
                {
                    var name = JsonFacts.FieldOf(fact);
                    if (!fields.TryGetValue((step.Tool, name), out var field)) fields.Add((step.Tool, name), field = new Field());
                    field.Count++;
                    if (field.Values.Count <= FactValuesMax) field.Values.Add(fact);
                    if (told.TryGetValue(name, out var by) && by != step.Tool) field.KnownBefore++;
                    else told.TryAdd(name, step.Tool);
                }
            }
        }
        foreach (var (argument, tally) in texts)
            if (tally.IsCode) _code.Add(argument);
        foreach (var (name, field) in fields)
        {
            if (field.Values.Count is < 2 or > FactValuesMax) continue;
            _states.Add(name);
            if (field.KnownBefore * 2 >= field.Count) _knownBefore.Add(name);
        }
    }

    /// <summary>True when the argument holds code: commands, queries, programs.</summary>
    public bool IsCode(string tool, string path) => _code.Contains((tool, path));

    /// <summary>True when the fact states one of a few things it could have stated.</summary>
    public bool IsState(string tool, string fact) => _states.Contains((tool, JsonFacts.FieldOf(fact)));

    /// <summary>
    /// True when what the tool's own answer states of a thing could mostly be read off other answers before the call: the
    /// tool acts on things that were looked at, it does not look at them.
    /// </summary>
    public bool IsKnownBefore(string tool, string fact) => _knownBefore.Contains((tool, JsonFacts.FieldOf(fact)));

    /// <summary>The first word of a piece of code.</summary>
    public static ReadOnlySpan<char> Opening(string code)
    {
        var text = code.AsSpan().TrimStart();
        var end = text.IndexOfAny(WordEnds);
        return end < 0 ? text : text[..end];
    }

    /// <summary>True for sentences: words of grammar that code does without.</summary>
    public static bool IsProse(string text)
    {
        var seen = 0;
        var words = 0;
        for (var at = 0; Words.Next(text, ref at) is { Length: > 0 } word;)
        {
            words++;
            if (SentenceWords.Contains(word)) seen++;
        }
        return words >= 5 && seen >= 2 && seen * 10 >= words;
    }

    private sealed class Field
    {
        public HashSet<string> Values { get; } = new(StringComparer.Ordinal);

        public int Count { get; set; }

        public int KnownBefore { get; set; }
    }

    private sealed class Tally
    {
        private readonly Dictionary<string, int> _openings = new(StringComparer.Ordinal);
        private int _count;
        private int _several;
        private int _prose;

        public bool IsCode
        {
            get
            {
                if (_count < ValuesMin || _several * 3 < _count || _prose > ProseShareMax * _count) return false;
                return _openings.Values.OrderDescending().Take(OpeningsCounted).Sum() >= OpeningShareMin * _count && _openings.Count * 2 < _count;
            }
        }

        public void Add(string text)
        {
            _count++;
            if (text.AsSpan().Trim().ContainsAny(' ', '\n')) _several++;
            if (IsProse(text)) _prose++;
            var opening = Opening(text);
            var openings = _openings.GetAlternateLookup<ReadOnlySpan<char>>();
            openings[opening] = openings.TryGetValue(opening, out var n) ? n + 1 : 1;
        }
    }
}
