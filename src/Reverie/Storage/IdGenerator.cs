using System.Buffers.Binary;
using System.Security.Cryptography;
using Reverie.Protocol.Ids;

namespace Reverie.Storage;

/// <summary>
/// Makes ids: the prefix, then 24 characters of base 58 that hold the millisecond and 80 random bits. Ids sort by the time
/// they were made; within a millisecond their order means nothing. Safe for several threads.
/// </summary>
public sealed class IdGenerator(TimeProvider clock)
{
    private const string Base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const int Digits = 24;

    /// <summary>Digits that fit into 64 bits, and 58 to that power: dividing 128 bits digit by digit is slow.</summary>
    private const int PartDigits = 8;
    private const ulong Part = 58UL * 58 * 58 * 58 * 58 * 58 * 58 * 58;

    private const int RandomBytes = 10;

    /// <summary>Drawn for many ids at once: asking for ten bytes takes almost as long as asking for a thousand.</summary>
    private const int DrawnBytes = 100 * RandomBytes;

    [ThreadStatic]
    private static byte[]? _drawn;

    [ThreadStatic]
    private static int _left;

    public Id<T> New<T>() where T : IResource => Id<T>.Parse(New(T.IdPrefix));

    /// <summary>For what is not a resource of its own, such as a request.</summary>
    public string New(string prefix)
    {
        Span<byte> bytes = stackalloc byte[16];
        FillWithRandom(bytes[6..]);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, clock.GetUtcNow().ToUnixTimeMilliseconds());
        time[2..].CopyTo(bytes);
        var number = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return string.Create(prefix.Length + 1 + Digits, (prefix, number), static (text, state) =>
        {
            state.prefix.CopyTo(text);
            text[state.prefix.Length] = '_';
            var rest = state.number;
            for (var end = text.Length; end > state.prefix.Length + 1; end -= PartDigits)
            {
                var above = rest / Part;
                var part = (ulong)(rest - (above * Part));
                rest = above;
                for (var i = end - 1; i >= end - PartDigits; i--) (part, text[i]) = (part / 58, Base58[(int)(part % 58)]);
            }
        });
    }

    /// <summary>Each byte is used once.</summary>
    private static void FillWithRandom(Span<byte> bytes)
    {
        _drawn ??= new byte[DrawnBytes];
        if (_left == 0)
        {
            RandomNumberGenerator.Fill(_drawn);
            _left = DrawnBytes;
        }
        _left -= RandomBytes;
        _drawn.AsSpan(_left, RandomBytes).CopyTo(bytes);
    }
}
