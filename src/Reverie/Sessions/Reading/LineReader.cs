namespace Reverie.Sessions;

/// <summary>
/// The lines of a text, one at a time, without ever holding more than the longest of them. A line past the limit is
/// skipped to its end and reported as too long.
/// </summary>
internal sealed class LineReader(ByteWindow window)
{
    private int _lineBytes;
    private int _searched;
    private bool _atEnd;

    /// <summary>1-based number of the current line.</summary>
    public long Number { get; private set; }

    /// <summary>The current line without its line end; empty when it was too long. Valid until the next one is asked for.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>True when the current line was longer than the window may grow.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>True when the current line holds nothing but blanks.</summary>
    public bool IsBlank => !IsTooLong && Line.Span.IndexOfAnyExcept(" \t\r"u8) < 0;

    /// <summary>Moves to the next line; false after the last. The last line need not end with a line feed.</summary>
    public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        window.Consume(_lineBytes);
        _lineBytes = _searched = 0;
        IsTooLong = false;
        while (!TryTakeLine())
        {
            if (_atEnd) return TakeRest();
            if (window.IsFull)
            {
                IsTooLong = true;
                window.Consume(_searched);
                _searched = 0;
            }
            _atEnd = !await window.FillAsync(cancellationToken);
        }
        return true;
    }

    private bool TryTakeLine()
    {
        var unread = window.Unread;
        var found = unread.Span[_searched..].IndexOf((byte)'\n');
        if (found < 0)
        {
            _searched = unread.Length;
            return false;
        }
        Take(unread[..(_searched + found)], lineEndBytes: 1);
        return true;
    }

    private bool TakeRest()
    {
        if (window.Unread.Length == 0 && !IsTooLong) return false;
        Take(window.Unread, lineEndBytes: 0);
        return true;
    }

    private void Take(ReadOnlyMemory<byte> line, int lineEndBytes)
    {
        _lineBytes = line.Length + lineEndBytes;
        Number++;
        if (IsTooLong) line = default;
        Line = line.Length > 0 && line.Span[^1] == (byte)'\r' ? line[..^1] : line;
    }
}
