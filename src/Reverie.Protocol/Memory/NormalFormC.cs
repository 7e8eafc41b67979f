using System.Collections.Frozen;

namespace Reverie.Protocol.Memory;

/// <summary>
/// Unicode normal form C, which the base library knows only where ICU is installed: without it every text passes for
/// normal. Characters younger than the data count as plain ones.
/// </summary>
internal static class NormalFormC
{
    /// <summary>Below it nothing combines and nothing is replaced.</summary>
    private const char FirstCombining = '\u0300';

    private const int SyllableFirst = 0xAC00;
    private const int SyllableCount = 11172;
    private const int LeadFirst = 0x1100;
    private const int LeadCount = 19;
    private const int VowelFirst = 0x1161;
    private const int VowelCount = 21;
    private const int TailBeforeFirst = 0x11A7;
    private const int TailCount = 28;

    private static readonly FrozenDictionary<int, (int First, int Second)> Parts =
        Groups(NormalFormData.Composites, 3).ToFrozenDictionary(static g => g[0], static g => (g[1], g[2]));

    private static readonly FrozenDictionary<(int First, int Second), int> Composites =
        Parts.ToFrozenDictionary(static p => p.Value, static p => p.Key);

    private static readonly FrozenSet<int> NeverInForm =
        Groups(NormalFormData.NeverInForm, 2).SelectMany(static g => Enumerable.Range(g[0], g[1] - g[0] + 1)).ToFrozenSet();

    private static readonly FrozenDictionary<int, int> Classes =
        Groups(NormalFormData.Classes, 3).SelectMany(static g => Enumerable.Range(g[0], g[1] - g[0] + 1), static (g, code) => KeyValuePair.Create(code, g[2])).ToFrozenDictionary();

    /// <summary>True when <paramref name="text"/> is in the form.</summary>
    public static bool Holds(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange(FirstCombining, char.MaxValue) < 0) return true;
        var codes = text.EnumerateRunes().Select(static rune => rune.Value).ToList();
        return !codes.Exists(NeverInForm.Contains) && Composed(Decomposed(codes)).SequenceEqual(codes);
    }

    /// <summary>Every composite taken apart, marks of one character in the order of their classes.</summary>
    private static List<int> Decomposed(List<int> codes)
    {
        var parts = new List<int>(codes.Count);
        foreach (var code in codes) TakeApart(code, parts);
        for (var i = 1; i < parts.Count; i++)
        {
            for (var j = i; j > 0 && Class(parts[j]) is > 0 and var mark && Class(parts[j - 1]) > mark; j--)
                (parts[j - 1], parts[j]) = (parts[j], parts[j - 1]);
        }
        return parts;
    }

    private static void TakeApart(int code, List<int> parts)
    {
        if (code - SyllableFirst is >= 0 and < SyllableCount and var syllable)
        {
            parts.Add(LeadFirst + (syllable / (VowelCount * TailCount)));
            parts.Add(VowelFirst + (syllable / TailCount % VowelCount));
            if (syllable % TailCount > 0) parts.Add(TailBeforeFirst + (syllable % TailCount));
        }
        else if (Parts.TryGetValue(code, out var two))
        {
            TakeApart(two.First, parts);
            parts.Add(two.Second);
        }
        else
        {
            parts.Add(code);
        }
    }

    /// <summary>Each character joined with the last plain one before it, unless something of its class or a higher one stands between.</summary>
    private static List<int> Composed(List<int> parts)
    {
        var composed = new List<int>(parts.Count);
        var plain = -1;
        var between = 0;
        foreach (var code in parts)
        {
            var mark = Class(code);
            if (plain >= 0 && (between == 0 || between < mark) && Composite(composed[plain], code) is { } joined)
            {
                composed[plain] = joined;
                continue;
            }
            if (mark == 0) plain = composed.Count;
            between = mark;
            composed.Add(code);
        }
        return composed;
    }

    private static int? Composite(int first, int second)
    {
        if (first - LeadFirst is >= 0 and < LeadCount and var lead && second - VowelFirst is >= 0 and < VowelCount and var vowel)
            return SyllableFirst + (((lead * VowelCount) + vowel) * TailCount);
        if (first - SyllableFirst is >= 0 and < SyllableCount and var syllable && syllable % TailCount == 0 && second - TailBeforeFirst is > 0 and < TailCount and var tail)
            return first + tail;
        return Composites.TryGetValue((first, second), out var composite) ? composite : null;
    }

    private static int Class(int code) => Classes.GetValueOrDefault(code);

    private static IEnumerable<int[]> Groups(string data, int size) => data.EnumerateRunes().Select(static rune => rune.Value).Chunk(size);
}
