namespace Reverie.Dreaming.Synthesis.Preferences;

/// <summary>
/// The messages not yet taken, by the stems they share. Topics only shrink: one is counted anew when it comes up as the
/// largest and some of it was taken since.
/// </summary>
internal sealed class WishTopics
{
    private readonly PriorityQueue<WishTopic, (int Sessions, string Stem)> _largest = new(Comparer<(int Sessions, string Stem)>.Create(LargerFirst));
    private readonly Dictionary<string, int> _requestWords;

    /// <param name="wishes">Those of one session one after the other.</param>
    /// <param name="requestWords">How often each stem is said in requests.</param>
    public WishTopics(List<Wish> wishes, Dictionary<string, int> requestWords)
    {
        _requestWords = requestWords;
        var frequencies = Frequencies(wishes);
        var topics = new Dictionary<string, WishTopic>(StringComparer.Ordinal);
        foreach (var wish in wishes)
        {
            foreach (var stem in wish.Stems)
            {
                // A topic needs two sessions, and most stems are said once.
                if (frequencies[stem] < 2) continue;
                if (!topics.TryGetValue(stem, out var topic)) topics.Add(stem, topic = new WishTopic(stem));
                topic.Wishes.Add(wish);
            }
        }
        foreach (var topic in topics.Values) Offer(topic);
    }

    /// <summary>The topic of most sessions, whose messages belong to no other from now on; null when none recurs.</summary>
    public WishTopic? TakeLargest()
    {
        while (_largest.TryDequeue(out var topic, out var offered))
        {
            topic.Wishes.RemoveAll(static w => w.IsTaken);
            // Mostly a word of requests: that does not change as the topic shrinks.
            if (_requestWords.GetValueOrDefault(topic.Stem) > topic.Wishes.Count) continue;
            if (topic.Sessions != offered.Sessions)
            {
                Offer(topic);
                continue;
            }
            foreach (var wish in topic.Wishes) wish.IsTaken = true;
            return topic;
        }
        return null;
    }

    /// <summary>How often each stem is said.</summary>
    public static Dictionary<string, int> Frequencies(IEnumerable<Wish> wishes)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var stem in wishes.SelectMany(static w => w.Stems)) counts[stem] = counts.GetValueOrDefault(stem) + 1;
        return counts;
    }

    private void Offer(WishTopic topic)
    {
        if (topic.Sessions is >= 2 and var sessions) _largest.Enqueue(topic, (sessions, topic.Stem));
    }

    private static int LargerFirst((int Sessions, string Stem) a, (int Sessions, string Stem) b)
    {
        var order = b.Sessions.CompareTo(a.Sessions);
        if (order == 0) order = b.Stem.Length.CompareTo(a.Stem.Length);
        return order != 0 ? order : string.CompareOrdinal(a.Stem, b.Stem);
    }
}

internal sealed class WishTopic(string stem)
{
    public string Stem { get; } = stem;

    /// <summary>In order; those of one session stand together.</summary>
    public List<Wish> Wishes { get; } = [];

    public int Sessions
    {
        get
        {
            var count = 0;
            for (var i = 0; i < Wishes.Count; i++)
                if (i == 0 || Wishes[i].Session != Wishes[i - 1].Session) count++;
            return count;
        }
    }
}
