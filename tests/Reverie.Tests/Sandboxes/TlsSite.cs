using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Reverie.Tests.Sandboxes;

/// <summary>A server on this machine's loopback, with TLS and a certificate of its own, that answers with what it was sent.</summary>
internal sealed class TlsSite : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;

    public TlsSite()
    {
        using var key = RSA.Create(2_048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(40), DateTimeOffset.UnixEpoch.AddYears(130));
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string CertificateText => _certificate.ExportCertificatePem();

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true) _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var held = client;
        await using var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(_certificate);
            var length = 0;
            while (await LineAsync(stream) is { Length: > 0 } line)
                if (line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase)) length = int.Parse(line.AsSpan("Content-Length: ".Length), CultureInfo.InvariantCulture);
            var body = new byte[length];
            await stream.ReadExactlyAsync(body);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"));
            await stream.WriteAsync(body);
        }
        catch (Exception error) when (error is IOException or System.Security.Authentication.AuthenticationException)
        {
            // Who asked did not like the certificate.
        }
    }

    private static async Task<string> LineAsync(Stream stream)
    {
        var line = new List<byte>();
        var next = new byte[1];
        while (await stream.ReadAsync(next) > 0 && next[0] != '\n') line.Add(next[0]);
        return Encoding.ASCII.GetString([.. line]).TrimEnd('\r');
    }
}
