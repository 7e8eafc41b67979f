using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Reverie.Bench.Server;

/// <summary>One HTTP/1.1 connection with one request under way, as plain as can be: what the load costs is missing where the server runs.</summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[64 * 1024];
    private int _filled;

    private Connection() { }

    public static async Task<Connection> OpenAsync(Uri address)
    {
        var connection = new Connection();
        await connection._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port));
        return connection;
    }

    /// <summary>The body of the last answer.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <returns>The status.</returns>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        await _socket.SendAsync(request);
        _filled = 0;
        int head;
        while ((head = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0) await FillAsync();
        head += 4;
        if (LengthIn(_buffer.AsSpan(0, head)) is { } length)
        {
            while (_filled < head + length) await FillAsync();
            Body = _buffer.AsMemory(head, length);
        }
        else
        {
            await ReadChunksAsync(head);
        }
        return ((_buffer[9] - '0') * 100) + ((_buffer[10] - '0') * 10) + _buffer[11] - '0';
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask ReadChunksAsync(int head)
    {
        var (at, end) = (head, head);
        while (true)
        {
            int line;
            while ((line = _buffer.AsSpan(at, _filled - at).IndexOf("\r\n"u8)) < 0) await FillAsync();
            var size = int.Parse(Encoding.ASCII.GetString(_buffer, at, line), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
            at += line + 2;
            while (_filled < at + size + 2) await FillAsync();
            if (size == 0) break;
            _buffer.AsSpan(at, size).CopyTo(_buffer.AsSpan(end));
            (at, end) = (at + size + 2, end + size);
        }
        Body = _buffer.AsMemory(head, end - head);
    }

    private async ValueTask FillAsync()
    {
        if (_filled == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled));
        _filled += read > 0 ? read : throw new InvalidOperationException("The server closed the connection.");
    }

    private static int? LengthIn(ReadOnlySpan<byte> head)
    {
        var name = "\r\nContent-Length: "u8;
        var at = head.IndexOf(name);
        if (at < 0) return null;
        return System.Buffers.Text.Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _) ? length : null;
    }
}
