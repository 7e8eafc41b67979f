namespace Reverie.Sandboxes.Network;

/// <summary>Lets programs that bring certificates of their own trust those of this machine, among which a company's may be.</summary>
internal static class TrustedCertificates
{
    // Debian and Red Hat, and what is made of them.
    private static readonly string[] Bundles = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"];

    private static readonly string[] Names = ["CARGO_HTTP_CAINFO", "CURL_CA_BUNDLE", "GIT_SSL_CAINFO", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"];

    /// <summary>None on a machine without a bundle.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Variables =>
        Array.Find(Bundles, File.Exists) is { } bundle ? Names.Select(n => KeyValuePair.Create(n, bundle)) : [];
}
