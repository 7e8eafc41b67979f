using System.Numerics;

namespace Reverie.Dreaming.Synthesis.Conditions;

/// <summary>A set of sessions of a cohort, by number: the search intersects and counts millions of them.</summary>
internal sealed class SessionSet(int sessions)
{
    private readonly ulong[] _words = new ulong[(sessions + 63) / 64];

    public int Count
    {
        get
        {
            var count = 0;
            foreach (var word in _words) count += BitOperations.PopCount(word);
            return count;
        }
    }

    public bool this[int session]
    {
        get => (_words[session >> 6] >> (session & 63) & 1) != 0;
        set
        {
            var bit = 1UL << (session & 63);
            if (value) _words[session >> 6] |= bit;
            else _words[session >> 6] &= ~bit;
        }
    }

    public static SessionSet Of(int sessions, Func<int, bool> holds)
    {
        var set = new SessionSet(sessions);
        for (var i = 0; i < sessions; i++)
            if (holds(i)) set[i] = true;
        return set;
    }

    public SessionSet And(SessionSet other)
    {
        var set = new SessionSet(sessions);
        for (var i = 0; i < _words.Length; i++) set._words[i] = _words[i] & other._words[i];
        return set;
    }

    public SessionSet Except(SessionSet other)
    {
        var set = new SessionSet(sessions);
        for (var i = 0; i < _words.Length; i++) set._words[i] = _words[i] & ~other._words[i];
        return set;
    }

    /// <summary>The sessions, ascending.</summary>
    public IEnumerable<int> Sessions()
    {
        for (var i = 0; i < sessions; i++)
            if (this[i]) yield return i;
    }

    /// <summary>How those of <paramref name="population"/> of whom <paramref name="known"/> is known went, with and without <paramref name="shows"/>.</summary>
    public static Table Compare(SessionSet population, SessionSet known, SessionSet shows, SessionSet good)
    {
        int with = 0, withGood = 0, all = 0, allGood = 0;
        for (var i = 0; i < population._words.Length; i++)
        {
            var counted = population._words[i] & known._words[i];
            var shown = counted & shows._words[i];
            all += BitOperations.PopCount(counted);
            allGood += BitOperations.PopCount(counted & good._words[i]);
            with += BitOperations.PopCount(shown);
            withGood += BitOperations.PopCount(shown & good._words[i]);
        }
        return new Table(withGood, with - withGood, allGood - withGood, all - with - (allGood - withGood));
    }
}
