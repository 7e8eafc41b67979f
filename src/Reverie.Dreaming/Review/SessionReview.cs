using System.Globalization;
using System.Text;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Review;

/// <summary>
/// What one session, read alone, contributes to a dream: its calls, its words and its suspect texts, clipped and
/// compact, so that tens of thousands fit in memory. Everything later stages need and nothing more.
/// </summary>
internal sealed class SessionReview
{
    public required string Key { get; init; }

    public required string Source { get; init; }

    public required string Agent { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string? Title { get; init; }

    public required SessionMetadata Metadata { get; init; }

    /// <summary>The grader's verdict; null when nobody graded the session.</summary>
    public required bool? Satisfied { get; init; }

    public required int EventCount { get; init; }

    /// <summary>Tool calls in log order. A plain list: the miners walk it millions of times.</summary>
    public required List<Step> Steps { get; init; }

    /// <summary>What people said, in log order.</summary>
    public required IReadOnlyList<Utterance> UserMessages { get; init; }

    /// <summary>The operator's words (policies, set-up), in log order.</summary>
    public required IReadOnlyList<Utterance> SystemMessages { get; init; }

    /// <summary>A stable hash of the first thing the operator said, equal for equal words; null when nothing was said.</summary>
    public required ulong? SetUpHash { get; init; }

    /// <summary>Lines of untrusted text that may try to instruct the agent.</summary>
    public required IReadOnlyList<Suspect> Suspects { get; init; }

    /// <summary>
    /// A stable hash of what was said, called and answered, without ids and times: equal in copies of a session, whatever
    /// they are called, and where the same happened again word for word. What the agent said is kept in no other form:
    /// claims are never evidence.
    /// </summary>
    public required string Log { get; init; }

    /// <summary>The <see cref="Log"/> of what happened.</summary>
    public static string LogOf(List<Step> steps, List<Utterance> userMessages, List<Utterance> agentMessages, List<Utterance> systemMessages)
    {
        var hash = new StableHash();
        foreach (var step in steps)
        {
            hash.Add(step.ToolName);
            hash.Add(" ");
            hash.Add(step.InputHash);
            hash.Add(step.Flagged ? " True " : " False ");
            hash.Add(step.ResultLength);
            hash.Add(" ");
            hash.Add(step.ResultUtf8);
            hash.Add("\n");
        }
        Say(userMessages);
        hash.Add(" \n");
        Say(agentMessages);
        hash.Add(" \n");
        Say(systemMessages);
        return hash.Value.ToString("x16", CultureInfo.InvariantCulture);

        void Say(List<Utterance> messages)
        {
            foreach (var said in messages)
            {
                hash.Add(said.Length);
                hash.Add(" ");
                hash.Add(said.TextUtf8);
                hash.Add("\n");
            }
        }
    }

    /// <summary>
    /// Each session once, in the order given: the same one may lie in several files. Where different ones go by one name,
    /// the earliest stays, and of those the one whose content sorts first; of copies of one session under several names,
    /// alike to the millisecond of every call, the first name. So the order of the files does not show.
    /// </summary>
    public static List<SessionReview> Once(IReadOnlyList<SessionReview> reviews)
    {
        List<SessionReview> named = [.. reviews.GroupBy(static r => r.Key, StringComparer.Ordinal)
            .Select(static g => g.Skip(1).Any() ? g.OrderBy(static r => r.CreatedAt).ThenBy(static r => r.Content(), StringComparer.Ordinal).First() : g.First())];
        var copies = named.Where(static r => r.Steps.Exists(static s => s.CalledAtMs is not null)).GroupBy(static r => r.CreatedAt).Where(static g => g.Skip(1).Any())
            .SelectMany(static g => g.GroupBy(static r => (r.Log, r.Times())))
            .SelectMany(static g => g.OrderBy(static r => r.Key, StringComparer.Ordinal).Skip(1)).ToHashSet();
        named.RemoveAll(copies.Contains);
        return named;
    }

    private string Times() => string.Join(' ', Steps.Select(static s => $"{s.CalledAtMs} {s.AnsweredAtMs}"));

    private string Content() => string.Join('\n',
        Steps.Select(static s => $"{s.ToolName} {s.InputHash} {s.Flagged} {s.CalledAtMs} {s.AnsweredAtMs} {s.ResultLength} {s.Result}")
            .Concat(UserMessages.Concat(SystemMessages).Select(static u => $"{u.EventKey} {u.Text}")).Append(Log)
            .Prepend($"{Agent} {Title} {Satisfied} {EventCount}"));

    /// <summary>The day the session ran, for dating facts.</summary>
    public string Day => CreatedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>One tool call with its answer.</summary>
internal sealed class Step
{
    /// <summary>Instead of null, which would take as much again, and there are hundreds of thousands of steps.</summary>
    private const long Unknown = long.MinValue;

    private readonly long _calledAtMs, _answeredAtMs;
    private string? _tool;

    /// <summary>Position among the session's steps.</summary>
    public required int Index { get; init; }

    public required int UseIndex { get; init; }

    /// <summary>The event of the call, as evidence names it.</summary>
    public required string UseKey { get; init; }

    /// <summary>The event of the answer; null when it never came.</summary>
    public required string? ResultKey { get; init; }

    /// <summary>The tool's name on the wire.</summary>
    public required string ToolName { get; init; }

    /// <summary>What is called: the tool, or the tool with its sub-command where one tool does many things.</summary>
    public string Tool { get => _tool ?? ToolName; set => _tool = value; }

    /// <summary>The leaves of the input in document order. A plain array: the miners walk it millions of times.</summary>
    public required Argument[] Arguments { get; init; }

    /// <summary>A stable hash of the whole input as it was written: equal inputs are equal calls, however long they are.</summary>
    public required ulong InputHash { get; init; }

    /// <summary>When the call was made, in milliseconds since 1970; null when unknown.</summary>
    public required long? CalledAtMs { get => _calledAtMs == Unknown ? null : _calledAtMs; init => _calledAtMs = value ?? Unknown; }

    /// <summary>When the answer came; null when unknown.</summary>
    public required long? AnsweredAtMs { get => _answeredAtMs == Unknown ? null : _answeredAtMs; init => _answeredAtMs = value ?? Unknown; }

    /// <summary>The source says the call failed.</summary>
    public required bool Flagged { get; init; }

    /// <summary><see cref="Result"/> in UTF-8: answers are the most of what is held, and seldom read again.</summary>
    public required byte[] ResultUtf8 { get; init; }

    /// <summary>A verbatim piece of the answer, at most <see cref="SessionReviewer.ResultCharsKept"/> characters: its start, or the line that says why it failed. Decoded at each call.</summary>
    public string Result => Encoding.UTF8.GetString(ResultUtf8);

    public required int ResultLength { get; init; }

    /// <summary>The words of a short answer that are left when ids, numbers, quotes and the call's own values are taken away.</summary>
    public required IReadOnlyList<string> Signature { get; init; }

    /// <summary>Verbatim fragments of a JSON answer that say how a thing stands, e.g. <c>"status": "pending"</c>.</summary>
    public required IReadOnlyList<string> Facts { get; init; }

    /// <summary>The numbers a JSON answer states, e.g. <c>"wind_mps": 8.4</c>; in document order.</summary>
    public required IReadOnlyList<Figure> Figures { get; init; }

    /// <summary>The call read the mounted memory: what it returned is not independent evidence.</summary>
    public required bool ReadsMemory { get; init; }

    /// <summary>Filled by synthesis: the error this answer belongs to; null when the call succeeded.</summary>
    public Synthesis.ErrorCluster? Error { get; set; }

    /// <summary>What the step does: <see cref="Tool"/>, with the first word of its command line where it runs commands.</summary>
    public string Action { get; set; } = "";

    public bool Failed => Error is not null;

    public bool Succeeded => Error is null && ResultKey is not null;

    public string? Value(string path)
    {
        foreach (var argument in Arguments)
            if (argument.Path == path) return argument.Text;
        return null;
    }
}

/// <summary>One leaf of a tool's input.</summary>
/// <param name="Path">Property names joined by dots; array indices are left out.</param>
/// <param name="Text">The value as text, clipped to <see cref="SessionReviewer.ValueCharsKept"/> characters.</param>
/// <param name="Kind">The JSON kind.</param>
/// <param name="Grounded">False when an identifier-like value stood nowhere earlier in the session.</param>
/// <param name="Standing">How the value stood in what the session had read before.</param>
internal readonly record struct Argument(string Path, string Text, ValueKind Kind, bool Grounded, Standing Standing)
{
    /// <summary>True when the input as compact JSON holds <c>"name":value</c> just so: no item of a list, and a plain name.</summary>
    public bool IsNamed { get; init; }

    /// <summary>True for an item of a list.</summary>
    public bool IsItem { get; init; }
}

/// <summary>How a value stood in what people, policies and answers had said before it was used.</summary>
internal enum Standing : byte
{
    /// <summary>It stood nowhere, or is too long to be a name.</summary>
    Absent,

    /// <summary>Not in the latest few texts, but in an earlier one.</summary>
    Earlier,

    /// <summary>Within the running text of one of the latest.</summary>
    Present,

    /// <summary>In one of the latest as a label of its own: exactly between a pair of brackets, quotes or backticks.</summary>
    Labelled,
}

internal enum ValueKind : byte { Text, Number, Boolean, Null, List, Object }

/// <summary>Something said, with the event it was said in.</summary>
/// <param name="EventIndex">0-based index in the log.</param>
/// <param name="EventKey">The event as evidence names it.</param>
/// <param name="TextUtf8"><see cref="Text"/> in UTF-8, mostly one instance of all that is equal.</param>
/// <param name="Length">The full length in characters.</param>
internal sealed record Utterance(int EventIndex, string EventKey, byte[] TextUtf8, int Length)
{
    /// <summary>Verbatim prefix, at most <see cref="SessionReviewer.UtteranceCharsKept"/> characters of a person's words. Decoded at each call.</summary>
    public string Text => Encoding.UTF8.GetString(TextUtf8);

    /// <summary>It follows a question of the agent.</summary>
    public bool IsReply { get; init; }
}

/// <summary>A line of untrusted text that may try to instruct the agent.</summary>
/// <param name="EventKey">The event as evidence names it.</param>
/// <param name="Origin">Where it came from, e.g. <c>result of web_page</c>.</param>
/// <param name="Line">The line, verbatim, clipped.</param>
/// <param name="Score">How strongly it reads as an instruction to be kept.</param>
/// <param name="Identifiers">Identifier-like words in it, which may be names of the agent's tools.</param>
internal sealed record Suspect(string EventKey, string Origin, string Line, int Score, IReadOnlyList<string> Identifiers);
