using Reverie.Cli.Terminal;
using Reverie.Secrets;

namespace Reverie.Cli.Server;

/// <summary>The setting that says with which key secrets are encrypted.</summary>
internal static class SecretSettings
{
    private const string Name = "REVERIE_SECRET_KEY";

    /// <summary>The operator's key; null for one that the server keeps in its data directory.</summary>
    /// <exception cref="BadInputException">The setting holds no key.</exception>
    public static byte[]? Key
    {
        get
        {
            if (Environment.GetEnvironmentVariable(Name) is not { Length: > 0 } text) return null;
            var key = new byte[SecretBox.KeyBytes];
            return Convert.TryFromBase64String(text, key, out var count) && count == SecretBox.KeyBytes ? key
                : throw new BadInputException($"{Name} must be {SecretBox.KeyBytes} bytes in Base64; \"openssl rand -base64 {SecretBox.KeyBytes}\" makes one");
        }
    }
}
