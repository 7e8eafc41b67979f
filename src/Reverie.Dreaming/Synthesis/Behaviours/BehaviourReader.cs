using Reverie.Dreaming.Review;

namespace Reverie.Dreaming.Synthesis.Behaviours;

/// <summary>Reads the behaviours one session shows, each once, in time linear in its calls.</summary>
/// <param name="profiles">What the arguments hold.</param>
/// <param name="ordered">The tools whose order is read: pairs of all tools would be too many.</param>
internal sealed class BehaviourReader(ArgumentProfiles profiles, IReadOnlySet<string> ordered)
{
    /// <summary>How far back an answer still speaks of the thing a call acts on.</summary>
    private const int FactReach = 20;

    private const int ValueCharsMax = 40;
    private const int NumberCharsMax = 4;
    private const int WordCharsMax = 24;
    private const int WordsPerSessionMax = 400;

    private static readonly int[] Thresholds = [2, 3, 4, 6, 8, 12];

    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly HashSet<Behaviour> _found = [];

    /// <summary>The behaviours of the whole session; valid until the next read.</summary>
    public IReadOnlyCollection<Behaviour> Read(SessionReview session)
    {
        Read(session, session.Steps.Count);
        if (session.Steps is [.., var last]) _found.Add(new Behaviour(BehaviourKind.Ended, last.Tool));
        return _found;
    }

    /// <summary>The behaviours within the first <paramref name="within"/> calls; valid until the next read.</summary>
    public IReadOnlyCollection<Behaviour> Read(SessionReview session, int within)
    {
        _found.Clear();
        var count = Math.Min(within, session.Steps.Count);
        var calls = new Dictionary<string, int>(StringComparer.Ordinal);
        var same = new Dictionary<(string, ulong), (int Calls, int Failures)>();
        for (var i = 0; i < count; i++)
        {
            var step = session.Steps[i];
            ReadOrder(session, i, calls);
            calls[step.Tool] = calls.GetValueOrDefault(step.Tool) + 1;
            var repeats = same.GetValueOrDefault((step.Tool, step.InputHash));
            same[(step.Tool, step.InputHash)] = repeats = (repeats.Calls + 1, repeats.Failures + (step.Failed ? 1 : 0));
            if (repeats.Calls is 2 or 3) Add(BehaviourKind.Repeated, step.Tool, count: repeats.Calls);
            if (repeats.Failures == 2) Add(BehaviourKind.RepeatedFailure, step.Tool, count: 2);
            ReadArguments(step);
            ReadFacts(session, step);
        }
        foreach (var (tool, n) in calls)
        {
            Add(BehaviourKind.Used, tool);
            foreach (var threshold in Thresholds)
                if (n >= threshold) Add(BehaviourKind.Often, tool, count: threshold);
        }
        return _found;

        void Add(BehaviourKind kind, string tool, int count = 0) => _found.Add(new Behaviour(kind, tool, Count: count));
    }

    /// <summary>The facts a session was told, which say for whom <see cref="BehaviourKind.DespiteFact"/> could arise.</summary>
    public HashSet<(string Tool, string Fact)> FactsTold(SessionReview session)
    {
        var told = new HashSet<(string, string)>();
        foreach (var step in session.Steps)
            foreach (var fact in step.Facts)
                if (profiles.IsState(step.Tool, fact)) told.Add((step.Tool, fact));
        return told;
    }

    private void ReadOrder(SessionReview session, int index, Dictionary<string, int> before)
    {
        var step = session.Steps[index];
        if (index == 0) _found.Add(new Behaviour(BehaviourKind.Began, step.Tool));
        if (ordered.Contains(step.Tool) && !before.ContainsKey(step.Tool))
        {
            foreach (var earlier in before.Keys)
                if (ordered.Contains(earlier)) _found.Add(new Behaviour(BehaviourKind.Before, step.Tool, earlier));
        }
        if (index == 0) return;
        var previous = session.Steps[index - 1];
        if (previous.Tool != step.Tool) _found.Add(new Behaviour(BehaviourKind.Directly, step.Tool, previous.Tool));
        if (session.UserMessages.Count > 1 && !HeardBetween(session.UserMessages, previous.UseIndex, step.UseIndex))
            _found.Add(new Behaviour(BehaviourKind.Unheard, step.Tool));
    }

    private void ReadArguments(Step step)
    {
        foreach (var argument in step.Arguments)
        {
            _found.Add(new Behaviour(BehaviourKind.ArgumentGiven, step.Tool, argument.Path));
            if (!argument.Grounded) _found.Add(new Behaviour(BehaviourKind.Guessed, step.Tool, argument.Path));
            else if (IsOwnWords(argument) && !profiles.IsCode(step.Tool, argument.Path)) _found.Add(new Behaviour(BehaviourKind.OwnWords, step.Tool, argument.Path));
            if (argument.Kind == ValueKind.Text && profiles.IsCode(step.Tool, argument.Path)) ReadCode(step.Tool, argument);
            else if (IsChoice(argument)) _found.Add(new Behaviour(BehaviourKind.ArgumentValue, step.Tool, argument.Path, argument.Text));
        }
    }

    private void ReadCode(string tool, in Argument argument)
    {
        if (ArgumentProfiles.IsProse(argument.Text)) _found.Add(new Behaviour(BehaviourKind.Prose, tool, argument.Path));
        var opening = ArgumentProfiles.Opening(argument.Text);
        if (IsWord(opening)) _found.Add(new Behaviour(BehaviourKind.Opening, tool, argument.Path, Pool(opening)));
        var text = argument.Text.AsSpan();
        for (var i = 0; i < text.Length && _found.Count < WordsPerSessionMax;)
        {
            var start = i;
            while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '-')) i++;
            if (i > start && IsWord(text[start..i])) _found.Add(new Behaviour(BehaviourKind.Keyword, tool, argument.Path, Pool(text[start..i])));
            if (i == start) i++;
        }
    }

    /// <summary>How the thing stands by the call's own answer, and how it stood by the last answers before that spoke of it, one per tool.</summary>
    private void ReadFacts(SessionReview session, Step step)
    {
        foreach (var fact in step.Facts)
            if (profiles.IsKnownBefore(step.Tool, fact)) _found.Add(new Behaviour(BehaviourKind.DespiteFact, step.Tool, step.Tool, fact));
        HashSet<string>? seen = null;
        for (var i = step.Index - 1; i >= Math.Max(0, step.Index - FactReach); i--)
        {
            var earlier = session.Steps[i];
            if (earlier.Facts.Count == 0 || earlier.Tool == step.Tool || earlier.Failed) continue;
            if (!SameThing(earlier, step) || !(seen ??= new(StringComparer.Ordinal)).Add(earlier.Tool)) continue;
            foreach (var fact in earlier.Facts)
                if (profiles.IsState(earlier.Tool, fact)) _found.Add(new Behaviour(BehaviourKind.DespiteFact, step.Tool, earlier.Tool, fact));
        }
    }

    internal static bool SameThing(Step a, Step b)
    {
        foreach (var x in a.Arguments)
        {
            if (x.Kind != ValueKind.Text || x.Text.Length < 4) continue;
            foreach (var y in b.Arguments)
                if (y.Kind == ValueKind.Text && x.Text == y.Text) return true;
        }
        return false;
    }

    /// <summary>A short text that could have been taken from what was read and was not.</summary>
    internal static bool IsOwnWords(in Argument argument) =>
        argument.Kind == ValueKind.Text && argument.Standing == Standing.Absent && argument.Text.Length is >= 2 and <= EarlierTexts.StandingCharsMax;

    /// <summary>A value somebody chose from a few, rather than a name, an id or a text.</summary>
    internal static bool IsChoice(in Argument argument) => argument.Kind switch
    {
        ValueKind.Boolean or ValueKind.Null or ValueKind.List => true,
        ValueKind.Number => argument.Text.Length <= NumberCharsMax,
        ValueKind.Text => argument.Text.Length is > 0 and <= ValueCharsMax && !(argument.Text.Length >= 4 && argument.Text.AsSpan().ContainsAnyInRange('0', '9')) && !Text.Secrets.IsSecretField(argument.Path),
        _ => false,
    };

    private static bool IsWord(ReadOnlySpan<char> word)
    {
        if (word.Length is < 2 or > WordCharsMax) return false;
        var letters = 0;
        foreach (var c in word)
        {
            if (char.IsAsciiLetter(c)) letters++;
            else if (c is not ('-' or '_')) return false;
        }
        return letters > 0;
    }

    private static bool HeardBetween(IReadOnlyList<Utterance> messages, int from, int to)
    {
        int low = 0, high = messages.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (messages[middle].EventIndex < from) low = middle + 1;
            else high = middle;
        }
        return low < messages.Count && messages[low].EventIndex < to;
    }

    private string Pool(ReadOnlySpan<char> word)
    {
        var pool = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        if (pool.TryGetValue(word, out var known)) return known;
        var made = word.ToString();
        _words.Add(made);
        return made;
    }
}
