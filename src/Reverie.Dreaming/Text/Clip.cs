namespace Reverie.Dreaming.Text;

/// <summary>Cuts text without splitting a surrogate pair.</summary>
internal static class Clip
{
    /// <summary>The first <paramref name="charsMax"/> characters, verbatim.</summary>
    public static string Prefix(string text, int charsMax) => text.Length <= charsMax ? text : Prefix(text.AsSpan(), charsMax).ToString();

    /// <inheritdoc cref="Prefix(string, int)"/>
    public static ReadOnlySpan<char> Prefix(ReadOnlySpan<char> text, int charsMax)
    {
        if (text.Length <= charsMax) return text;
        if (charsMax <= 0) return "";
        return text[..(char.IsHighSurrogate(text[charsMax - 1]) ? charsMax - 1 : charsMax)];
    }

    /// <summary>At most <paramref name="charsMax"/> characters on one line, with an ellipsis where something was cut.</summary>
    public static string Line(string text, int charsMax)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var line = (end < 0 ? text : text[..end]).Trim();
        return line.Length <= charsMax && end < 0 ? line : Prefix(line, Math.Min(line.Length, charsMax - 1)).TrimEnd() + "…";
    }
}
