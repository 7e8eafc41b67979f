using Reverie.Dreaming.Review;

namespace Reverie.Dreaming.Synthesis;

/// <summary>
/// Names what each step does. Most tools do one thing and lend their name; a tool that runs commands (one text argument
/// whose first word varies little: SQL, shell) does as many things as it has first words.
/// </summary>
internal static class Actions
{
    private const int CommandsMax = 60;

    public static void Name(Toolbox toolbox)
    {
        var byTool = toolbox.Sessions.SelectMany(static s => s.Steps).GroupBy(static s => s.Tool, StringComparer.Ordinal);
        foreach (var tool in byTool)
        {
            var steps = tool.ToList();
            var commands = steps.Select(FirstWord).ToList();
            var runsCommands = steps.Count >= 10 && commands.Count(static c => c is not null) * 10 >= steps.Count * 8
                && steps.Count(static s => s.Arguments.Count > 0 && s.Arguments[0].Text.AsSpan().Count(' ') >= 2) * 2 >= steps.Count
                && Common(commands) * 10 >= steps.Count * 8 && VariesBehindFirstWord(steps, commands);
            for (var i = 0; i < steps.Count; i++)
                steps[i].Action = runsCommands && commands[i] is { } command ? Text.Pool.Of($"{tool.Key} {command}") : tool.Key;
        }
    }

    /// <summary>How many steps the most common commands cover, when there are few enough of them to be commands.</summary>
    private static int Common(List<string?> commands) =>
        commands.OfType<string>().GroupBy(static c => c, StringComparer.Ordinal).Select(static g => g.Count())
            .OrderDescending().Take(CommandsMax / 3).Sum();

    /// <summary>Commands vary behind their first word; names and titles do not.</summary>
    private static bool VariesBehindFirstWord(List<Step> steps, List<string?> commands) =>
        commands.OfType<string>().GroupBy(static c => c, StringComparer.Ordinal).Count(g => g.Count() * 50 >= steps.Count) >= 3
        && steps.Select(static s => s.Arguments.Count > 0 ? s.Arguments[0].Text : "").Distinct(StringComparer.Ordinal).Count()
        >= 4 * commands.OfType<string>().GroupBy(static c => c, StringComparer.Ordinal).Count(g => g.Count() * 50 >= steps.Count);

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
