namespace Reverie.Tools.Web;

/// <summary>A page as text, or as the document it is.</summary>
internal static class WebFetchTool
{
    private const int CharactersPerToken = 4;

    public static async Task<ToolOutput> RunAsync(ToolInput input, WebFetchSettings settings, WebFetcher web, CancellationToken cancellationToken)
    {
        try
        {
            var page = await web.FetchAsync(input.Required("url"), settings, cancellationToken);
            if (page.MediaType == "application/pdf") return new([new ToolContent.Text(page.Url.AbsoluteUri), new ToolContent.Document(page.MediaType, page.Body)], IsError: false);
            if (!IsText(page.MediaType)) return ToolOutput.Error($"web_fetch: unsupported_content_type: {page.Url} is {page.MediaType}, no text");
            var text = page.CharacterSet.GetString(page.Body);
            if (page.MediaType is "text/html" or "application/xhtml+xml") text = await Task.Run(() => HtmlText.Of(text, page.Url), cancellationToken);
            return ToolOutput.Of($"{page.Url}\n\n{Cut(text.Trim(), settings.MaxContentTokens)}");
        }
        catch (WebFetchException error)
        {
            return ToolOutput.Error($"web_fetch: {error.Message}");
        }
    }

    private static bool IsText(string type) =>
        type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal) || type.EndsWith("+json", StringComparison.Ordinal)
        || type is "application/json" or "application/xml" or "application/javascript" or "application/x-ndjson" or "application/yaml";

    private static string Cut(string text, int? tokens)
    {
        if (tokens is not { } kept || text.Length <= (long)kept * CharactersPerToken) return text;
        var end = kept * CharactersPerToken;
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return $"{text[..end]}\n[content truncated at {kept} tokens]";
    }
}
