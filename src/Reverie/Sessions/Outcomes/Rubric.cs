using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Yaml;

namespace Reverie.Sessions.Outcomes;

/// <summary>A rubric: criteria in words, and checks that need no model.</summary>
/// <param name="Words">The rubric without its checks; empty when it has nothing but checks and headings.</param>
/// <param name="Checks">In their order.</param>
public sealed record Rubric(string Words, IReadOnlyList<RubricCheck> Checks)
{
    /// <summary>Characters of a rubric (public contract).</summary>
    public const int CharsMax = 262_144;

    private const int ChecksMax = 100;
    private const int SecondsMax = 600;

    private static readonly string[] Kinds = ["file", "json", "command"];
    private static readonly string[] Keys = ["name", .. Kinds, "contains", "pointer", "equals", "at_least", "at_most", "exit_code", "timeout_seconds"];

    /// <summary>Reads a rubric. A fenced block with the word <c>checks</c> holds a YAML list of checks.</summary>
    /// <exception cref="RubricException">A check is wrong.</exception>
    public static Rubric Parse(string text)
    {
        var checks = new List<RubricCheck>();
        var words = new StringBuilder();
        StringBuilder? block = null;
        foreach (var line in text.Split('\n'))
        {
            if (block is null && line.TrimEnd() == "```checks")
            {
                block = new StringBuilder();
            }
            else if (block is not null && line.TrimEnd() == "```")
            {
                checks.AddRange(Read(block.ToString()));
                block = null;
            }
            else
            {
                (block ?? words).Append(line).Append('\n');
            }
        }
        if (block is not null) throw new RubricException("has a checks block that is not closed; end it with a line ```");
        if (checks.Count > ChecksMax) throw new RubricException($"holds {checks.Count} checks; the limit is {ChecksMax}");
        // Headings over checks are no criteria.
        var isEmpty = checks.Count > 0 && words.ToString().Split('\n').All(static l => string.IsNullOrWhiteSpace(l) || l.TrimStart().StartsWith('#'));
        return new Rubric(isEmpty ? "" : words.ToString().Trim(), checks);
    }

    private static List<RubricCheck> Read(string yaml)
    {
        JsonNode? list;
        try
        {
            list = YamlText.ToJson(YamlText.Load(yaml));
        }
        catch (YamlTextException error)
        {
            throw new RubricException($"has a checks block that is no YAML (line {error.Line}: {error.Problem})");
        }
        catch (ArgumentException)
        {
            throw new RubricException("has a check with a key that is there twice");
        }
        if (list is not JsonArray items) throw new RubricException("has a checks block that is no list; begin each check with a dash");
        return items.Select(static (item, i) => Check(item as JsonObject ?? throw Wrong(i, "must be a mapping"), i)).ToList();
    }

    private static RubricCheck Check(JsonObject item, int index)
    {
        if (item.Select(static p => p.Key).FirstOrDefault(static k => !Keys.Contains(k)) is { } unknown) throw Wrong(index, $"has the key {unknown}, which no check has; known are {string.Join(", ", Keys)}");
        if (Kinds.Count(item.ContainsKey) != 1) throw Wrong(index, "must have one of file, json and command");
        var name = Text(item, "name", index);
        if (Text(item, "file", index) is { } file)
        {
            var contains = Text(item, "contains", index);
            return new FileCheck(name ?? (contains is null ? $"{file} is there" : $"{file} holds \"{contains}\""), file, contains);
        }
        if (Text(item, "json", index) is { } json)
        {
            var pointer = Text(item, "pointer", index) ?? "";
            if (pointer.Length > 0 && pointer[0] != '/') throw Wrong(index, "has a pointer that does not begin with /");
            var (low, high) = (Number(item, "at_least", index), Number(item, "at_most", index));
            return new JsonCheck(name ?? $"{pointer} of {json}", json, pointer, item.ContainsKey("equals") ? item["equals"]?.ToJsonString() ?? "null" : null, low, high);
        }
        var seconds = Number(item, "timeout_seconds", index) ?? 60;
        if (seconds is < 1 or > SecondsMax) throw Wrong(index, $"has timeout_seconds outside 1 to {SecondsMax}");
        var command = Text(item, "command", index)!;
        return new CommandCheck(name ?? command, command, (int)(Number(item, "exit_code", index) ?? 0), TimeSpan.FromSeconds(seconds));
    }

    private static string? Text(JsonObject item, string key, int index) => !item.TryGetPropertyValue(key, out var value) ? null
        : value is { } text && text.GetValueKind() == JsonValueKind.String && text.GetValue<string>() is { Length: > 0 } found ? found : throw Wrong(index, $"has a {key} that is no text");

    private static double? Number(JsonObject item, string key, int index) => !item.TryGetPropertyValue(key, out var value) ? null
        : value is { } number && number.GetValueKind() == JsonValueKind.Number ? double.Parse(number.ToJsonString(), CultureInfo.InvariantCulture) : throw Wrong(index, $"has a {key} that is no number");

    private static RubricException Wrong(int index, string problem) => new($"has a check, the {(index + 1).ToString(CultureInfo.InvariantCulture)}., that {problem}");
}

/// <summary>A criterion that needs no model.</summary>
/// <param name="Name">What people call it.</param>
public abstract record RubricCheck(string Name);

/// <summary>A file must be there.</summary>
/// <param name="Path">Below /mnt/session/outputs unless it begins with a slash.</param>
/// <param name="Contains">Text it must hold; null for any.</param>
public sealed record FileCheck(string Name, string Path, string? Contains) : RubricCheck(Name);

/// <summary>A value of a JSON file must be as said.</summary>
/// <param name="Path">Below /mnt/session/outputs unless it begins with a slash.</param>
/// <param name="At">RFC 6901; empty for the whole.</param>
/// <param name="EqualTo">JSON text it must equal; null for any.</param>
/// <param name="AtLeast">The least number; null for any.</param>
/// <param name="AtMost">The greatest number; null for any.</param>
public sealed record JsonCheck(string Name, string Path, string At, string? EqualTo, double? AtLeast, double? AtMost) : RubricCheck(Name);

/// <summary>A command must end with an exit code. It runs apart from the agent's shell and can write nothing.</summary>
public sealed record CommandCheck(string Name, string Command, int ExitCode, TimeSpan Timeout) : RubricCheck(Name);

/// <summary>A rubric cannot be read; the message says why, and fits behind the name of the field.</summary>
public sealed class RubricException(string problem) : Exception(problem);
