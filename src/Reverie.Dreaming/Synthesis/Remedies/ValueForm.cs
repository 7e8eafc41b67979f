using System.Globalization;
using System.Text;
using Reverie.Dreaming.Review;

namespace Reverie.Dreaming.Synthesis.Remedies;

/// <summary>A value and its JSON kind; of a list an item of it.</summary>
internal readonly record struct FormedValue(string Text, ValueKind Kind)
{
    public FormedValue(Argument argument) : this(argument.Text, argument.IsItem ? ValueKind.List : argument.Kind) { }
}

/// <summary>Ways to see the form of a value, from "is it a number" to "is it one of these words".</summary>
internal sealed record ValueForm(string Name, Func<FormedValue, string> Of)
{
    private const int WordsMax = 10;

    public static IReadOnlyList<ValueForm> CoarseToFine { get; } =
    [
        new("kind", static v => v.Kind.ToString()),
        new("first character", static v => v.Text.Length == 0 ? "" : Class(v.Text[0])),
        new("last character", static v => v.Text.Length == 0 ? "" : Class(v.Text[^1])),
        new("characters", static v => Characters(v.Text)),
        new("case", static v => Case(v.Text)),
        new("shape", static v => Shape(v.Text, withLengths: false)),
        new("ending", Ending),
        new("beginning", static v => Literal(v.Text, fromEnd: false)),
        new("length", static v => v.Text.Length.ToString(CultureInfo.InvariantCulture)),
        new("exact shape", static v => Shape(v.Text, withLengths: true)),
        new("word", static v => v.Text.Length <= 40 ? v.Text.ToLowerInvariant() : ""),
        new("exact word", static v => v.Text.Length <= 40 ? v.Text : ""),
    ];

    /// <summary>What the right values have in common that the wrong ones lack, in words; empty when only examples can tell.</summary>
    /// <param name="right">Values that worked.</param>
    /// <param name="wrong">Values that failed.</param>
    /// <param name="pieces">False where the values are secret: then none of their letters and digits is repeated.</param>
    public static string Describe(IReadOnlyList<FormedValue> right, IReadOnlyList<FormedValue> wrong, bool pieces)
    {
        var parts = new List<string>();
        var kinds = right.Select(static v => v.Kind).Distinct().ToList();
        if (kinds.Count == 1 && wrong.All(v => v.Kind != kinds[0])) parts.Add($"a JSON {NameOf(kinds[0])}, not a {NameOf(wrong[0].Kind)}");
        var allDigits = right.All(static v => v.Text.Length > 0 && v.Text.All(char.IsAsciiDigit));
        var lengths = right.Select(static v => v.Text.Length).Distinct().ToList();
        if (allDigits) parts.Add(lengths.Count == 1 ? $"{lengths[0]} digits" : "digits only");
        else if (lengths.Count == 1 && wrong.Any(v => v.Text.Length != lengths[0]) && !right.All(static v => v.Text.Any(char.IsDigit) && v.Text.Any(char.IsLetter))) parts.Add($"{lengths[0]} characters");
        var shapes = right.Select(static v => Shape(v.Text, withLengths: false)).Distinct(StringComparer.Ordinal).ToList();
        if (shapes.Count == 1 && shapes[0].Length is > 2 and <= 16 && wrong.All(v => Shape(v.Text, withLengths: false) != shapes[0])) parts.Add($"pattern {Pattern(right)}");
        var start = Shared(right, fromEnd: false);
        if (start.Length > 0 && Shown(start) && !wrong.Any(v => v.Text.StartsWith(start, StringComparison.Ordinal))) parts.Add($"starting with “{start}”");
        var end = Shared(right, fromEnd: true);
        if (end.Length > 0 && char.IsLetter(end[^1])) end = end.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.');
        if (end.Length > 0 && end != start && Shown(end) && !wrong.Any(v => v.Text.EndsWith(end, StringComparison.Ordinal))) parts.Add($"ending in “{end}”");
        var words = right.Select(static v => v.Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (pieces && parts.Count == 0 && words.Count <= WordsMax && right.Count >= 2 * words.Count && words.TrueForAll(static w => w.Length is > 0 and <= 30 && !Text.Secrets.In(w)))
            parts.Add(words.Count == 1 ? $"exactly “{words[0]}”" : "one of " + string.Join(", ", words));
        if (right.All(static v => v.Text.Any(char.IsLetter) && v.Text == v.Text.ToUpperInvariant()) && wrong.Any(static v => v.Text != v.Text.ToUpperInvariant())) parts.Add("in capitals");
        if (right.All(static v => v.Text.Any(char.IsLetter) && v.Text == v.Text.ToLowerInvariant()) && wrong.Any(static v => v.Text != v.Text.ToLowerInvariant())) parts.Add("in lower case");
        foreach (var c in "-:/. _,+")
        {
            if (right.All(v => v.Text.Contains(c)) && wrong.All(v => !v.Text.Contains(c))) parts.Add($"with “{c}”");
            else if (right.All(v => !v.Text.Contains(c)) && wrong.Count > 0 && wrong.Count(v => v.Text.Contains(c)) * 2 > wrong.Count && parts.Count < 3 && !allDigits) parts.Add($"without “{c}”");
        }
        return string.Join(", ", parts.Take(4));

        bool Shown(string piece) => pieces || !piece.Any(char.IsLetterOrDigit);
    }

    private static string NameOf(ValueKind kind) => kind switch
    {
        ValueKind.Text => "string",
        ValueKind.Number => "number",
        ValueKind.Boolean => "true/false",
        ValueKind.List => "list",
        ValueKind.Object => "object",
        _ => "null",
    };

    private static string Class(char c) => ClassOf(c).ToString();

    private static char ClassOf(char c) => char.IsDigit(c) ? '9' : char.IsUpper(c) ? 'A' : char.IsLower(c) ? 'a' : char.IsWhiteSpace(c) ? ' ' : c;

    private static string Characters(string text)
    {
        Span<char> classes = text.Length <= 512 ? stackalloc char[text.Length] : new char[text.Length];
        for (var i = 0; i < text.Length; i++) classes[i] = char.IsDigit(text[i]) ? '9' : char.IsLetter(text[i]) ? 'a' : text[i];
        classes.Sort();
        var count = 0;
        foreach (var c in classes)
            if (count == 0 || c != classes[count - 1]) classes[count++] = c;
        return new string(classes[..count]);
    }

    private static string Case(string text) =>
        !text.Any(char.IsLetter) ? "-" : text == text.ToUpperInvariant() ? "upper" : text == text.ToLowerInvariant() ? "lower" : "mixed";

    private static string Shape(string text, bool withLengths)
    {
        var shape = new StringBuilder();
        for (var i = 0; i < text.Length && shape.Length < 60;)
        {
            var kind = ClassOf(text[i]);
            var run = 1;
            while (i + run < text.Length && ClassOf(text[i + run]) == kind) run++;
            shape.Append(kind);
            if (withLengths) shape.Append(run);
            i += run;
        }
        return shape.ToString();
    }

    /// <summary>The form as people write it: 9 for a digit, A and a for letters, e.g. <c>99-999-999</c>.</summary>
    private static string Pattern(IReadOnlyList<FormedValue> values)
    {
        var full = values.Select(static v => string.Concat(v.Text.Select(static c => Class(c)))).GroupBy(static p => p, StringComparer.Ordinal)
            .OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal).First();
        return full.Key;
    }

    /// <summary>The letters or sign after the last digit: a unit.</summary>
    private static string Ending(FormedValue value)
    {
        var text = value.Text;
        var i = text.Length;
        while (i > 0 && !char.IsDigit(text[i - 1])) i--;
        return i == 0 ? "none" : text[i..].ToLowerInvariant();
    }

    private static string Literal(string text, bool fromEnd) =>
        text.Length < 3 ? text : fromEnd ? text[^3..] : text[..3];

    /// <summary>
    /// The longest beginning or ending all values share, at least two characters (one for a sign), and not a whole value. A number or word of which only a
    /// part is shared is no part of it: dates of one decade do not have to begin with “202”.
    /// </summary>
    private static string Shared(IReadOnlyList<FormedValue> values, bool fromEnd)
    {
        var first = values[0].Text;
        var length = first.Length;
        foreach (var value in values)
        {
            var common = 0;
            while (common < Math.Min(length, value.Text.Length)
                && (fromEnd ? first[^(common + 1)] == value.Text[^(common + 1)] : first[common] == value.Text[common])) common++;
            length = common;
        }
        if (values.All(v => v.Text == first)) return "";
        while (length > 0 && values.Any(v => length < v.Text.Length && IsWithin(v.Text, length, fromEnd))) length--;
        var shared = fromEnd ? first[^length..] : first[..length];
        return shared.Length >= 2 || (shared.Length == 1 && !char.IsLetterOrDigit(shared[0])) ? shared : "";
    }

    /// <summary>True when a cut so far from the beginning, or from the end, parts two digits, or two letters of one case.</summary>
    private static bool IsWithin(string text, int length, bool fromEnd)
    {
        var at = fromEnd ? text.Length - length : length;
        return char.IsLetterOrDigit(text[at]) && ClassOf(text[at - 1]) == ClassOf(text[at]);
    }
}
