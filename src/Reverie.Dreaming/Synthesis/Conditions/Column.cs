namespace Reverie.Dreaming.Synthesis.Conditions;

/// <summary>The values of one feature over the sessions of a cohort, and the few places where it may be cut.</summary>
internal sealed class Column
{
    /// <summary>Where numbers are cut to find a rule: between so many equal shares of the sessions. Each cut is a try more.</summary>
    private const int Shares = 5;

    /// <summary>Where they may be cut once a rule is found.</summary>
    private const int FineShares = 20;

    private const int WordsMax = 6;

    private readonly double[] _numbers;
    private readonly string?[] _words;

    private Column(Feature feature, double[] numbers, string?[] words)
    {
        Feature = feature;
        _numbers = numbers;
        _words = words;
        var hasNumbers = numbers.Any(static n => !double.IsNaN(n));
        Known = SessionSet.Of(numbers.Length, i => hasNumbers ? !double.IsNaN(numbers[i]) : words[i] is not null);
        Cuts = [.. hasNumbers ? NumberCuts(Shares) : WordCuts()];
        FineCuts = [.. (hasNumbers ? NumberCuts(FineShares) : Cuts).Select(static c => c.Cut)];
    }

    public Feature Feature { get; }

    /// <summary>The sessions of which the value is known.</summary>
    public SessionSet Known { get; }

    /// <summary>The upper side of each cut, with the known sessions on it.</summary>
    public IReadOnlyList<(Cut Cut, SessionSet Sessions)> Cuts { get; }

    /// <summary>The upper side of each cut, and of those between.</summary>
    public IReadOnlyList<Cut> FineCuts { get; }

    /// <summary>The column; null where the feature hardly varies.</summary>
    public static Column? Of(Feature feature, double[] numbers, string?[] words)
    {
        var column = new Column(feature, numbers, words);
        return column.Cuts.Count == 0 ? null : column;
    }

    /// <summary>The number of a session; not a number where it is not known.</summary>
    public double NumberOf(int session) => _numbers[session];

    /// <summary>The known sessions on one side.</summary>
    public SessionSet On(Cut cut)
    {
        var upper = cut.Word is { } word ? SessionSet.Of(_words.Length, i => _words[i] == word) : SessionSet.Of(_numbers.Length, i => _numbers[i] > cut.Threshold);
        return cut.IsUpper ? upper : Known.Except(upper);
    }

    private IEnumerable<(Cut Cut, SessionSet Sessions)> NumberCuts(int shares)
    {
        var sorted = _numbers.Where(static n => !double.IsNaN(n)).Order().ToArray();
        var last = double.NaN;
        for (var share = 1; share < shares; share++)
        {
            var at = sorted.Length * share / shares;
            // A value that many share is cut on both of its sides; the places are few, so the same one may come up twice.
            foreach (var next in (int[])[Array.FindIndex(sorted, n => n >= sorted[at]), Array.FindIndex(sorted, n => n > sorted[at])])
            {
                if (next <= 0 || Between(sorted[next - 1], sorted[next]) is var threshold && threshold <= last) continue;
                last = threshold;
                var upper = SessionSet.Of(_numbers.Length, i => _numbers[i] > threshold);
                if (Math.Min(upper.Count, sorted.Length - upper.Count) >= RuleSearch.SideMin) yield return (new Cut(Feature, true, threshold, null), upper);
            }
        }
    }

    private IEnumerable<(Cut Cut, SessionSet Sessions)> WordCuts()
    {
        var common = _words.OfType<string>().CountBy(static w => w, StringComparer.Ordinal).OrderBy(static c => c.Key, StringComparer.Ordinal).ToList();
        if (common.Count is < 2 or > WordsMax) yield break;
        foreach (var (word, count) in common)
            if (Math.Min(count, Known.Count - count) >= RuleSearch.SideMin) yield return (new Cut(Feature, true, 0, word), SessionSet.Of(_words.Length, i => _words[i] == word));
    }

    /// <summary>The number with the fewest digits that parts two neighbours: at least the lower one, less than the upper one.</summary>
    private static double Between(double lower, double upper)
    {
        if (lower == Math.Floor(lower) && upper == Math.Floor(upper)) return upper - lower == 1 ? lower : Math.Floor((lower + upper) / 2);
        for (var digits = 0; digits <= 4; digits++)
        {
            var middle = Math.Round((lower + upper) / 2, digits);
            if (middle >= lower && middle < upper) return middle;
        }
        return lower;
    }
}
