using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Reverie.Tests.Tools;

/// <summary>A few pages on this machine's loopback.</summary>
public sealed class TestSite : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public TestSite()
    {
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url(string path) => $"http://127.0.0.1:{Port}{path}";

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        while (true) _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
    }

    private static async Task AnswerAsync(TcpClient client)
    {
        using var held = client;
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var target = (await reader.ReadLineAsync() ?? "GET / HTTP/1.1").Split(' ')[1];
        while (await reader.ReadLineAsync() is { Length: > 0 }) continue;
        var (head, body) = Page(target);
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
            await stream.WriteAsync(body);
        }
        catch (IOException)
        {
            // Who asked has seen enough.
        }
    }

    private static (string Head, byte[] Body) Page(string target) => target switch
    {
        "/page" => ("200 OK\r\nContent-Type: text/html; charset=utf-8",
            "<html><head><title>Title</title></head><body><h1>Heading</h1><p>A <a href=/other>link</a> and é.</p><ul><li>one<li>two</ul></body></html>"u8.ToArray()),
        "/json" => ("200 OK\r\nContent-Type: application/json", "{\"a\":1}"u8.ToArray()),
        "/latin" => ("200 OK\r\nContent-Type: text/plain; charset=iso-8859-1", [0xE9]),
        "/pdf" => ("200 OK\r\nContent-Type: application/pdf", "%PDF"u8.ToArray()),
        "/image" => ("200 OK\r\nContent-Type: image/png", [1]),
        "/large" => ("200 OK\r\nContent-Type: text/plain", new byte[6 << 20]),
        _ when target.StartsWith("/redirect?", StringComparison.Ordinal) => ($"302 Found\r\nLocation: {target["/redirect?".Length..]}", []),
        _ => ("404 Not Found", []),
    };
}
