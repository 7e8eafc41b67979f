using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Cli.Terminal;

namespace Reverie.Cli.Running;

/// <summary>Requests of the public contract. What the server refuses becomes bad input, in the server's words.</summary>
internal sealed class Api(ServerLink link)
{
    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    public Task<JsonElement> PostAsync(string path, JsonNode? body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), cancellationToken);

    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, path, null, cancellationToken);

    /// <summary>Uploads one file.</summary>
    public async Task<JsonElement> UploadAsync(string path, string file, CancellationToken cancellationToken)
    {
        using var bytes = new StreamContent(File.OpenRead(file));
        using var form = new MultipartFormDataContent { { bytes, "file", Path.GetFileName(file) } };
        return await SendAsync(HttpMethod.Post, path, form, cancellationToken);
    }

    /// <summary>Downloads to a stream.</summary>
    public async Task DownloadAsync(string path, Stream to, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await OpenAsync(path, cancellationToken);
            await answer.Content.CopyToAsync(to, cancellationToken);
        }
        catch (HttpRequestException error)
        {
            throw new ServerException($"the server went away: {error.Message}", error);
        }
    }

    /// <summary>Every item of a list, page after page.</summary>
    /// <param name="path">With its query.</param>
    public async IAsyncEnumerable<JsonElement> ListAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (string? next = path; next is not null;)
        {
            var page = await GetAsync(next, cancellationToken);
            foreach (var item in page.GetProperty("data").EnumerateArray()) yield return item;
            next = page.GetProperty("next_page").GetString() is { } cursor ? $"{path}&page={Uri.EscapeDataString(cursor)}" : null;
        }
    }

    /// <summary>An answer whose body is read as it comes.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await link.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.IsSuccessStatusCode) return answer;
        using (answer) throw Refusal(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>Finds the server again, after a connection was lost.</summary>
    public Task ReopenAsync(CancellationToken cancellationToken) => link.ReopenAsync(cancellationToken);

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            using var answer = await link.Http.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (!answer.IsSuccessStatusCode) throw Refusal(answer.StatusCode, text);
            return JsonElement.Parse(text);
        }
        catch (HttpRequestException error)
        {
            throw new ServerException($"the server went away: {error.Message}", error);
        }
    }

    private static Exception Refusal(HttpStatusCode status, string text)
    {
        var message = $"the server answers {(int)status}";
        try
        {
            if (JsonNode.Parse(text)?["error"]?["message"]?.GetValue<string>() is { } told) message = told.TrimEnd('.');
        }
        catch (JsonException)
        {
            // Not the server's envelope: the number has to do.
        }
        return (int)status is >= 400 and < 500 and not 429 ? new BadInputException(message) : new ServerException(message);
    }
}
