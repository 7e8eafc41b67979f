using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Proof;

/// <summary>The archive of a store as its files, to look at and to change.</summary>
internal static class StoreArchive
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Name → text of what the server exports.</summary>
    public static async Task<SortedDictionary<string, string>> ExportAsync(this TestServer server, string store, string key = TestServer.Key)
    {
        using var request = TestServer.Request(HttpMethod.Get, $"{store.Replace("/v1/", "/v1/reverie/", StringComparison.Ordinal)}/export", key);
        using var response = await server.Http.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await using var gzip = new GZipStream(await response.Content.ReadAsStreamAsync(Cancelled), CompressionMode.Decompress);
        await using var tar = new TarReader(gzip);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        while (await tar.GetNextEntryAsync(cancellationToken: Cancelled) is { } entry)
        {
            using var text = new StreamReader(entry.DataStream ?? Stream.Null, Encoding.UTF8);
            files.Add(entry.Name, await text.ReadToEndAsync(Cancelled));
        }
        return files;
    }

    public static async Task<Reply> ImportStoreAsync(this TestServer server, IReadOnlyDictionary<string, string> files, string key = TestServer.Key)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        await using (var tar = new TarWriter(gzip))
        {
            foreach (var (name, text) in files) await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) }, Cancelled);
        }
        using var request = TestServer.Request(HttpMethod.Post, "/v1/reverie/memory_stores/import", key);
        request.Content = new ByteArrayContent(packed.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/gzip") } };
        return await server.SendAsync(request);
    }

    /// <summary>The path of the store that an import made.</summary>
    public static string Store(this Reply imported) => $"/v1/memory_stores/{imported.Expect(HttpStatusCode.OK).Json.GetProperty("memory_store").GetProperty("id").GetString()}";

    /// <summary>A request in the name of another key.</summary>
    public static async Task<Reply> SendAsAsync(this TestServer server, string key, HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = TestServer.Request(method, path, key, TestServer.BetaFor(path));
        request.Content = content;
        return await server.SendAsync(request);
    }
}
