using System.Security.Cryptography;
using System.Text;

namespace Reverie.Secrets;

/// <summary>Encrypts secrets that must come back in clear. Safe to use at the same time.</summary>
public sealed class SecretBox
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 32;

    private static readonly int NonceBytes = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagBytes = AesGcm.TagByteSizes.MaxSize;

    private readonly byte[] _key;

    /// <param name="key"><see cref="KeyBytes"/> bytes that nobody can guess.</param>
    public SecretBox(ReadOnlySpan<byte> key) => _key = key.Length == KeyBytes ? key.ToArray() : throw new ArgumentException($"A key has {KeyBytes} bytes, not {key.Length}.", nameof(key));

    /// <summary>With the key of a file, which is made when it is not there.</summary>
    /// <exception cref="IOException">The file cannot be read or made.</exception>
    /// <exception cref="InvalidDataException">The file holds no key.</exception>
    public static SecretBox OpenFile(string path)
    {
        if (!File.Exists(path)) Make(path);
        var key = File.ReadAllBytes(path);
        return key.Length == KeyBytes ? new SecretBox(key) : throw new InvalidDataException($"{path} must hold a key of {KeyBytes} bytes and has {key.Length}; bring it back from a backup, or remove it, and every secret must be sent again");
    }

    /// <summary>The secret as it may be stored.</summary>
    /// <param name="secret">In clear.</param>
    /// <param name="owner">The id of what it belongs to.</param>
    public string Seal(string secret, string owner)
    {
        var clear = Encoding.UTF8.GetBytes(secret);
        var box = new byte[NonceBytes + clear.Length + TagBytes];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Encrypt(box.AsSpan(0, NonceBytes), clear, box.AsSpan(NonceBytes, clear.Length), box.AsSpan(NonceBytes + clear.Length), Encoding.UTF8.GetBytes(owner));
        return Convert.ToBase64String(box);
    }

    /// <summary>The secret in clear; null when it was not sealed with this key for this owner.</summary>
    public string? Open(string sealedSecret, string owner)
    {
        var box = new byte[sealedSecret.Length];
        if (!Convert.TryFromBase64String(sealedSecret, box, out var count) || count < NonceBytes + TagBytes) return null;
        var clear = new byte[count - NonceBytes - TagBytes];
        using var cipher = new AesGcm(_key, TagBytes);
        try
        {
            cipher.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes, clear.Length), box.AsSpan(NonceBytes + clear.Length, TagBytes), clear, Encoding.UTF8.GetBytes(owner));
            return Encoding.UTF8.GetString(clear);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static void Make(string path)
    {
        var staged = $"{path}.{Guid.NewGuid():N}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(staged, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
            file.Flush(flushToDisk: true);
        }
        File.Move(staged, path);
    }
}
