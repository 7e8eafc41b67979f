using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;
using Reverie.Storage;

namespace Reverie.Server.Http;

/// <summary>
/// Where a list goes on: the sort key of the last item seen, so that writes in between neither repeat nor skip what was
/// there all along. Opaque to clients; carries no secret and opens nothing.
/// </summary>
internal static class Cursor
{
    private const string Prefix = "page_";
    private const char Separator = '\n';

    public static string Write(string list, params ReadOnlySpan<string> key) =>
        Prefix + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(list + Separator + string.Join(Separator, key!)));

    /// <summary>For a list by time of creation and id.</summary>
    public static string Write(string list, DateTimeOffset createdAt, string id) => Write(list, DbTime.ToMicros(createdAt).ToString(), id);

    /// <summary>Time of creation and id of the last item seen; null when there is no <c>page</c>.</summary>
    public static (long CreatedAt, string Id)? ReadCreated(HttpContext http, string list) => Read(http, list, 2) is [var at, var id] ? (Number(at), id) : null;

    /// <summary>The key in <c>page</c>; null when there is none.</summary>
    /// <param name="list">What is listed; a cursor of another list is refused.</param>
    /// <param name="parts">Parts of the key.</param>
    public static string[]? Read(HttpContext http, string list, int parts)
    {
        if (http.Text("page") is not { } text) return null;
        if (text.StartsWith(Prefix, StringComparison.Ordinal) && Base64Url.IsValid(text.AsSpan(Prefix.Length)))
        {
            var key = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text.AsSpan(Prefix.Length))).Split(Separator);
            // Anybody can write a cursor, and no key has a U+0000, which PostgreSQL would not take.
            if (key.Length == parts + 1 && key[0] == list && !key.Any(static k => k.Contains('\0'))) return key[1..];
        }
        throw Wrong();
    }

    public static long Number(string part) => long.TryParse(part, out var number) ? number : throw Wrong();

    public static ApiException Wrong() => ApiException.Invalid("page is not a cursor of this list; take it from next_page and leave the other parameters as they were.");
}
