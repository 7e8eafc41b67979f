using System.Globalization;
using System.Text.RegularExpressions;

namespace Lumara.Crew;

/// <summary>
/// Reads heuristics out of text: one plain sentence each, "When `field` from `tool` is above 8, keep `argument` of `tool`
/// at or below 1.2". What is no such sentence is passed over.
/// </summary>
internal static partial class Playbook
{
    /// <summary>The heuristics of a text, in its order.</summary>
    public static IReadOnlyList<Heuristic> Read(string text) => [.. text.Split('\n').Select(Understand).OfType<Heuristic>()];

    /// <summary>The lines of a text that are understood.</summary>
    public static IEnumerable<string> Lines(string text) => text.Split('\n').Where(static line => Understand(line) is not null);

    private static Heuristic? Understand(string line)
    {
        var match = Sentence().Match(line);
        if (!match.Success) return null;
        string? Part(string name) => match.Groups[name] is { Success: true } group ? group.Value : null;
        var when = Part("whenField") is { } field ? BoundOf(Part("whenTool")!, field, Part("when")!) : null;
        return Part("argument") is { } argument ? new Heuristic(when, Part("tool")!, KeepOf(argument, Part("side")!, Part("best")))
            : Part("first") is { } first ? new Heuristic(when, Part("then")!, new Advice.First(first, Count(Part("bestTimes") ?? Part("times")!)))
            : new Heuristic(when, Part("only")!, new Advice.OnlyWhere(BoundOf(Part("onlyTool")!, Part("onlyField")!, Part("where")!)));
    }

    private static Bound BoundOf(string tool, string field, string side) => Split(side) is var (kind, limit, word) ? new Bound(tool, field, kind, limit, word) : throw new FormatException(side);

    private static Advice.Keep KeepOf(string argument, string side, string? best)
    {
        var (kind, limit, _) = Split(side);
        return new Advice.Keep(argument, kind, limit, best is null ? limit : Number(best));
    }

    private static (Side Side, double Limit, string? Word) Split(string side)
    {
        var value = side[(side.LastIndexOf(' ') + 1)..];
        return side.StartsWith("above ", StringComparison.Ordinal) ? (Side.Above, Number(value), null)
            : side.StartsWith("at or below ", StringComparison.Ordinal) ? (Side.AtMost, Number(value), null)
            : (side.StartsWith("not ", StringComparison.Ordinal) ? Side.IsNot : Side.Is, double.NaN, value);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static int Count(string text) => (int)Math.Clamp(Math.Ceiling(Number(text)), 1, 50);

    [GeneratedRegex("""
        ^[-*\s]*(?:When\ `(?<whenField>[\w.]+)`\ from\ `(?<whenTool>\w+)`\ is\ (?<when>(?:above\ |at\ or\ below\ )-?\d+(?:\.\d+)?|(?:not\ )?[\w-]+),\ )?
        (?:keep\ `(?<argument>[\w.]+)`\ of\ `(?<tool>\w+)`\ (?<side>(?:above|at\ or\ below)\ -?\d+(?:\.\d+)?)(?:,\ best\ about\ (?<best>-?\d+(?:\.\d+)?))?
        |call\ `(?<first>\w+)`\ at\ least\ (?<times>\d+)\ times\ before\ `(?<then>\w+)`(?:,\ best\ about\ (?<bestTimes>\d+(?:\.\d+)?))?
        |call\ `(?<only>\w+)`\ only\ where\ `(?<onlyField>[\w.]+)`\ from\ `(?<onlyTool>\w+)`\ is\ (?<where>(?:above\ |at\ or\ below\ )-?\d+(?:\.\d+)?|(?:not\ )?[\w-]+))
        (?:[:.]|$)
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Sentence();
}
