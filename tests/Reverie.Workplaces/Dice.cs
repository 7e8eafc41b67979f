namespace Reverie.Workplaces;

/// <summary>A small seeded generator (SplitMix64), so that a seed means the same world on every runtime.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public static Dice From(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
            hash = (hash ^ c) * 1099511628211UL;
        return new Dice(hash);
    }

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    public int Int(int below) => (int)(Next() % (ulong)below);

    public int Between(int low, int high) => low + Int(high - low + 1);

    public double Real() => (Next() >> 11) * (1.0 / (1UL << 53));

    public double Between(double low, double high) => low + (Real() * (high - low));

    public bool Chance(double probability) => Real() < probability;

    public T Pick<T>(IReadOnlyList<T> from) => from[Int(from.Count)];

    public List<T> Shuffled<T>(IEnumerable<T> items)
    {
        var list = items.ToList();
        for (var i = list.Count - 1; i > 0; i--)
        {
            var j = Int(i + 1);
            (list[i], list[j]) = (list[j], list[i]);
        }
        return list;
    }

    /// <summary>Expands a pattern: <c>{a|b}</c> picks, <c>#</c> is a digit, <c>@</c> a capital, <c>~</c> a hex digit, <c>%</c> a letter or digit; a backslash keeps the next character.</summary>
    public string Expand(string pattern)
    {
        var made = new System.Text.StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '{':
                    var end = pattern.IndexOf('}', i);
                    made.Append(Expand(Pick(pattern[(i + 1)..end].Split('|'))));
                    i = end;
                    break;
                case '\\' when i + 1 < pattern.Length: made.Append(pattern[++i]); break;
                case '#': made.Append(Int(10)); break;
                case '@': made.Append((char)('A' + Int(26))); break;
                case '~': made.Append("0123456789abcdef"[Int(16)]); break;
                case '%': made.Append("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"[Int(56)]); break;
                default: made.Append(pattern[i]); break;
            }
        }
        return made.ToString();
    }
}
