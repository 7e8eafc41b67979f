using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Reverie.Bench.Turns;

/// <summary>One HTTP/1.1 connection with one request under way, as plain as can be: what the load costs is missing where the server runs.</summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _received = new byte[4096];
    private byte[] _body = new byte[4096];
    private int _at, _receivedEnd, _bodyEnd, _taken;

    public Task ConnectAsync(Uri address) => _socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port));

    /// <summary>What was read of the last answer's body.</summary>
    public ReadOnlyMemory<byte> Body => _body.AsMemory(0, _bodyEnd);

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async ValueTask AskAsync(ReadOnlyMemory<byte> request)
    {
        var length = await BeginAsync(request);
        if (length is { } known)
        {
            while (_bodyEnd < known) await MoreAsync(known - _bodyEnd);
        }
        else
        {
            while (await ChunkAsync())
            {
            }
        }
    }

    /// <summary>Sends a request and reads the head of an answer that goes on.</summary>
    public async ValueTask OpenAsync(ReadOnlyMemory<byte> request) => await BeginAsync(request);

    /// <summary>The next event of an answer that goes on: its lines, until more is read.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> NextEventAsync()
    {
        while (true)
        {
            var end = _body.AsSpan(_taken, _bodyEnd - _taken).IndexOf("\n\n"u8);
            if (end >= 0)
            {
                var entry = _body.AsMemory(_taken, end);
                _taken += end + 2;
                return entry;
            }
            _body.AsSpan(_taken, _bodyEnd - _taken).CopyTo(_body);
            (_taken, _bodyEnd) = (0, _bodyEnd - _taken);
            if (!await ChunkAsync()) throw new InvalidOperationException("The stream ended.");
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Sends and reads the head.</summary>
    /// <returns>The length of the body; null when it comes in chunks.</returns>
    private async ValueTask<int?> BeginAsync(ReadOnlyMemory<byte> request)
    {
        await _socket.SendAsync(request);
        (_at, _receivedEnd, _bodyEnd, _taken) = (0, 0, 0, 0);
        var end = await LineAsync("\r\n\r\n"u8.ToArray());
        var head = _received.AsSpan(_at, end - _at);
        var isOk = head[9] == (byte)'2';
        var at = head.IndexOf("Content-Length: "u8);
        int? length = at < 0 ? null : Utf8Parser.TryParse(head[(at + "Content-Length: ".Length)..], out int number, out _) ? number : null;
        if (!isOk) throw new InvalidOperationException($"The server answered {System.Text.Encoding.ASCII.GetString(_received, _at, _receivedEnd - _at)}");
        _at = end + 4;
        return length;
    }

    /// <summary>Reads a whole chunk. False for the last.</summary>
    private async ValueTask<bool> ChunkAsync()
    {
        var end = await LineAsync("\r\n"u8.ToArray());
        if (!Utf8Parser.TryParse(_received.AsSpan(_at, end - _at), out int size, out _, 'x')) throw new InvalidOperationException("The chunk has no size.");
        _at = end + 2;
        var whole = _bodyEnd + size;
        while (_bodyEnd < whole) await MoreAsync(whole - _bodyEnd);
        while (_receivedEnd - _at < 2) await ReceiveAsync();
        _at += 2;
        return size > 0;
    }

    /// <summary>Moves what was received to the body, at most this much; receives when there is nothing.</summary>
    private async ValueTask MoreAsync(int max)
    {
        if (_at == _receivedEnd) await ReceiveAsync();
        var some = Math.Min(max, _receivedEnd - _at);
        if (_bodyEnd + some > _body.Length) Array.Resize(ref _body, Math.Max(_body.Length * 2, _bodyEnd + some));
        _received.AsSpan(_at, some).CopyTo(_body.AsSpan(_bodyEnd));
        (_at, _bodyEnd) = (_at + some, _bodyEnd + some);
    }

    private async ValueTask<int> LineAsync(byte[] mark)
    {
        while (true)
        {
            var found = _received.AsSpan(_at, _receivedEnd - _at).IndexOf(mark);
            if (found >= 0) return _at + found;
            await ReceiveAsync();
        }
    }

    private async ValueTask ReceiveAsync()
    {
        _received.AsSpan(_at, _receivedEnd - _at).CopyTo(_received);
        (_at, _receivedEnd) = (0, _receivedEnd - _at);
        if (_receivedEnd == _received.Length) Array.Resize(ref _received, _received.Length * 2);
        var read = await _socket.ReceiveAsync(_received.AsMemory(_receivedEnd));
        _receivedEnd += read > 0 ? read : throw new InvalidOperationException("The server closed the connection.");
    }
}
