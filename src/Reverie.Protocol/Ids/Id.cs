using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Reverie.Protocol.Ids;

/// <summary>
/// The id of one <typeparamref name="T"/>: its prefix, an underscore and 1 to 64 letters, digits, underscores or hyphens.
/// Opaque to clients; ids that Reverie makes sort by the time they were made.
/// </summary>
[JsonConverter(typeof(IdJsonConverterFactory))]
public readonly record struct Id<T> where T : IResource
{
    private const int SuffixCharsMax = 64;

    private Id(string value) => Value = value;

    /// <summary>The id as it goes over the wire.</summary>
    public string Value { get; }

    /// <summary>Reads an id that Reverie itself wrote.</summary>
    /// <exception cref="FormatException">It is none of this kind.</exception>
    public static Id<T> Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"not an id that begins with {T.IdPrefix}_");

    /// <summary>False when <paramref name="text"/> cannot be the id of a <typeparamref name="T"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Id<T> id)
    {
        id = default;
        if (text is null || text.Length <= T.IdPrefix.Length + 1 || text.Length > T.IdPrefix.Length + 1 + SuffixCharsMax) return false;
        if (!text.StartsWith(T.IdPrefix, StringComparison.Ordinal) || text[T.IdPrefix.Length] != '_') return false;
        foreach (var c in text.AsSpan(T.IdPrefix.Length + 1))
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-')) return false;
        }
        id = new Id<T>(text);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => Value;
}
