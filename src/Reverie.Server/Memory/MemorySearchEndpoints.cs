using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Memory.Search;
using Reverie.Memory.Stores;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Server.Http;
using Reverie.Storage;

namespace Reverie.Server.Memory;

/// <summary>Search in one store or in all of a workspace (beyond the public contract).</summary>
internal sealed class MemorySearchEndpoints(Database database, MemoryStoreRepository stores, MemorySearch search)
{
    private const int StoresMax = 100;
    private const int QueryCharsMax = LinePattern.CharsMax;
    private const int WordsMax = 64;

    private static readonly Parameter[] Parameters =
    [
        new("query", "The words to look for, or with mode=grep a regular expression.") { IsRequired = true }, Parameter.OneOf("mode", "", "text", "grep"), Parameter.Flag("ignore_case", "For mode=grep."),
        new("path_prefix", "Only below this directory, with slashes around it."), Parameter.Limit(20, 100), Parameter.Page,
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/reverie/memory_stores/{store}/search", SearchStoreAsync).Describe("Search one store", null, typeof(Page<MemorySearchResult>), Parameters);
        routes.MapGet("/v1/reverie/memory_search", SearchAllAsync).Describe("Search all stores of the workspace, or some", null, typeof(Page<MemorySearchResult>), [.. Parameters, Parameter.Many("memory_store_ids", "Only these stores, at most 100.")]);
    }

    private Task SearchStoreAsync(HttpContext http)
    {
        var scope = MemoryStoreEndpoints.Scope(http);
        return SearchAsync(http, new SearchScope(scope.WorkspaceId, [scope.StoreId], Prefix(http)));
    }

    private Task SearchAllAsync(HttpContext http)
    {
        var asked = http.Many("memory_store_ids");
        if (asked.Count > StoresMax) throw ApiException.Invalid($"memory_store_ids has {asked.Count} ids; the limit is {StoresMax}.");
        var chosen = asked.Distinct(StringComparer.Ordinal).Select(static text => Id<MemoryStore>.TryParse(text, out var id) ? id : throw ApiException.NotFound("memory store", text)).ToList();
        return SearchAsync(http, new SearchScope(Caller.Of(http).WorkspaceId, chosen.Count == 0 ? null : chosen, Prefix(http)));
    }

    private async Task SearchAsync(HttpContext http, SearchScope scope)
    {
        var query = http.Text("query") ?? throw ApiException.Invalid("query is required: the words to look for, or with mode=grep a regular expression.");
        if (query.Length > QueryCharsMax) throw ApiException.Invalid($"query has {query.Length} characters; the limit is {QueryCharsMax}.");
        var isGrep = http.OneOf("mode", "text", "grep") == "grep";
        var ignoresCase = http.Flag("ignore_case");
        var limit = http.Limit(20, 100);
        await RequireAsync(http, scope);
        var page = isGrep ? await GrepAsync(http, scope, query, ignoresCase, limit) : await TextAsync(http, scope, query, limit);
        await http.WriteAsync(page, WireJson.Wire.PageMemorySearchResult);
    }

    private async Task<Page<MemorySearchResult>> TextAsync(HttpContext http, SearchScope scope, string query, int limit)
    {
        const string list = "memory_search_text";
        var words = SearchWords.Of(query);
        if (words.Count == 0) throw ApiException.Invalid("query has no letter or digit to look for; mode=grep finds other characters.");
        if (words.Count > WordsMax) throw ApiException.Invalid($"query has {words.Count} words; the limit is {WordsMax}.");
        var (results, next) = await search.WordsAsync(scope, words, Place(http, list), limit, http.RequestAborted);
        return new Page<MemorySearchResult>(results, Next(list, next));
    }

    private async Task<Page<MemorySearchResult>> GrepAsync(HttpContext http, SearchScope scope, string query, bool ignoresCase, int limit)
    {
        const string list = "memory_search_grep";
        var pattern = LinePattern.TryParse(query, ignoresCase, out var problem) ?? throw ApiException.Invalid($"query {problem}.");
        try
        {
            var (results, next) = await search.LinesAsync(scope, pattern, Place(http, list), limit, http.RequestAborted);
            return new Page<MemorySearchResult>(results, Next(list, next));
        }
        catch (RegexMatchTimeoutException)
        {
            throw ApiException.Invalid("query takes too long on a single line; use a simpler regular expression.");
        }
    }

    private static SearchPlace? Place(HttpContext http, string list)
    {
        if (Cursor.Read(http, list, 3) is not [var store, var number, var path]) return null;
        return Cursor.Number(number) is >= 0 and var seen ? new SearchPlace(store.Length == 0 ? null : store, seen, path) : throw Cursor.Wrong();
    }

    private static string? Next(string list, SearchPlace? place) => place is null ? null : Cursor.Write(list, place.MissingIn ?? "", place.Number.ToString(), place.Path);

    private async Task RequireAsync(HttpContext http, SearchScope scope)
    {
        if (scope.Stores is not { } chosen) return;
        await database.ReadAsync(async db =>
        {
            foreach (var store in chosen)
            {
                var wanted = new MemoryScope(scope.WorkspaceId, store);
                if (await stores.FindAsync(db, wanted) is null) throw MemoryStoreEndpoints.NotFound(wanted);
            }
            return true;
        }, http.RequestAborted);
    }

    private static string Prefix(HttpContext http) => MemoryEndpoints.PathPrefix(http.Text("path_prefix")) ?? throw MemoryEndpoints.WrongPrefix(http.Text("path_prefix")!);
}
