using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Reverie.Sandboxes.Network;

namespace Reverie.Tools.Web;

/// <summary>Fetches pages of the public internet from the server. Addresses are looked at after the name is resolved, at every redirect, and are those connected to.</summary>
public sealed class WebFetcher : IDisposable
{
    private const int BodyBytesMax = 5 << 20;
    private const int RedirectsMax = 5;
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;

    public WebFetcher() : this(PublicAddress.Is) { }

    /// <param name="isAddressAllowed">Which addresses may be connected to.</param>
    public WebFetcher(Func<IPAddress, bool> isAddressAllowed)
    {
        _client = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.All,
            MaxResponseHeadersLength = 32,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = async (context, cancellationToken) =>
                new NetworkStream(await PublicAddress.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, isAddressAllowed, cancellationToken), ownsSocket: true),
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.Add(new("Reverie", "1"));
        _client.DefaultRequestHeaders.Accept.ParseAdd("text/html, text/*, application/json, application/xml, application/pdf;q=0.9, */*;q=0.5");
    }

    /// <summary>Fetches what stands at <paramref name="url"/>.</summary>
    /// <exception cref="WebFetchException">It may not or cannot be fetched.</exception>
    public async Task<FetchedPage> FetchAsync(string url, WebFetchSettings settings, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(TimeMax);
        try
        {
            var next = Checked(url, settings);
            for (var redirects = 0; redirects <= RedirectsMax; redirects++)
            {
                using var response = await _client.GetAsync(next, HttpCompletionOption.ResponseHeadersRead, time.Token);
                if (response.StatusCode is not (HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
                    || response.Headers.Location is not { } location)
                    return await PageAsync(next, response, time.Token);
                next = Checked(new Uri(next, location).AbsoluteUri, settings);
            }
            throw new WebFetchException("too_many_redirects", $"{url} redirects more than {RedirectsMax} times");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WebFetchException("timed_out", $"{url} took longer than {TimeMax.TotalSeconds} s");
        }
        catch (HttpRequestException error) when (error.InnerException is AddressRefusedException refused)
        {
            throw new WebFetchException("url_not_allowed", refused.Message);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or InvalidDataException)
        {
            throw new WebFetchException("url_not_accessible", $"{url}: {error.InnerException?.Message ?? error.Message}");
        }
    }

    public void Dispose() => _client.Dispose();

    private static Uri Checked(string url, WebFetchSettings settings)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps) || uri.Host.Length == 0)
            throw new WebFetchException("invalid_url", $"{url} is no http or https URL");
        if (uri.UserInfo.Length > 0) throw new WebFetchException("url_not_allowed", "a URL must hold no user name or password");
        return settings.Allows(uri.IdnHost) ? uri : throw new WebFetchException("url_not_allowed", $"{uri.IdnHost} is not permitted by this agent's domains");
    }

    private static async Task<FetchedPage> PageAsync(Uri url, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode) throw new WebFetchException("url_not_accessible", $"{url} answered with status {(int)response.StatusCode}");
        var body = new byte[BodyBytesMax + 1];
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var count = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
        if (count > BodyBytesMax) throw new WebFetchException("content_too_large", $"{url} is longer than {BodyBytesMax} bytes");
        var type = response.Content.Headers.ContentType;
        return new(url, type?.MediaType ?? "text/plain", CharacterSet(type), body[..count]);
    }

    private static Encoding CharacterSet(MediaTypeHeaderValue? type)
    {
        try
        {
            return Encoding.GetEncoding(type?.CharSet?.Trim('"') ?? "utf-8");
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }
}

/// <summary>What was fetched.</summary>
/// <param name="Url">Where it was found in the end.</param>
/// <param name="MediaType">What it says it is.</param>
/// <param name="CharacterSet">How its text is written.</param>
/// <param name="Body">Its bytes.</param>
public sealed record FetchedPage(Uri Url, string MediaType, Encoding CharacterSet, byte[] Body);

/// <summary>A page cannot be had; code and message are for the model.</summary>
public sealed class WebFetchException(string code, string message) : Exception($"{code}: {message}");
