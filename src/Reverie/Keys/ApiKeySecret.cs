using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Reverie.Keys;

/// <summary>The secret half of a key.</summary>
public static class ApiKeySecret
{
    /// <summary>Shortest secret an operator may choose, in characters.</summary>
    public const int CharsMin = 16;

    /// <summary>256 random bits.</summary>
    public static string New() => "sk-reverie-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is stored. Secrets are random and long, so a plain hash is enough and each request can afford it.</summary>
    public static string Sha256(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
