using Reverie.Dreaming.Review;
using Reverie.Dreaming.Synthesis;
using Reverie.Dreaming.Text;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Gate;

/// <summary>Turns candidate quotes into evidence, keeping only what really stands where it is said to stand.</summary>
internal sealed class Citations(IReadOnlyDictionary<string, SessionReview> sessions, MemoryTree before)
{
    private const int EvidenceMax = 6;

    public List<Evidence> Check(IReadOnlyList<Quote> quotes, IReadOnlyList<(string Path, string Text)> memories)
    {
        var evidence = new List<Evidence>();
        foreach (var quote in quotes)
        {
            if (evidence.Count == EvidenceMax) break;
            if (quote.Text.Length is < 3 or > Quotes.CharsMax || Secrets.In(quote.Text) || HiddenText.In(quote.Text)) continue;
            if (Secrets.InName(quote.Session) || Secrets.InName(quote.Event)) continue;
            if (!sessions.TryGetValue(quote.Session, out var session) || !Stands(session, quote)) continue;
            evidence.Add(new Evidence { Session = quote.Session, Event = quote.Event, Quote = quote.Text });
        }
        foreach (var (path, text) in memories)
        {
            var line = Quotes.Showable(text);
            if (line is null || before.Find(path) is not { } whole || !whole.Contains(line, StringComparison.Ordinal)) continue;
            evidence.Add(new Evidence { Memory = path, Quote = line });
        }
        return evidence;
    }

    private static bool Stands(SessionReview session, Quote quote)
    {
        foreach (var step in session.Steps)
        {
            if (step.ResultKey == quote.Event && step.Result.Contains(quote.Text, StringComparison.Ordinal)) return true;
            if (step.UseKey != quote.Event) continue;
            foreach (var argument in step.Arguments)
            {
                if (argument.Text.Contains(quote.Text, StringComparison.Ordinal)) return true;
                var name = argument.Path[(argument.Path.LastIndexOf('.') + 1)..];
                if (argument.IsNamed && quote.Text == $"\"{name}\":{argument.Text}") return true;
            }
        }
        return session.UserMessages.Concat(session.SystemMessages).Any(u => u.EventKey == quote.Event && u.Text.Contains(quote.Text, StringComparison.Ordinal))
            || session.Suspects.Any(s => s.EventKey == quote.Event && s.Line.Contains(quote.Text, StringComparison.Ordinal));
    }
}
