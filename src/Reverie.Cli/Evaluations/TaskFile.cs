using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Reverie.Cli.Terminal;

namespace Reverie.Cli.Evaluations;

/// <summary>The tasks of an evaluation, as a file in YAML or JSON.</summary>
internal static class TaskFile
{
    private const int TasksMax = 1_000;
    private const int NameCharsMax = 100;
    private const int TextCharsMax = 100_000;
    private const int RubricCharsMax = 262_144;
    private const int IterationsMax = 20;

    /// <exception cref="BadInputException">It is not there, or something in it cannot be used.</exception>
    public static IReadOnlyList<EvalTask> Read(string path)
    {
        var name = PlainText.Line(path);
        var root = ConfigurationFile.Read(path, "tasks file", "holds a list of name, task and check, as samples/eval/tasks.yaml does");
        if (root is not JsonArray { Count: > 0 } list) throw new BadInputException($"{name} must hold a list of tasks, each with name, task, and check or outcome");
        if (list.Count > TasksMax) throw new BadInputException($"{name} holds {list.Count} tasks; at most {TasksMax} are taken");
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var tasks = list.Select((node, i) => ReadTask(node, $"{name}: task {i + 1}", directory)).ToList();
        if (tasks.CountBy(static t => t.Name, StringComparer.Ordinal).FirstOrDefault(static n => n.Value > 1).Key is { } twice)
            throw new BadInputException($"{name}: {twice} is the name of several tasks; give each its own");
        return tasks;
    }

    private static EvalTask ReadTask(JsonNode? node, string place, string directory)
    {
        var fields = TaskFields.Of(node, place, "name", "task", "files", "check", "outcome");
        var name = fields.Required("name", NameCharsMax);
        if (name.Any(char.IsControl)) throw fields.Problem("name", "must be one line");
        var named = $"{place} ({PlainText.Line(name)})";
        fields = TaskFields.Of(node, named, "name", "task", "files", "check", "outcome");
        var text = fields.Required("task", TextCharsMax);
        var files = fields.Texts("files").Select(f => Path.GetFullPath(f, directory)).ToList();
        if (files.Find(static f => !File.Exists(f)) is { } missing) throw fields.Problem("files", $"names {PlainText.Line(missing)}, which is no file");
        if (files.GroupBy(Path.GetFileName, StringComparer.Ordinal).FirstOrDefault(static g => g.Count() > 1) is { } twins) throw fields.Problem("files", $"would mount {twins.Count()} files as {twins.Key}; rename one");
        IReadOnlyList<TaskCheck> checks = !fields.Has("check") ? []
            : fields.Node("check") is JsonArray list ? [.. list.Select((check, i) => ReadCheck(check, $"{named}: check {i + 1}"))]
            : [ReadCheck(fields.Node("check"), $"{named}: check")];
        var outcome = fields.Has("outcome") ? ReadOutcome(fields.Node("outcome"), $"{named}: outcome") : null;
        if (checks.Count == 0 && outcome is null) throw new BadInputException($"{named}: has neither check nor outcome, so nothing would tell whether it succeeded");
        return new EvalTask(name, text, files, checks, outcome);
    }

    private static TaskOutcome ReadOutcome(JsonNode? node, string place)
    {
        var fields = TaskFields.Of(node, place, "rubric", "max_iterations");
        return new TaskOutcome(fields.Required("rubric", RubricCharsMax), fields.Whole("max_iterations", 1, IterationsMax));
    }

    private static TaskCheck ReadCheck(JsonNode? node, string place)
    {
        var fields = TaskFields.Of(node, place, "file", "contains", "lacks", "matches", "json", "equals", "command");
        var file = fields.Text("file", NameCharsMax);
        List<TaskCheck> asked = [.. Rules(fields).Select(rule => new TaskCheck.OfText(file, rule))];
        if (fields.Text("command", TextCharsMax) is { } command) asked.Add(file is null ? new TaskCheck.OfCommand(command) : throw fields.Problem("command", "goes without file: it finds every output in its directory"));
        return asked switch
        {
            [var only] => only,
            [] => file is not null ? new TaskCheck.FileThere(file) : throw new BadInputException($"{place}: says nothing to check; give contains, lacks, matches, json with equals, file or command"),
            _ => throw new BadInputException($"{place}: asks several things; make check a list with one in each"),
        };
    }

    private static IEnumerable<TextRule> Rules(TaskFields fields)
    {
        if (fields.Text("contains", TextCharsMax) is { } part) yield return new TextRule.Contains(part);
        if (fields.Text("lacks", TextCharsMax) is { } absent) yield return new TextRule.Lacks(absent);
        if (fields.Text("matches", TextCharsMax) is { } pattern) yield return new TextRule.Matches(Pattern(fields, pattern));
        if (fields.Has("json") != fields.Has("equals")) throw fields.Problem(fields.Has("json") ? "equals" : "json", "is missing; json says where, equals what");
        if (!fields.Has("json")) yield break;
        var pointer = fields.Node("json") is JsonValue value && value.GetValueKind() == JsonValueKind.String ? JsonPointer.Parse(value.GetValue<string>()) : null;
        yield return new TextRule.JsonEquals(pointer ?? throw fields.Problem("json", "must be a JSON pointer, such as /total or /items/0/name, or \"\" for the whole"),
            JsonElement.Parse(fields.Node("equals")?.ToJsonString() ?? "null"));
    }

    private static Regex Pattern(TaskFields fields, string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.Multiline | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw fields.Problem("matches", $"is no pattern that can be used: {error.Message}");
        }
    }
}
