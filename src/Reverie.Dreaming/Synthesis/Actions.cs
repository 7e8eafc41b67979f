using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis;

/// <summary>
/// Names what each step does. Most tools do one thing and lend their name. A tool with a sub-command argument is as many
/// tools as it has sub-commands. A tool that runs command lines (one text argument whose first word varies little: SQL,
/// shell) stays one tool, but its actions are told apart by that first word.
/// </summary>
internal static class Actions
{
    private const int StepsMin = 10;
    private const int CommandsMax = 60;

    private static readonly HashSet<string> SubCommandNames = new(StringComparer.Ordinal)
    {
        "cmd", "command", "action", "op", "operation", "method", "verb", "subcommand", "function", "call", "do",
    };

    public static void Name(Toolbox toolbox)
    {
        foreach (var tool in toolbox.Sessions.SelectMany(static s => s.Steps).GroupBy(static s => s.ToolName, StringComparer.Ordinal))
        {
            var steps = tool.ToList();
            var subCommand = SubCommand(steps);
            foreach (var step in steps)
                step.Tool = subCommand is not null && step.Value(subCommand) is { } value ? Pool.Of($"{tool.Key} {value}") : tool.Key;
            var runsCommands = subCommand is null && RunsCommands(steps);
            foreach (var step in steps)
                step.Action = runsCommands && FirstWord(step) is { } command ? Pool.Of($"{tool.Key} {command}") : step.Tool;
        }
    }

    /// <summary>The argument that picks what the tool does: always there, few plain words, and the other arguments depend on it.</summary>
    private static string? SubCommand(List<Step> steps)
    {
        if (steps.Count < 2 * StepsMin) return null;
        foreach (var path in UsualPaths(steps))
        {
            var users = steps.Where(s => s.Value(path) is not null).ToList();
            var groups = users.GroupBy(s => s.Value(path)!, StringComparer.Ordinal).ToList();
            if (groups.Count is < 3 or > CommandsMax || !groups.TrueForAll(static g => IsName(g.Key))) continue;
            if (groups.Where(static g => g.Count() >= 2).Sum(static g => g.Count()) * 10 < users.Count * 9 || users.Count < 5 * groups.Count) continue;
            if (path.Contains('.') || groups.Count(static g => g.Key.Any(char.IsDigit)) * 3 > groups.Count) continue;
            if (SubCommandNames.Contains(path.ToLowerInvariant())) return path;
            var shapes = groups.ConvertAll(static g => g.GroupBy(static s => string.Join(',', s.Arguments.Select(static a => a.Path)), StringComparer.Ordinal)
                .OrderByDescending(static k => k.Count()).ThenBy(static k => k.Key, StringComparer.Ordinal).First());
            if (shapes.Select(static s => s.Key).Distinct(StringComparer.Ordinal).Count() >= 3 && shapes.Sum(static s => s.Count()) * 10 >= users.Count * 7) return path;
        }
        return null;
    }

    /// <summary>The arguments of nearly all calls: few, however many there are.</summary>
    internal static List<string> UsualPaths(List<Step> steps) =>
        [.. steps.SelectMany(static s => s.Arguments.Select(static a => a.Path).Distinct(StringComparer.Ordinal)).CountBy(static p => p, StringComparer.Ordinal)
            .Where(c => c.Value * 20 >= steps.Count * 19).Select(static c => c.Key).Order(StringComparer.Ordinal)];

    private static bool IsName(string value) =>
        value.Length is > 0 and <= 32 && char.IsLetter(value[0]) && value.All(static c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or ':' or '/');

    private static bool RunsCommands(List<Step> steps)
    {
        if (steps.Count < StepsMin) return false;
        var commands = steps.Select(FirstWord).OfType<string>().GroupBy(static c => c, StringComparer.Ordinal).Select(static g => g.Count()).OrderDescending().ToList();
        var common = commands.Count(c => c * 50 >= steps.Count);
        return commands.Sum() * 10 >= steps.Count * 7 && commands.Take(CommandsMax / 2).Sum() * 10 >= steps.Count * 6 && common >= 3
            && steps.Count(static s => s.Arguments.Length > 0 && s.Arguments[0].Text.AsSpan().Count(' ') >= 1) * 2 >= steps.Count
            // Commands vary behind their first word; names and titles do not.
            && steps.Select(static s => s.Arguments.Length > 0 ? s.Arguments[0].Text : "").Distinct(StringComparer.Ordinal).Count() >= 4 * common;
    }

    private static string? FirstWord(Step step)
    {
        var texts = 0;
        string? value = null;
        foreach (var argument in step.Arguments)
        {
            if (argument.Kind != ValueKind.Text) continue;
            texts++;
            value ??= argument.Text;
        }
        if (texts != 1 || value is null) return null;
        var trimmed = value.AsSpan().TrimStart();
        var end = trimmed.IndexOfAny(" \n\t(;");
        var word = end < 0 ? trimmed : trimmed[..end];
        if (word.Length is 0 or > 16) return null;
        foreach (var c in word)
            if (!char.IsAsciiLetter(c) && c is not ('_' or '-' or '.')) return null;
        return word.ToString().ToUpperInvariant() == word.ToString() ? word.ToString() : word.ToString().ToLowerInvariant();
    }
}
