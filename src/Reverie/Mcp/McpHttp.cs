using System.Net;
using System.Net.Sockets;
using Reverie.Sandboxes.Network;

namespace Reverie.Mcp;

/// <summary>How MCP servers are spoken to: only at addresses they may have, without redirects, and with answers of bounded size.</summary>
internal static class McpHttp
{
    private const long AnswerBytesMax = 32 << 20;

    /// <summary>Opens connections, for all clients.</summary>
    public static HttpMessageHandler Handler(McpOptions options) => new AnswerLimit(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.All,
        MaxResponseHeadersLength = 32,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ConnectCallback = async (context, cancellationToken) =>
        {
            var host = context.DnsEndPoint.Host;
            var isListed = options.Hosts.Any(h => h == "*" || h.Equals(host, StringComparison.OrdinalIgnoreCase));
            return new NetworkStream(await PublicAddress.ConnectAsync(host, context.DnsEndPoint.Port, isListed ? static _ => true : PublicAddress.Is, cancellationToken), ownsSocket: true);
        },
    });

    /// <summary>Speaks to the server at <paramref name="address"/> and to nobody else: a server can name another place to send messages to. Leaves <paramref name="shared"/> open.</summary>
    public static HttpClient Client(HttpMessageHandler shared, Uri address) => new(new OneOrigin(shared, address), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    private sealed class OneOrigin(HttpMessageHandler shared, Uri address) : DelegatingHandler(shared)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri is { } asked && Uri.Compare(asked, address, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0
                ? base.SendAsync(request, cancellationToken)
                : throw new HttpRequestException($"it wants messages sent to {request.RequestUri?.GetLeftPart(UriPartial.Authority)}, which is another server");
    }

    private sealed class AnswerLimit(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            var bounded = new StreamContent(new BoundedStream(await response.Content.ReadAsStreamAsync(cancellationToken), AnswerBytesMax));
            foreach (var (name, values) in response.Content.Headers) bounded.Headers.TryAddWithoutValidation(name, values);
            response.Content = bounded;
            return response;
        }
    }

    /// <summary>Fails once more than so many bytes were read.</summary>
    private sealed class BoundedStream(Stream inner, long bytesMax) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _read; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Counted(inner.Read(buffer, offset, count));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Counted(await inner.ReadAsync(buffer, cancellationToken));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }

        private int Counted(int count) => (_read += count) <= bytesMax ? count : throw new IOException($"an answer has more than {bytesMax} bytes");
    }
}
