using System.Buffers;
using System.Runtime.CompilerServices;

namespace Reverie.Sessions;

/// <summary>
/// Walks through a JSON text value by value without holding more than one of them. Only finds where values begin and
/// end; whether they are well formed shows when they are parsed.
/// </summary>
internal sealed class JsonText(TranscriptText text)
{
    private static readonly SearchValues<byte> InString = SearchValues.Create("\"\\"u8);
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> AfterScalar = SearchValues.Create(",:]} \t\r\n"u8);

    private readonly ByteWindow _window = text.Window;
    private long _line = 1;
    private int _taken;

    /// <summary>The names and values of the object that comes next. Each value must be taken, skipped or walked through.</summary>
    public async IAsyncEnumerable<string> NamesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ExpectAsync((byte)'{', cancellationToken);
        while (await PeekAsync(cancellationToken) != '}')
        {
            var name = await TakeAsync(cancellationToken);
            await ExpectAsync((byte)':', cancellationToken);
            yield return System.Text.Encoding.UTF8.GetString(name.Utf8.Span).Trim('"');
            if (await PeekAsync(cancellationToken) == ',') Drop(1);
            else if (await PeekAsync(cancellationToken) != '}') throw Unexpected("\",\" or \"}\"");
        }
        Drop(1);
    }

    /// <summary>The elements of the array that comes next. Each is valid until the next is asked for.</summary>
    public async IAsyncEnumerable<JsonValue> ElementsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ExpectAsync((byte)'[', cancellationToken);
        while (await PeekAsync(cancellationToken) != ']')
        {
            yield return await TakeAsync(cancellationToken);
            if (await PeekAsync(cancellationToken) == ',') Drop(1);
            else if (await PeekAsync(cancellationToken) != ']') throw Unexpected("\",\" or \"]\"");
        }
        Drop(1);
    }

    /// <summary>The value that comes next; valid until anything else is asked for. Past the limit its bytes are dropped.</summary>
    public async ValueTask<JsonValue> TakeAsync(CancellationToken cancellationToken)
    {
        await PeekAsync(cancellationToken);
        var line = _line;
        var scan = new Scan();
        var isTooLong = false;
        while (!scan.FindEnd(_window.Unread.Span))
        {
            if (_window.IsFull)
            {
                isTooLong = true;
                Drop(scan.Position);
                scan.Position = 0;
            }
            if (await _window.FillAsync(cancellationToken)) continue;
            if (scan.IsScalar) break;
            throw new TranscriptFileException(text.File, line, "the file ends in the middle of the value that begins here; get a complete copy");
        }
        if (scan.Position == 0 && !isTooLong) throw Unexpected("a value");
        _taken = scan.Position;
        return new JsonValue(isTooLong ? default : _window.Unread[..scan.Position], line, isTooLong);
    }

    /// <summary>Passes over the value that comes next without holding it.</summary>
    public async ValueTask SkipAsync(CancellationToken cancellationToken)
    {
        await PeekAsync(cancellationToken);
        var line = _line;
        var scan = new Scan();
        while (!scan.FindEnd(_window.Unread.Span))
        {
            Drop(scan.Position);
            scan.Position = 0;
            if (await _window.FillAsync(cancellationToken)) continue;
            if (scan.IsScalar) break;
            throw new TranscriptFileException(text.File, line, "the file ends in the middle of the value that begins here; get a complete copy");
        }
        Drop(scan.Position);
    }

    /// <summary>The next byte that is not a blank.</summary>
    public async ValueTask<byte> PeekAsync(CancellationToken cancellationToken)
    {
        Drop(_taken);
        _taken = 0;
        while (true)
        {
            var blanks = _window.Unread.Span.IndexOfAnyExcept(" \t\r\n"u8);
            Drop(blanks < 0 ? _window.Unread.Length : blanks);
            if (blanks >= 0) return _window.Unread.Span[0];
            if (!await _window.FillAsync(cancellationToken))
                throw new TranscriptFileException(text.File, _line, "the file ends too early; get a complete copy");
        }
    }

    private async ValueTask ExpectAsync(byte expected, CancellationToken cancellationToken)
    {
        if (await PeekAsync(cancellationToken) != expected) throw Unexpected($"\"{(char)expected}\"");
        Drop(1);
    }

    private TranscriptFileException Unexpected(string expected) =>
        new(text.File, _line, $"is not the JSON this format has: {expected} is missing here; check the file or name its format");

    private void Drop(int count)
    {
        _line += _window.Unread.Span[..count].Count((byte)'\n');
        _window.Consume(count);
    }

    /// <summary>The search for a value's end, which goes on when more bytes have come.</summary>
    private struct Scan
    {
        private int _depth;
        private bool _inString;
        private bool _hasBegun;

        /// <summary>Bytes looked at; the value's length once its end is found.</summary>
        public int Position;

        /// <summary>True for a number or word, which ends where the text ends.</summary>
        public bool IsScalar { get; private set; }

        public bool FindEnd(ReadOnlySpan<byte> bytes)
        {
            if (Position >= bytes.Length) return false;
            if (!_hasBegun)
            {
                _hasBegun = true;
                IsScalar = bytes[0] is not ((byte)'{' or (byte)'[' or (byte)'"');
            }
            if (IsScalar) return Advance(bytes, AfterScalar);
            while (Position < bytes.Length)
            {
                if (!Advance(bytes, _inString ? InString : Structure)) return false;
                var found = bytes[Position];
                // Without the byte after it, a backslash cannot be passed over yet.
                if (found == (byte)'\\' && Position + 1 == bytes.Length) return false;
                Position += found == (byte)'\\' ? 2 : 1;
                if (found == (byte)'"') _inString = !_inString;
                else if (!_inString) _depth += found is (byte)'{' or (byte)'[' ? 1 : -1;
                if (_depth <= 0 && !_inString) return true;
            }
            return false;
        }

        private bool Advance(ReadOnlySpan<byte> bytes, SearchValues<byte> stops)
        {
            var found = bytes[Position..].IndexOfAny(stops);
            Position = found < 0 ? bytes.Length : Position + found;
            return found >= 0;
        }
    }
}

/// <summary>One JSON value as it stands in a file.</summary>
/// <param name="Utf8">Its bytes; empty when it was too long.</param>
/// <param name="Line">1-based line on which it begins.</param>
/// <param name="IsTooLong">True when it passed <see cref="TranscriptText.ElementBytesMax"/>.</param>
internal readonly record struct JsonValue(ReadOnlyMemory<byte> Utf8, long Line, bool IsTooLong);
