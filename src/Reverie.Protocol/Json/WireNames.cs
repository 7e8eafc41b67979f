using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reverie.Protocol.Json;

/// <summary>How the wire and the database spell an enum: its names in snake_case. As a converter it refuses numbers.</summary>
public sealed class WireNames<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) where T : struct, Enum
{
    private static readonly Dictionary<T, string> NameByValue = Enum.GetValues<T>().ToDictionary(static v => v, static v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));
    private static readonly Dictionary<string, T> ValueByName = NameByValue.ToDictionary(static p => p.Value, static p => p.Key, StringComparer.Ordinal);

    /// <summary>Every name, in the order of the declaration.</summary>
    public static IReadOnlyCollection<string> All => NameByValue.Values;

    /// <summary>The name of a declared value.</summary>
    public static string Of(T value) => NameByValue[value];

    /// <summary>Reads a name that Reverie itself wrote.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static T Parse(string name) => TryParse(name, out var value) ? value : throw new FormatException($"not a name of {typeof(T).Name}: {name}");

    /// <summary>False when <paramref name="name"/> is none of the <see cref="All"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out T value)
    {
        value = default;
        return name is not null && ValueByName.TryGetValue(name, out value);
    }
}
