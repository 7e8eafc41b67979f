using System.Globalization;
using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Synthesis.Preferences;

/// <summary>
/// Finds what people want again and again, in whatever words: messages that share a telling word, are no request for a
/// call (calls that follow differ), no complaint about a result, and no wish for today only. Who said it decides for
/// whom it counts.
/// </summary>
internal static class PreferenceMiner
{
    private const int CharsMax = 200;
    private const double CohesionMin = 0.25;

    /// <summary>Half a sentence with more content tells something rather than asks for it.</summary>
    private const int FewWords = 3;

    /// <summary>Wordings without a verb of asking that together ask for something.</summary>
    private const int EllipticalMin = 3;

    public static Findings Mine(Toolbox toolbox)
    {
        var findings = new Findings();
        var left = new LeftOutMessages();
        var all = Wishes(toolbox, left);
        var requestWords = WishTopics.Frequencies(all.Where(static w => w.IsRequest));
        var topics = new WishTopics(all.FindAll(static w => !w.IsRequest), requestWords);
        var byOwnStem = ByOwnStem(toolbox, all);
        var everybody = toolbox.Sessions.Select(toolbox.PersonOf).OfType<string>().Distinct(StringComparer.Ordinal).Count();
        while (topics.TakeLargest() is { } topic)
        {
            Widen(toolbox, topic, byOwnStem);
            foreach (var wishes in ByMind(toolbox, topic.Stem, topic.Wishes)) Judge(toolbox, topic.Stem, wishes, everybody, findings);
        }
        left.Refuse(findings);
        return findings;
    }

    /// <summary>
    /// Several people may use one everyday word for different wishes: who says it again and again, beside a word of their own and no word
    /// of the others, is heard alone, where the others have a word too that this person does without.
    /// </summary>
    private static List<List<Wish>> ByMind(Toolbox toolbox, string stem, List<Wish> wishes)
    {
        var people = wishes.GroupBy(w => toolbox.PersonOf(w.Session) ?? "", StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal).Select(static g => g.ToList()).ToList();
        if (people.Count < 2) return [wishes];
        var minds = new List<List<Wish>>();
        foreach (var person in people)
        {
            var foreign = people.Where(p => p != person).SelectMany(Beside).ToHashSet(StringComparer.Ordinal);
            var alone = person.FindAll(w => !foreign.Overlaps(w.Words));
            if (alone.Select(static w => w.Session.Key).Distinct(StringComparer.Ordinal).Count() < 2 || alone.Select(static w => w.Masked).Distinct(StringComparer.Ordinal).Count() < 2) continue;
            var rest = wishes.Except(alone).ToList();
            if (Mostly(alone, 2, 3).Any() && (!rest.Exists(static w => w.IsDirective) || Mostly(rest, 1, 2).Except(Beside(alone), StringComparer.Ordinal).Any())) minds.Add(alone);
        }
        var together = wishes.Except(minds.SelectMany(static m => m)).ToList();
        return together.Count == 0 ? minds : [.. minds, together];

        IEnumerable<string> Beside(List<Wish> said) => said.SelectMany(static w => w.Words).Where(word => word != stem);

        // The words beside the stem that so many of the messages hold.
        IEnumerable<string> Mostly(List<Wish> said, int share, int of) =>
            Beside(said).CountBy(static word => word, StringComparer.Ordinal).Where(c => c.Value * of >= said.Count * share).Select(static c => c.Key);
    }

    /// <summary>The wishes by those of their stems that only one person uses.</summary>
    private static Dictionary<string, List<Wish>> ByOwnStem(Toolbox toolbox, List<Wish> wishes)
    {
        if (!wishes.Exists(w => toolbox.PersonOf(w.Session) is not null)) return [];
        // Null for stems that several people use, or somebody without a name.
        var owners = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var wish in wishes)
        {
            var person = toolbox.PersonOf(wish.Session);
            foreach (var stem in wish.Stems)
                if (!owners.TryAdd(stem, person) && owners[stem] != person) owners[stem] = null;
        }
        var byStem = new Dictionary<string, List<Wish>>(StringComparer.Ordinal);
        foreach (var wish in wishes)
        {
            foreach (var stem in wish.Stems)
            {
                if (owners[stem] is null) continue;
                if (!byStem.TryGetValue(stem, out var own)) byStem.Add(stem, own = []);
                own.Add(wish);
            }
        }
        return byStem;
    }

    /// <summary>A person's topic takes in what else that person says in words that only that person uses: "by phone, not the pager" and "I never see the pager".</summary>
    private static void Widen(Toolbox toolbox, WishTopic topic, Dictionary<string, List<Wish>> byOwnStem)
    {
        if (topic.Wishes.Select(w => toolbox.PersonOf(w.Session)).Distinct(StringComparer.Ordinal).ToList() is not [not null]) return;
        foreach (var stem in topic.Wishes.SelectMany(static w => w.Stems).Distinct(StringComparer.Ordinal).ToList())
        {
            if (!byOwnStem.Remove(stem, out var own)) continue;
            foreach (var wish in own.Where(static w => !w.IsTaken && !w.IsRequest))
            {
                wish.IsTaken = true;
                topic.Wishes.Add(wish);
            }
        }
    }

    private static void Judge(Toolbox toolbox, string stem, List<Wish> wishes, int everybody, Findings findings)
    {
        var people = wishes.Select(w => toolbox.PersonOf(w.Session)).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var sessions = wishes.Select(static w => w.Session).Distinct().ToList();
        var what = $"“{stem}” in {wishes.Count} messages";
        // What people keep saying in half a sentence they ask for: "metric", "and in francs?".
        var wordings = wishes.Select(static w => w.Masked).Distinct(StringComparer.Ordinal).ToList();
        var isElliptical = Sayings(wordings) >= (people.Count == 1 ? EllipticalMin - 1 : EllipticalMin);
        if (wishes.Count(w => w.IsDirective || (isElliptical && w.IsElliptical)) * 5 < wishes.Count * 2)
        {
            findings.Refuse(what, "people mention it but do not ask for it", sessions.Count);
            return;
        }
        if (Disbelief(toolbox, wishes, sessions, people, wordings.Count) is { } disbelief)
        {
            findings.Refuse(what, disbelief, sessions.Count);
            return;
        }
        // One person's wish rests on that person's sessions, everybody's on people.
        var independent = people.Count == 1 ? toolbox.Tellings(sessions) : toolbox.Principals(sessions);
        if (independent < toolbox.PrincipalsMin)
        {
            findings.Refuse(what, $"seen in too few independent {(people.Count > 1 ? "people" : "sessions")} to be a lesson", sessions.Count);
            return;
        }
        var shared = people.Count != 1;
        if (!shared && Names.OfPerson(people[0]) is null)
        {
            findings.Refuse(what, "one person wants it, whose name cannot be written", sessions.Count);
            return;
        }
        if (wishes is [var one, var other] && !IsAskedTwice(one, other, shared))
        {
            findings.Refuse(what, "two messages are little, and only one of them asks for it", sessions.Count);
            return;
        }
        findings.Insights.Add(Tell(toolbox, stem, wishes, sessions, people, everybody, shared));
    }

    /// <summary>
    /// Two messages are little. Both ask for it; or a few plain words are all one person says; or of two people one asks, and the other
    /// speaks of the same in more than a word. What one call follows is asked of that call.
    /// </summary>
    private static bool IsAskedTwice(Wish one, Wish other, bool shared)
    {
        if (one.IsDirective && other.IsDirective) return true;
        if (one.NextAction is { } next && next == other.NextAction) return false;
        if (shared) return (one.IsDirective || other.IsDirective) && one.Words.Count(other.Words.Contains) >= 2;
        return Asks(one) && Asks(other) && !IsSameButForOne(one.Masked, other.Masked);

        static bool Asks(Wish wish) => wish.IsDirective || (wish.IsElliptical && wish.Words.Count <= FewWords && wish.Text.All(static c => !char.IsDigit(c) && c is not (':' or '=' or '@' or '/')));
    }

    /// <summary>Up to <see cref="EllipticalMin"/>: how many of the wordings say it in their own way.</summary>
    private static int Sayings(List<string> wordings)
    {
        var own = new List<string>();
        foreach (var wording in wordings.Order(StringComparer.Ordinal))
        {
            if (own.Count == EllipticalMin) break;
            if (!own.Exists(o => IsSameButForOne(o, wording))) own.Add(wording);
        }
        return own.Count;
    }

    /// <summary>One sentence with two values tells them, as one does of a lock and its words: they may be secrets.</summary>
    private static bool IsSameButForOne(string wording, string other)
    {
        var words = wording.Split(' ');
        var others = other.Split(' ');
        return words.Length > 1 && words.Length == others.Length && words.Zip(others).Count(static p => p.First != p.Second) == 1;
    }

    /// <summary>Why what people ask for is no standing wish; null when it may be one.</summary>
    private static string? Disbelief(Toolbox toolbox, List<Wish> wishes, List<SessionReview> sessions, List<string> people, int wordings)
    {
        if (wordings < 2 && people.Count != 1) return "all say it in the same words, as in a form";
        if (wishes.Count(static w => w.IsOpening) * 5 > wishes.Count * 3 || Answered(wishes)) return "it asks for the call that follows, not for a way of doing things";
        var judged = sessions.Where(static s => s.Satisfied is not null).ToList();
        if (judged.Count >= 3 && judged.Count(static s => s.Satisfied == false) * 5 >= judged.Count * 4 && wishes.Count(static w => w.IsLast) * 10 >= wishes.Count * 7) return "it ends sessions that failed: a complaint, not a wish";
        if (wordings > 1 && Cohesion(wishes) < CohesionMin) return "the messages share the word and little else";
        if (people.Count > 0) return null;
        // Where nobody is named, every session is somebody else: only a wish said to stand counts then.
        if (toolbox.Tasks(sessions) < 3 || toolbox.Principals(sessions) < 3) return "nobody is named, and too few tasks or independent sessions show it";
        if (wishes.Count(static w => WishWords.Standing(w.Text)) * 2 < wishes.Count) return "nobody is named, and it is not said to hold from now on";
        return wishes.Count(static w => w.IsLast) * 5 >= wishes.Count * 4 ? "nobody is named, and it is only said at the end of sessions" : null;
    }

    private static Insight Tell(Toolbox toolbox, string stem, List<Wish> wishes, List<SessionReview> sessions, List<string> people, int everybody, bool shared)
    {
        var inOrder = wishes.OrderBy(static w => w.Session.CreatedAt).ThenBy(static w => w.Session.Key, StringComparer.Ordinal).ThenBy(static w => w.Said.EventIndex).ToList();
        // A person who says "from now on …" or "… instead now" has changed their mind: what that person said before no longer counts.
        var turns = inOrder.Index().Where(static w => WishWords.ChangesMind(w.Item.Text)).GroupBy(w => toolbox.PersonOf(w.Item.Session) ?? w.Item.Session.Key, StringComparer.Ordinal)
            .ToDictionary(static g => g.Key, static g => g.Max(static w => w.Index), StringComparer.Ordinal);
        var current = inOrder.Where((w, i) => i >= turns.GetValueOrDefault(toolbox.PersonOf(w.Session) ?? w.Session.Key)).ToList();
        var worded = current.DistinctBy(static w => w.Masked).OrderByDescending(static w => w.Clarity).ThenByDescending(static w => w.Session.CreatedAt)
            .ThenBy(static w => w.Text, StringComparer.Ordinal).ToList();
        var main = Quotes.Inline(worded[0].Text);
        var others = worded.Skip(1).Take(4).Select(static w => $"“{Quotes.Inline(w.Text)}”").ToList();
        var name = shared ? null : Names.OfPerson(people[0]);
        var who = shared ? people.Count > 0 ? $"Several people ({people.Count} of {everybody})" : "Several users" : name!;
        var about = TopicOf(current, stem);
        var title = shared ? $"Everyone: {about}" : $"{name}: {about}";
        var scope = shared ? "Do so by default, for everyone on the team." : $"Do so for {name} only, not for others.";
        var also = others.Count == 0 ? "" : $" Also worded {string.Join(", ", others)}.";
        var proof = string.Create(CultureInfo.InvariantCulture, $"said in {sessions.Count} sessions by {(people.Count == 0 ? "their users" : people.Count == 1 ? "one person" : $"{people.Count} people")}, last on {inOrder[^1].Session.Day}");
        return new Insight
        {
            Key = $"preference/{(shared ? "all" : people[0])}/{stem}",
            Kind = ChangeKind.Preference,
            Toolbox = toolbox,
            Topic = "preferences",
            Title = title,
            Lines = [$"{who} want{(shared ? "" : "s")}: “{main}”{also} {scope} ({proof})"],
            Summary = $"{who} want{(shared ? "" : "s")}: “{main}”",
            Rationale = $"{char.ToUpperInvariant(proof[0])}{proof[1..]}, in {worded.Count} wordings; no call follows it regularly, so it is a wish and not a task.",
            Confidence = Math.Round(Math.Min(0.95, 0.5 + 0.08 * sessions.Count + 0.05 * people.Count), 2),
            Support = sessions.Count,
            Bearing = new Bearing(toolbox, sessions, sessions.Select(static s => new Situation(s, IsDone: false))),
            Reservation = current.Exists(static w => WishWords.TouchesSafeguard(w.Text))
                ? "Not applied: it touches approvals, refunds, verification, access or payments, on which those who ask have no say." : null,
            Quotes = [.. current.AsEnumerable().Reverse().DistinctBy(static w => w.Session.Key).Select(static w => Quotes.OfWords(w.Session, w.Said)).OfType<Quote>().Take(4)],
        };
    }

    /// <summary>How much of the messages is about what they share: the mean share of each wording's topic words that many of them have.</summary>
    private static double Cohesion(List<Wish> wishes)
    {
        wishes = [.. wishes.DistinctBy(static w => w.Masked, StringComparer.Ordinal)];
        var common = wishes.SelectMany(static w => w.Words).GroupBy(static s => s, StringComparer.Ordinal).Where(g => g.Count() >= 2 && g.Count() * 10 >= wishes.Count * 3)
            .Select(static g => g.Key).ToHashSet(StringComparer.Ordinal);
        return wishes.Average(w => w.Words.Count == 0 ? 0 : (double)w.Words.Count(common.Contains) / w.Words.Count);
    }

    /// <summary>The words most of the messages share, as they were written.</summary>
    private static string TopicOf(List<Wish> wishes, string stem)
    {
        var words = wishes.SelectMany(static w => Words.Split(w.Text).Distinct(StringComparer.Ordinal).Where(word => word.Length >= 3 && w.Stems.Contains(Words.Stem(word), StringComparer.Ordinal)))
            .GroupBy(Words.Stem, StringComparer.Ordinal).Where(g => g.Count() * 5 >= wishes.Count * 2)
            .OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal)
            .Select(static g => g.GroupBy(static w => w, StringComparer.Ordinal).OrderByDescending(static v => v.Count()).ThenBy(static v => v.Key, StringComparer.Ordinal).First().Key).Take(3).ToList();
        return words.Count == 0 ? stem : string.Join(' ', words);
    }

    /// <summary>The same call follows most of them: then they ask for that call.</summary>
    private static bool Answered(List<Wish> wishes)
    {
        var followed = wishes.Where(static w => w.NextAction is not null).GroupBy(static w => w.NextAction!, StringComparer.Ordinal)
            .OrderByDescending(static g => g.Count()).FirstOrDefault();
        return followed is not null && wishes.Count >= 3 && followed.Count() * 10 >= wishes.Count * 7;
    }

    private static List<Wish> Wishes(Toolbox toolbox, LeftOutMessages left)
    {
        var wishes = new List<Wish>();
        var things = Things(toolbox);
        // Equal texts are mostly one instance; two wordings of one text come to the same.
        var wordings = new Dictionary<byte[], Wording>();
        var reasons = new Dictionary<byte[], string?>();
        var stems = new HashSet<string>(StringComparer.Ordinal);
        var besideSecrets = new BesideSecrets(toolbox, CharsMax);
        foreach (var session in toolbox.Sessions)
        {
            for (var i = 0; i < session.UserMessages.Count; i++)
            {
                var said = session.UserMessages[i];
                if (said.Length is < 4 or > CharsMax || said.IsReply) continue;
                if (!reasons.TryGetValue(said.TextUtf8, out var reason)) reasons.Add(said.TextUtf8, reason = besideSecrets.Repeats(said.Text) ? LeftOutMessages.Hidden : WhyNoWish(said.Text, things));
                if (reason is not null)
                {
                    left.Add(session, said.Text, reason);
                    continue;
                }
                var until = i + 1 < session.UserMessages.Count ? session.UserMessages[i + 1].EventIndex : int.MaxValue;
                var next = session.Steps.FirstOrDefault(s => s.UseIndex > said.EventIndex && s.UseIndex < until);
                if (!wordings.TryGetValue(said.TextUtf8, out var wording)) wordings.Add(said.TextUtf8, wording = new Wording(said, stems));
                wishes.Add(new Wish(session, said, wording, i == 0, i == session.UserMessages.Count - 1, next));
            }
        }
        MarkRequests(wishes, toolbox);
        FoldPrefixes(wordings.Values, stems);
        return wishes;
    }

    /// <summary>Why a message is not heard as a wish; null when it is.</summary>
    private static string? WhyNoWish(string text, Dictionary<string, HashSet<string>> things)
    {
        if (Secrets.In(text) || HiddenText.In(text)) return LeftOutMessages.Hidden;
        if (WishWords.OnlyNow(text)) return LeftOutMessages.OnlyNow;
        // "Always" and "from now on" are what a standing wish is made of: they count against foreign text, not against people.
        var score = Math.Max(Instructions.Score(text), ForeignOrders.Score(text));
        if (score > Instructions.PlantedScoreMin || (score == Instructions.PlantedScoreMin && !WishWords.Standing(text)) || Instructions.ForeignParts(text).Any(static p => p.Length >= 25 || Instructions.Score(p) > 0)) return LeftOutMessages.Foreign;
        if (WishWords.TellsHowToCall(text)) return LeftOutMessages.HowToCall;
        return WishWords.ReportsFact(text) || WishWords.PassesOn(text) ? LeftOutMessages.Report : NamesThing(text, things) ? LeftOutMessages.OneThing : null;
    }

    /// <summary>Values calls were made with that name one thing ("slot 9a", "MV Oriole 44"), by their first word: a message that holds one is about that thing.</summary>
    private static Dictionary<string, HashSet<string>> Things(Toolbox toolbox)
    {
        var things = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var value in toolbox.Sessions.SelectMany(static s => s.Steps).SelectMany(static s => s.Arguments).Where(static a => a.Kind == ValueKind.Text).Select(static a => a.Text).Distinct(StringComparer.Ordinal))
        {
            if (value.Length is < 4 or > 60 || !value.Any(static c => char.IsDigit(c) || char.IsUpper(c))) continue;
            var words = Words.Split(value);
            if (words.Count is 0 or > 6 || !(value.Any(char.IsDigit) && value.Any(char.IsLetter) || words.Count >= 2 && value.Any(char.IsUpper))) continue;
            if (!things.TryGetValue(words[0], out var named)) things.Add(words[0], named = new(StringComparer.Ordinal));
            named.Add(string.Join(' ', words));
        }
        return things;
    }

    private static bool NamesThing(string text, Dictionary<string, HashSet<string>> things)
    {
        var words = Words.Split(text);
        for (var i = 0; i < words.Count; i++)
        {
            if (!things.TryGetValue(words[i], out var named)) continue;
            var run = words[i];
            for (var n = 1; n <= 6; n++)
            {
                if (named.Contains(run)) return true;
                if (i + n == words.Count) break;
                run += " " + words[i + n];
            }
        }
        return false;
    }

    /// <summary>
    /// The same words from several people are a form of request or a stock complaint, unless nothing follows from them.
    /// </summary>
    private static void MarkRequests(List<Wish> wishes, Toolbox toolbox)
    {
        foreach (var same in wishes.GroupBy(static w => w.Masked, StringComparer.Ordinal))
        {
            var members = same.ToList();
            var sessions = members.Select(static w => w.Session.Key).Distinct(StringComparer.Ordinal).Count();
            if (sessions < 2) continue;
            var follows = members.Where(static w => w.NextAction is not null).GroupBy(static w => w.NextAction!, StringComparer.Ordinal).Select(static g => g.Count()).DefaultIfEmpty(0).Max();
            var failed = members.Count(static w => w.Session.Satisfied == false);
            var judged = members.Count(static w => w.Session.Satisfied is not null);
            var people = members.Select(w => toolbox.PersonOf(w.Session) ?? toolbox.PrincipalOf(w.Session)).Distinct(StringComparer.Ordinal).Count();
            var isRequest = (sessions >= 3 && people >= 2) || members.Count(static w => w.IsOpening) * 2 >= members.Count || follows * 2 > members.Count
                || (members.TrueForAll(static w => w.IsLast) && judged >= 2 && failed * 10 >= judged * 8) || !members.Exists(static w => w.IsDirective);
            foreach (var member in members) member.IsRequest |= isRequest;
        }
    }

    /// <summary>"printed", "printout" and "print" are one word: a stem that begins another, at least five characters, stands for it.</summary>
    private static void FoldPrefixes(IEnumerable<Wording> wordings, HashSet<string> stems)
    {
        var known = stems.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var wording in wordings)
        {
            var added = new List<string>();
            foreach (var stem in wording.Stems)
            {
                for (var length = 5; length < stem.Length; length++)
                {
                    if (known.TryGetValue(stem.AsSpan(0, length), out var beginning)) added.Add(beginning);
                }
            }
            if (added.Count > 0) wording.AddBeginnings(added);
        }
    }
}
