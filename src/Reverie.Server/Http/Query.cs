using Microsoft.AspNetCore.Http;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Storage;

namespace Reverie.Server.Http;

/// <summary>Query parameters and route values as the SDKs write them. An empty value counts as none; unknown names are ignored.</summary>
internal static class Query
{
    /// <summary>The id in the route.</summary>
    /// <exception cref="ApiException">It can be the id of no such thing.</exception>
    public static Id<T> RouteId<T>(this HttpContext http, string name, string what) where T : IResource
    {
        var text = (string?)http.Request.RouteValues[name] ?? "";
        return Id<T>.TryParse(text, out var id) ? id : throw ApiException.NotFound(what, text);
    }

    /// <summary>Null when absent or empty.</summary>
    public static string? Text(this HttpContext http, string name)
    {
        var values = http.Request.Query[name];
        if (values.Count > 1) throw ApiException.Invalid($"{name} must be given once, not {values.Count} times.");
        return values is [{ Length: > 0 } text] ? Storable(name, text) : null;
    }

    public static int Limit(this HttpContext http, int byDefault, int max)
    {
        if (http.Text("limit") is not { } text) return byDefault;
        return int.TryParse(text, out var limit) && limit >= 1 && limit <= max ? limit : throw ApiException.Invalid($"limit must be a whole number from 1 to {max}, not {ApiException.Quoted(text)}.");
    }

    /// <summary>A whole number from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public static long Number(this HttpContext http, string name, long byDefault, long min, long max)
    {
        if (http.Text(name) is not { } text) return byDefault;
        return long.TryParse(text, out var number) && number >= min && number <= max ? number : throw ApiException.Invalid($"{name} must be a whole number from {min} to {max}, not {ApiException.Quoted(text)}.");
    }

    public static bool Flag(this HttpContext http, string name) => http.Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        var other => throw ApiException.Invalid($"{name} must be true or false, not {ApiException.Quoted(other)}."),
    };

    /// <summary>One of the words; null when absent.</summary>
    public static string? OneOf(this HttpContext http, string name, params IReadOnlyCollection<string> words) =>
        http.Text(name) is not { } text ? null : words.Contains(text) ? text : throw NoneOf(name, words, text);

    /// <summary>A value by its wire name; null when absent.</summary>
    public static T? OneOf<T>(this HttpContext http, string name) where T : struct, Enum => http.OneOf(name, WireNames<T>.All) is { } text ? WireNames<T>.Parse(text) : null;

    /// <summary>Every value of <c>name[]</c>.</summary>
    public static IReadOnlyList<string> Many(this HttpContext http, string name) =>
        [.. http.Request.Query[name + "[]"].Concat(http.Request.Query[name]).OfType<string>().Where(static v => v.Length > 0).Select(v => Storable(name, v))];

    /// <summary>Every value of <c>name[]</c>, by its wire name.</summary>
    public static IReadOnlyList<T> Many<T>(this HttpContext http, string name) where T : struct, Enum =>
        [.. http.Many(name).Select(text => WireNames<T>.TryParse(text, out var value) ? value : throw NoneOf(name + "[]", WireNames<T>.All, text))];

    /// <summary>The bounds <c>name[gte]</c>, <c>[gt]</c>, <c>[lte]</c> and <c>[lt]</c>, together.</summary>
    public static TimeRange Times(this HttpContext http, string name)
    {
        var from = Math.Max(Bound("gte", long.MinValue, 0), Bound("gt", long.MinValue, 1));
        var to = Math.Min(Bound("lte", long.MaxValue, 0), Bound("lt", long.MaxValue, -1));
        return new TimeRange(from, to);

        long Bound(string op, long none, int shift)
        {
            if (http.Text($"{name}[{op}]") is not { } text) return none;
            return Rfc3339.TryRead(text, out var time) ? DbTime.ToMicros(time) + shift : throw ApiException.Invalid($"{name}[{op}] must be an RFC 3339 time such as 2026-01-31T12:00:00Z, not {ApiException.Quoted(text)}.");
        }
    }

    private static ApiException NoneOf(string name, IReadOnlyCollection<string> words, string text) =>
        ApiException.Invalid($"{name} must be {string.Join(", ", words.SkipLast(1))} or {words.Last()}, not {ApiException.Quoted(text)}.");

    /// <summary>PostgreSQL takes no U+0000, not even to compare with.</summary>
    private static string Storable(string name, string text) => !text.Contains('\0') ? text : throw ApiException.Invalid($"{name} must not contain the character U+0000.");
}
