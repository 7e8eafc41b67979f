namespace Reverie.Dreaming.Text;

/// <summary>
/// Searches text whatever its case, as <see cref="StringComparison.OrdinalIgnoreCase"/> does. Where globalization is
/// invariant the runtime compares character by character; this leaps from one possible beginning to the next.
/// </summary>
internal static class AnyCase
{
    /// <summary>Where <paramref name="value"/> stands first in <paramref name="text"/>; −1 where it does not.</summary>
    public static int IndexOf(ReadOnlySpan<char> text, ReadOnlySpan<char> value)
    {
        // No letter outside ASCII is the other case of one in it.
        if (value.IsEmpty || !char.IsAscii(value[0])) return text.IndexOf(value, StringComparison.OrdinalIgnoreCase);
        var lower = char.ToLowerInvariant(value[0]);
        var upper = char.ToUpperInvariant(value[0]);
        var last = text.Length - value.Length;
        for (var at = 0; at <= last; at++)
        {
            var leap = text[at..(last + 1)].IndexOfAny(lower, upper);
            if (leap < 0) return -1;
            at += leap;
            if (text.Slice(at, value.Length).Equals(value, StringComparison.OrdinalIgnoreCase)) return at;
        }
        return -1;
    }

    /// <summary>True when <paramref name="value"/> stands somewhere in <paramref name="text"/>.</summary>
    public static bool Contains(ReadOnlySpan<char> text, ReadOnlySpan<char> value) => IndexOf(text, value) >= 0;
}
