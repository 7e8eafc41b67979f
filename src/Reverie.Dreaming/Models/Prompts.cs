using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Reverie.Dreaming.Models;

/// <summary>The texts of <c>Prompts/*.md</c>, with their places filled, and the schema of answers.</summary>
internal static partial class Prompts
{
    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    /// <summary>What an answer to any of them looks like, as one line of JSON.</summary>
    public static string AnswerSchema { get; } = JsonNode.Parse(Load("answer.json"))!.ToJsonString();

    /// <summary>The text of a prompt without places.</summary>
    public static string Of(string name) => Fill(name);

    /// <summary>The text with each <c>{{place}}</c> filled, in one pass: what is filled in opens no place of its own.</summary>
    /// <exception cref="ArgumentException">A place is missing or left over.</exception>
    public static string Fill(string name, params IReadOnlyList<(string Place, string Value)> values)
    {
        var text = Read(name);
        if (values.FirstOrDefault(v => !text.Contains($"{{{{{v.Place}}}}}", StringComparison.Ordinal)).Place is { } missing)
            throw new ArgumentException($"the prompt {name} has no place {missing}", nameof(values));
        return Place().Replace(text, match => values.FirstOrDefault(v => v.Place == match.Groups["name"].Value).Value
            ?? throw new ArgumentException($"the prompt {name} needs {match.Groups["name"].Value}", nameof(values)));
    }

    private static string Read(string name) => Texts.GetOrAdd(name, static key => Load($"{key}.md"));

    private static string Load(string file)
    {
        using var stream = typeof(Prompts).Assembly.GetManifestResourceStream($"Prompts/{file}") ?? throw new ArgumentException($"there is no prompt {file}", nameof(file));
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes).ReplaceLineEndings("\n").TrimEnd();
    }

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}")]
    private static partial Regex Place();
}
