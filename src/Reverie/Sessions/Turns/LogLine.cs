using System.Security.Cryptography;
using System.Text.Json;
using Reverie.Sessions.Archive;

namespace Reverie.Sessions.Turns;

/// <summary>Events of the log as a model that judges them reads them: who, and what.</summary>
internal static class LogLine
{
    /// <summary>Null for an event that says nothing of the work. Only its first line begins at the margin.</summary>
    /// <param name="charsMax">Characters it may have; of what is longer the middle is left out.</param>
    public static string? Of(LoggedEvent logged, int charsMax)
    {
        var entry = JsonElement.Parse(logged.Json);
        return logged.Type switch
        {
            EventTypes.UserMessage => Line("user", Texts(entry), charsMax),
            EventTypes.AgentMessage => Line("agent", Texts(entry), charsMax),
            var type when EventTypes.IsCall(type) => Line($"call {WireContent.Text(entry, "name")}", entry.GetProperty("input").GetRawText(), charsMax),
            var type when EventTypes.IsCallResult(type) => Line("result", Texts(entry), charsMax),
            EventTypes.ThreadMessageSent => Line("message between agents", Texts(entry), charsMax),
            _ => null,
        };
    }

    /// <summary>Words under a name, <see cref="Bounded"/>. Only the first line begins at the margin.</summary>
    public static string Line(string who, string words, int charsMax) => Bounded($"{who}: {words}", charsMax).ReplaceLineEndings("\n    ");

    /// <summary>Stands before and behind data. Nobody can write what ends the data, because nobody knows it before.</summary>
    public static string Mark(string name) => $"[{name} {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}]";

    /// <summary>The texts of an event's content.</summary>
    public static string Texts(JsonElement entry) => entry.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array
        ? string.Join('\n', content.EnumerateArray().Where(static b => b.TryGetProperty("text", out _)).Select(static b => WireContent.Text(b, "text"))) : "";

    /// <summary>The beginning and, mostly, the end of what is longer than it may be, and a word of what is left out.</summary>
    public static string Bounded(string whole, int charsMax)
    {
        var (head, tail) = (charsMax / 4, charsMax * 3 / 4);
        return whole.Length <= charsMax ? whole : $"{whole.AsSpan(0, head)}\n[… {whole.Length - charsMax} characters left out …]\n{whole.AsSpan(whole.Length - tail)}";
    }
}
