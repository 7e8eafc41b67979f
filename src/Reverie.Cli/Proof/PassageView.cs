using System.Globalization;
using Reverie.Cli.Dreams;
using Reverie.Cli.Terminal;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;

namespace Reverie.Cli.Proof;

/// <summary>Shows the passages of a memory, each with its first line and what it rests on.</summary>
internal sealed class PassageView(Screen screen, IReadOnlyList<string> lines)
{
    private const int QuotesShown = 2;
    private const int NamesShown = 5;
    private const int CharsShown = 160;

    public void Write(IEnumerable<MemoryPassage> passages)
    {
        foreach (var passage in passages) Write(passage);
    }

    private void Write(MemoryPassage passage)
    {
        var place = passage.FirstLine == passage.LastLine ? $"line {passage.FirstLine}" : $"lines {passage.FirstLine}–{passage.LastLine}";
        // The memory may have changed since it was asked what it rests on.
        var text = passage.FirstLine <= lines.Count ? lines[passage.FirstLine - 1] : "";
        screen.Line($"[bold]{place}[/]  {PlainText.Escaped(PlainText.Line(text, CharsShown))}");
        var confirmed = passage.LastConfirmedAt is { } at ? $" · last confirmed {Day(at)}" : "";
        screen.Line(PlainText.Escaped($"written {Day(passage.WrittenAt)} by {Who(passage.WrittenBy)}{(passage.FirstWrittenAt < passage.WrittenAt ? $", first {Day(passage.FirstWrittenAt)}" : "")}{confirmed}"), 2);
        if (passage.Changes.Count == 0) screen.Line("[dim]rests on no dream[/]", 2);
        foreach (var change in passage.Changes) Write(change);
    }

    private void Write(PassageChange change)
    {
        var imported = change.Imported ? " · as its archive says" : "";
        screen.Line(PlainText.Escaped(PlainText.Line(string.Create(CultureInfo.InvariantCulture,
            $"{WireNames<PassageRelation>.Of(change.Relation)} by {change.DreamId}/{change.ChangeId} · {ChangeWords.Word(change.Kind)} · confidence {change.Confidence:0.00} · {change.Sessions} sessions, {change.Principals} principals{imported}"))), 2);
        if (change.PrincipalsSample.Count > 0)
        {
            var more = change.Principals - Math.Min(NamesShown, change.PrincipalsSample.Count);
            screen.Line(PlainText.Escaped(PlainText.Line($"for {string.Join(", ", change.PrincipalsSample.Take(NamesShown).Select(static p => PlainText.Line(p, 40)))}{(more > 0 ? $" and {more} more" : "")}")), 4);
        }
        foreach (var quote in change.Evidence.Take(QuotesShown))
            screen.Line($"[dim]“{PlainText.Escaped(PlainText.Line(quote.Quote, CharsShown))}” {PlainText.Escaped(PlainText.Line(quote.Memory is { } memory ? memory : $"{quote.Session} · event {quote.Event}"))}[/]", 4);
        if (change.ReviewedBy.Count > 0) screen.Line(PlainText.Escaped(PlainText.Line($"approved by {string.Join(", ", change.ReviewedBy.Select(static r => Who(r.Author)))}")), 4);
    }

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Who(Actor? actor) => actor switch
    {
        ApiActor api => api.ApiKeyId,
        UserActor user => user.UserId,
        SessionActor session => session.SessionId,
        ServiceAccountActor account => account.ServiceAccountId,
        _ => "somebody",
    };
}
