using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Reverie.Dreaming.Text;
using Reverie.Protocol.Sessions;

namespace Reverie.Dreaming.Review;

/// <summary>REVIEW: reads one session alone. Pure and independent of every other session, so reviews run in parallel.</summary>
internal static class SessionReviewer
{
    /// <summary>Kept of a tool's answer.</summary>
    public const int ResultCharsKept = 240;

    /// <summary>Kept of a person's message; enough for a quote.</summary>
    public const int UtteranceCharsKept = 300;

    /// <summary>Kept of an argument's value.</summary>
    public const int ValueCharsKept = 160;

    /// <summary>Kept of a policy, which is searched for rules.</summary>
    private const int SystemCharsKept = 12_000;

    private const int SignatureCharsMax = 8000;
    private const int LeavesMax = 40;
    private const int SuspectsMax = 20;
    private const int SuspectCharsRead = 20_000;

    /// <summary>Longer lines are data rather than prose: only their beginning is judged, which is all that is kept of them.</summary>
    private const int LineCharsMax = 4000;

    private const int LineCharsRead = 400;

    /// <summary>Shorter lines order nothing, in scripts that spell a word with one character either.</summary>
    private const int LineCharsMin = 6;

    private static readonly JudgedLines Judged = new();

    public static SessionReview Review(SessionTranscript transcript, TextPool texts)
    {
        var answers = new Dictionary<string, SessionEvent>(StringComparer.Ordinal);
        foreach (var @event in transcript.Events)
            if (@event.IsToolResult && @event.ToolUseId is { } id) answers.TryAdd(id, @event);

        var steps = new List<Step>();
        var said = new List<Utterance>();
        var toldByAgent = new List<Utterance>();
        var rules = new List<Utterance>();
        var suspects = new List<Suspect>();
        var earlier = new EarlierTexts();
        var asked = false;
        bool? satisfied = transcript.Outcome?.Satisfied;
        var toolOf = new Dictionary<string, Step>(StringComparer.Ordinal);
        foreach (var @event in transcript.Events)
        {
            switch (@event.Type)
            {
                case "user.message":
                    var message = @event.Text;
                    said.Add(Keep(@event, message, UtteranceCharsKept, texts) with { IsReply = asked });
                    asked = false;
                    foreach (var part in Instructions.ForeignParts(Clip.Prefix(message, SuspectCharsRead))) Inspect(part, "text pasted by a user", @event);
                    earlier.Add(message);
                    break;
                case "system.message":
                    rules.Add(Keep(@event, @event.Text, SystemCharsKept, texts));
                    earlier.Add(@event.Text);
                    break;
                case "agent.message":
                    var told = @event.Text;
                    toldByAgent.Add(new Utterance(@event.Index, "", Encoding.UTF8.GetBytes(Clip.Prefix(told, UtteranceCharsKept)), told.Length));
                    asked = told.Contains('?');
                    break;
                case "span.outcome_evaluation_end" when satisfied is null:
                    satisfied = @event.Raw.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.String
                        ? result.GetString() switch { "satisfied" => true, "failed" => false, _ => null } : null;
                    break;
                default:
                    if (@event.IsToolUse)
                    {
                        var step = ReadStep(@event, steps.Count, answers, earlier, texts);
                        steps.Add(step);
                        if (@event.Id is { } useId) toolOf[useId] = step;
                    }
                    else if (@event.IsToolResult)
                    {
                        var text = @event.Text;
                        earlier.Add(text);
                        var tool = @event.ToolUseId is { } used && toolOf.TryGetValue(used, out var call) ? call.Tool : "a tool";
                        Inspect(text, $"result of {tool}", @event);
                        // A long answer is not read to its end, but how it ended is kept.
                        if (text.Length > SuspectCharsRead) Inspect(Signatures.VerdictOf(text), $"result of {tool}", @event);
                    }
                    break;
            }
        }

        steps.TrimExcess();
        return new SessionReview
        {
            Key = transcript.Key,
            Source = Pool.Of(transcript.Source),
            Agent = Pool.Of(transcript.Agent),
            CreatedAt = transcript.CreatedAt,
            Title = transcript.Title is { } title ? texts.Of(title) : null,
            Metadata = new SessionMetadata(transcript.Metadata, texts),
            Satisfied = satisfied,
            EventCount = transcript.Events.Count,
            Steps = steps,
            UserMessages = said.ToArray(),
            SystemMessages = rules.ToArray(),
            SetUpHash = rules.Count == 0 ? null : StableHash.Of(rules[0].TextUtf8),
            Suspects = suspects.ToArray(),
            Log = SessionReview.LogOf(steps, said, toldByAgent, rules),
        };

        void Inspect(string text, string origin, SessionEvent @event)
        {
            if (suspects.Count >= SuspectsMax) return;
            var read = Clip.Prefix(text.AsSpan(), SuspectCharsRead);
            foreach (var range in read.Split('\n'))
            {
                var line = read[range].Trim();
                if (line.Length < LineCharsMin) continue;
                if (line.Length > LineCharsMax) line = Clip.Prefix(line, LineCharsRead);
                var hidden = HiddenText.In(line);
                ReadOnlySpan<char> seen = hidden ? HiddenText.Strip(line.ToString()) : line;
                var score = seen.Length <= LineCharsRead ? Judged.Score(seen, static line => ScoreOf(line)) : ScoreOf(seen);
                if (score == 0) continue;
                if (hidden) score++;
                var identifiers = score < Instructions.PlantedScoreMin ? Identifiers(line) : [];
                if (score < Instructions.PlantedScoreMin && identifiers.Count == 0) continue;
                suspects.Add(new Suspect(@event.Key, origin, Clip.Prefix(line, 300).ToString(), score, identifiers));
                if (suspects.Count >= SuspectsMax) return;
            }
        }
    }

    private static int ScoreOf(ReadOnlySpan<char> line) => Math.Max(Instructions.Score(line), ForeignOrders.Score(line));

    private static Utterance Keep(SessionEvent @event, string text, int charsMax, TextPool texts) =>
        new(@event.Index, KeyOf(@event, texts), texts.Utf8(Clip.Prefix(text.AsSpan(), charsMax)), text.Length);

    /// <summary>The event as evidence names it: ids that count within a session, and numbers of events without one, recur.</summary>
    private static string KeyOf(SessionEvent @event, TextPool texts) => @event.Id is { } id ? texts.Of(id) : Pool.Of(@event.Key);

    private static Step ReadStep(SessionEvent use, int index, Dictionary<string, SessionEvent> answers, EarlierTexts earlier, TextPool texts)
    {
        var arguments = new List<Argument>();
        if (use.Input is { } input) Flatten(input, "", arguments, earlier, texts, isNamed: false);
        var answer = use.Id is { } id && answers.TryGetValue(id, out var found) ? found : null;
        var text = answer?.Text ?? "";
        var figures = new List<Figure>();
        var facts = texts.Of(JsonFacts.In(text, figures));
        return new Step
        {
            Index = index,
            UseIndex = use.Index,
            UseKey = KeyOf(use, texts),
            ResultKey = answer is null ? null : KeyOf(answer, texts),
            ToolName = Pool.Of(Names.Of(use.ToolName ?? "")),
            Arguments = [.. arguments],
            InputHash = use.Input is { } whole ? StableHash.Of(JsonMarshal.GetRawUtf8Value(whole)) : 0,
            CalledAtMs = use.ProcessedAt?.ToUnixTimeMilliseconds(),
            AnsweredAtMs = answer?.ProcessedAt?.ToUnixTimeMilliseconds(),
            Flagged = answer?.IsError ?? false,
            ResultUtf8 = texts.Utf8(Clip.Prefix(((answer?.IsError ?? false) || text.Length > ResultCharsKept ? Signatures.TellingOf(text) : text).AsSpan(), ResultCharsKept)),
            ResultLength = text.Length,
            Signature = text.Length <= SignatureCharsMax || (answer?.IsError ?? false) ? texts.Of(Signatures.Of(text, arguments)) : [],
            Facts = facts,
            Figures = figures.Count == 0 ? [] : [.. figures],
            ReadsMemory = arguments.Exists(static a => a.Text.Contains("/mnt/memory", StringComparison.Ordinal)),
        };
    }

    private static void Flatten(JsonElement element, string path, List<Argument> leaves, EarlierTexts earlier, TextPool texts, bool isNamed)
    {
        if (leaves.Count >= LeavesMax) return;
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    var name = Names.Of(property.Name);
                    Flatten(property.Value, path.Length == 0 ? Pool.Of(name) : Pool.Of($"{path}.{name}"), leaves, earlier, texts, isNamed: name == property.Name && IsPlain(name));
                }
                break;
            case JsonValueKind.Array:
                if (element.GetArrayLength() == 0) leaves.Add(new Argument(path, "[]", ValueKind.List, Grounded: true, Standing.Absent));
                foreach (var item in element.EnumerateArray())
                {
                    var first = leaves.Count;
                    Flatten(item, path, leaves, earlier, texts, isNamed: false);
                    if (item.ValueKind is JsonValueKind.Object or JsonValueKind.Array) continue;
                    if (leaves.Count > first) leaves[first] = leaves[first] with { IsItem = true };
                }
                break;
            case JsonValueKind.String:
                var text = element.GetString()!;
                leaves.Add(new Argument(path, texts.Of(Clip.Prefix(text, ValueCharsKept)), ValueKind.Text, !IsIdentifier(text) || earlier.Hold(text), earlier.StandingOf(text)));
                break;
            case JsonValueKind.Number:
                leaves.Add(new Argument(path, texts.Of(element.GetRawText()), ValueKind.Number, Grounded: true, Standing.Absent) { IsNamed = isNamed });
                break;
            case JsonValueKind.True or JsonValueKind.False:
                leaves.Add(new Argument(path, element.ValueKind == JsonValueKind.True ? "true" : "false", ValueKind.Boolean, Grounded: true, Standing.Absent) { IsNamed = isNamed });
                break;
            default:
                leaves.Add(new Argument(path, "null", ValueKind.Null, Grounded: true, Standing.Absent));
                break;
        }
    }

    /// <summary>A name that stands in JSON and in a path as it is.</summary>
    private static bool IsPlain(string name) => Ascii.IsValid(name) && !name.Contains('.');

    /// <summary>One word with a digit or an underscore, long enough that guessing it is unlikely.</summary>
    private static bool IsIdentifier(string text)
    {
        if (text.Length is < 4 or > 64) return false;
        var telling = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c)) return false;
            if (char.IsAsciiDigit(c) || c == '_') telling = true;
        }
        return telling;
    }

    private static List<string> Identifiers(ReadOnlySpan<char> line)
    {
        var found = new List<string>();
        foreach (var match in IdentifierPattern.Pattern().EnumerateMatches(line))
        {
            found.Add(line.Slice(match.Index, match.Length).ToString());
            if (found.Count == 4) break;
        }
        return found;
    }
}

/// <summary>Words that look like the name of a tool: two parts joined by an underscore, a hyphen, a dot, a colon or a capital.</summary>
internal static partial class IdentifierPattern
{
    [System.Text.RegularExpressions.GeneratedRegex(@"\b[A-Za-z][A-Za-z0-9]*(?:[_.:-][A-Za-z0-9]+)+\b|\b[a-z]+(?:[A-Z][a-z0-9]+)+\b|\b[A-Z]+_[A-Z_]+\b")]
    internal static partial System.Text.RegularExpressions.Regex Pattern();
}
