using System.Text;

namespace Reverie.Cli.Terminal;

/// <summary>
/// A standard stream of the process. A closed one has no reader, so what would go there is dropped: the work is done
/// whether or not somebody listens.
/// </summary>
/// <param name="inner">The console's writer.</param>
/// <param name="isLast">There is nowhere left to complain, so every failure counts as closed.</param>
internal sealed class StandardWriter(TextWriter inner, bool isLast) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write([value], 0, 1);

    public override void Write(string? value)
    {
        if (value is not null) Write(value.ToCharArray(), 0, value.Length);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        try
        {
            inner.Write(buffer, index, count);
            inner.Flush();
        }
        catch (UnauthorizedAccessException)
        {
            // The stream was closed before the process began.
        }
        catch (IOException) when (isLast)
        {
            // Nobody can be told.
        }
        catch (IOException error)
        {
            throw new OutputException(error);
        }
    }

    // A line is written at once, so that lines of several threads do not mix.
    public override void WriteLine(string? value) => Write(value + NewLine);
}
