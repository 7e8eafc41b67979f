using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Reverie.Sandboxes.Files;
using Reverie.Sandboxes.Launch;

namespace Reverie.Sandboxes.Network;

/// <summary>
/// The only way out of a sandbox with a network: an HTTP proxy on a socket that is mounted into it. Inside, a forwarder listens where programs look for a proxy.
/// </summary>
internal sealed class EgressProxy : IAsyncDisposable
{
    private const string InsideDirectory = "/mnt/.network";
    private const string SocketName = "proxy";
    private const int HeadBytesMax = 32 << 10;
    private const int ConnectionsMax = 128;
    private const int ForwarderPort = 3128;
    private const int RefusalsMax = 8;
    private static readonly string[] Variables = ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"];
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(30);

    // Perl is part of every Debian. Its parent returns when the port is open.
    private static readonly string Forwarder = $$"""
        use IO::Socket::INET; use IO::Socket::UNIX; use IO::Select;
        my $in = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => {{ForwarderPort}}, Listen => 64, ReuseAddr => 1) or die "The forwarder of the network cannot listen: $@";
        exit 0 if fork;
        open STDERR, ">", "/dev/null";
        $SIG{CHLD} = "IGNORE"; $SIG{PIPE} = "IGNORE";
        while (1) {
            my $c = $in->accept or next;
            next if fork;
            my $s = IO::Socket::UNIX->new(Peer => "{{InsideDirectory}}/{{SocketName}}") or exit 1;
            my $open = IO::Select->new($c, $s);
            while ($open->count) {
                for my $r ($open->can_read) {
                    my $w = $r == $c ? $s : $c;
                    my $n = sysread($r, my $b, 65536);
                    if (!$n) { $open->remove($r); shutdown($w, 1); next }
                    for (my $o = 0; $o < $n;) { my $k = syswrite($w, $b, $n - $o, $o); exit 1 unless $k; $o += $k }
                }
            }
            exit 0;
        }
        """;

    private readonly EgressRules _rules;
    private readonly string _directory;
    private readonly SafeFileHandle _handle;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stopped = new();
    private readonly SemaphoreSlim _free = new(ConnectionsMax);
    private readonly ConcurrentDictionary<string, bool> _refusals = new(StringComparer.Ordinal);
    private readonly Task _accepting;

    private EgressProxy(EgressRules rules, string directory, SafeFileHandle handle, Socket listener)
    {
        (_rules, _directory, _handle, _listener) = (rules, directory, handle, listener);
        _accepting = AcceptAsync();
    }

    public SandboxAdditions Additions => new(
        [new(_directory, InsideDirectory, IsReadOnly: true)],
        Variables.Select(static n => KeyValuePair.Create(n, $"http://127.0.0.1:{ForwarderPort}")).Concat(TrustedCertificates.Variables).ToDictionary());

    /// <summary>Why requests were turned down, each reason once; the first few.</summary>
    public IReadOnlyCollection<string> Refusals => [.. _refusals.Keys.Order(StringComparer.Ordinal)];

    /// <param name="rules">What may be reached.</param>
    /// <param name="directory">An empty directory for the socket, which goes with the proxy.</param>
    /// <param name="owner">The account that connects; null for the server's own.</param>
    public static EgressProxy Start(EgressRules rules, string directory, int? owner)
    {
        if (!File.Exists("/usr/bin/perl")) throw new SandboxException("A network needs /usr/bin/perl, which forwards to the proxy from inside: install perl-base, or choose an environment without network.");
        // The address of a socket has 107 bytes at most, and the directory may have a longer path. The address is removed with the socket.
        var handle = LinuxCalls.OpenRoot(directory);
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(LinuxCalls.PathOf(handle), SocketName)));
        listener.Listen();
        if (owner is { } account) SafeTree.ChangeOwner(directory, account);
        return new(rules, directory, handle, listener);
    }

    /// <summary>Starts the forwarder before a program.</summary>
    public static IReadOnlyList<string> Wrapped(IReadOnlyList<string> program) =>
        ["/bin/bash", "--noprofile", "--norc", "-c", "/usr/bin/perl -e \"$0\" </dev/null >/dev/null || exit; exec \"$@\"", Forwarder, .. program];

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _handle.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                await _free.WaitAsync(_stopped.Token);
                _ = ServeAsync(await _listener.AcceptAsync(_stopped.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // The sandbox is gone.
        }
    }

    private async Task ServeAsync(Socket accepted)
    {
        try
        {
            await using var client = new NetworkStream(accepted, ownsSocket: true);
            await AnswerAsync(client);
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Either side hung up.
        }
        finally
        {
            _free.Release();
        }
    }

    private async Task AnswerAsync(NetworkStream client)
    {
        var head = await ReadHeadAsync(client);
        if (head is null || ProxyRequest.Parse(head) is not { } request)
        {
            await RefuseAsync(client, "400 Bad Request", "This proxy speaks HTTP/1.1: CONNECT host:port, or a method with a full http URL.");
            return;
        }
        if (!_rules.Allows(request.Host, request.Port))
        {
            await RefuseAsync(client, "403 Forbidden", $"The environment's networking does not allow {request.Host}.");
            return;
        }
        using var server = await ConnectAsync(client, request);
        if (server is null) return;
        await using var upstream = new NetworkStream(server);
        if (request.OriginHead is { } origin) await upstream.WriteAsync(origin, _stopped.Token);
        else await client.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), _stopped.Token);
        await upstream.WriteAsync(request.Rest, _stopped.Token);
        await Task.WhenAll(CopyAsync(client, upstream, server), CopyAsync(upstream, client, client.Socket));
    }

    private async Task<Socket?> ConnectAsync(NetworkStream client, ProxyRequest request)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(_stopped.Token);
        time.CancelAfter(ConnectTime);
        try
        {
            return await PublicAddress.ConnectAsync(request.Host, request.Port, a => _rules.AllowsAddress(request.Host, request.Port, a), time.Token);
        }
        catch (AddressRefusedException refused)
        {
            await RefuseAsync(client, "403 Forbidden", $"{refused.Message}.");
        }
        catch (Exception error) when (error is SocketException or ArgumentException or OperationCanceledException)
        {
            await RefuseAsync(client, "502 Bad Gateway", $"{request.Host}:{request.Port} cannot be reached: {error.Message}.");
        }
        return null;
    }

    private async Task<byte[]?> ReadHeadAsync(NetworkStream client)
    {
        var head = new ArrayBufferWriter<byte>();
        while (head.WrittenCount < HeadBytesMax)
        {
            var read = await client.ReadAsync(head.GetMemory(4_096), _stopped.Token);
            if (read == 0) return null;
            head.Advance(read);
            if (head.WrittenSpan.IndexOf("\r\n\r\n"u8) >= 0) return head.WrittenSpan.ToArray();
        }
        return null;
    }

    private async Task RefuseAsync(NetworkStream client, string status, string reason)
    {
        if (_refusals.Count < RefusalsMax) _refusals.TryAdd(reason, true);
        var body = Encoding.UTF8.GetBytes(reason + '\n');
        await client.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"), _stopped.Token);
        await client.WriteAsync(body, _stopped.Token);
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, Socket target)
    {
        await from.CopyToAsync(to, _stopped.Token);
        target.Shutdown(SocketShutdown.Send);
    }
}
