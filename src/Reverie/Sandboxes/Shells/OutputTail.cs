using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;

namespace Reverie.Sandboxes.Shells;

/// <summary>What a shell wrote, of which the end is kept, with marks between the commands.</summary>
internal sealed partial class OutputTail(int bytesMax)
{
    private const int MarkBytesMax = 128;
    private readonly byte[] _buffer = new byte[(2 * bytesMax) + (2 * MarkBytesMax) + ReadBytes];
    private int _count;
    private bool _isCut;

    /// <summary>Bytes to offer a read.</summary>
    public const int ReadBytes = 64 << 10;

    /// <summary>Where the next read puts its bytes.</summary>
    public Memory<byte> Free()
    {
        if (_buffer.Length - _count < ReadBytes) Drop(_count - bytesMax - MarkBytesMax);
        return _buffer.AsMemory(_count, ReadBytes);
    }

    public void Advance(int count) => _count += count;

    /// <summary>Takes what stands before the mark <c>NUL mark SPACE code NUL</c>, and the code; false when it is not there yet.</summary>
    public bool TryTake(string mark, out string text, out bool isCut, out int code)
    {
        (text, isCut, code) = ("", false, 0);
        var written = _buffer.AsSpan(0, _count);
        var opening = Encoding.ASCII.GetBytes($"\0{mark} ");
        var at = written.IndexOf(opening);
        if (at < 0) return false;
        var rest = written[(at + opening.Length)..];
        var end = rest.IndexOf((byte)0);
        if (end < 0 || !Utf8Parser.TryParse(rest[..end], out code, out _)) return false;
        (text, isCut) = Text(at);
        _isCut = false;
        Drop(at + opening.Length + end + 1);
        _isCut = false;
        return true;
    }

    /// <summary>Takes everything.</summary>
    public (string Text, bool IsCut) TakeAll()
    {
        var all = Text(_count);
        (_count, _isCut) = (0, false);
        return all;
    }

    private (string Text, bool IsCut) Text(int count)
    {
        var from = Math.Max(0, count - bytesMax);
        var isCut = _isCut || from > 0;
        // A character cut in half goes with what was dropped.
        while (isCut && from < count && (_buffer[from] & 0xC0) == 0x80) from++;
        var text = Encoding.UTF8.GetString(_buffer, from, count - from).Replace('\0', '\uFFFD');
        return (TerminalCodes().Replace(text, "").TrimEnd('\r', '\n'), isCut);
    }

    private void Drop(int count)
    {
        if (count <= 0) return;
        _buffer.AsSpan(count, _count - count).CopyTo(_buffer);
        _count -= count;
        _isCut = true;
    }

    // Control sequences, operating system commands with either end, and the short escapes.
    [GeneratedRegex(@"\x1B\[[0-?]*[ -/]*[@-~]|\x1B[\]PX^_][^\x07\x1B]*(?:\x07|\x1B\\)|\x1B[ -/]*[0-~]", RegexOptions.CultureInvariant)]
    private static partial Regex TerminalCodes();
}
