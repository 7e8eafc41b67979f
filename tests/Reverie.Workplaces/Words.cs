using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Reverie.Workplaces;

/// <summary>Turns phrases into the matchers of the truth file.</summary>
internal static partial class Words
{
    public static string Pattern(string phrase)
    {
        if (phrase.StartsWith("re:", StringComparison.Ordinal))
            return phrase[3..];
        var open = phrase.EndsWith('*');
        var tokens = Tokens(phrase);
        return "(?<![a-z0-9])" + string.Join(@"[\W_]{0,3}", tokens.Select(Regex.Escape)) + (open ? "" : "(?![a-z0-9])");
    }

    public static string[] Tokens(string phrase) =>
        NotWord().Split(CamelEdge().Replace(phrase, " ").ToLowerInvariant()).Where(t => t.Length > 0).ToArray();

    public static JsonArray Patterns(IEnumerable<string> phrases) =>
        new(phrases.Select(p => (JsonNode)JsonValue.Create(Pattern(p))!).ToArray());

    public static JsonObject Group(string role, IEnumerable<string> phrases) =>
        new() { ["role"] = role, ["any"] = Patterns(phrases) };

    public static JsonArray Subject(string subject, string? qualifier = null)
    {
        var made = new JsonArray(new JsonObject
        {
            ["any"] = Patterns([subject]),
            ["words"] = new JsonArray(new JsonArray(Tokens(subject).Select(t => (JsonNode)JsonValue.Create(t)!).ToArray())),
        });
        if (qualifier is not null)
            made.Add(new JsonObject { ["any"] = Patterns([qualifier]), ["words"] = new JsonArray() });
        return made;
    }

    public static JsonArray Value(params string[] values) => new(new JsonObject { ["any"] = Patterns(values) });

    [GeneratedRegex(@"[^\p{L}\p{N}]+")]
    private static partial Regex NotWord();

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex CamelEdge();
}
