namespace Reverie.Cli.Terminal;

/// <summary>What was to be printed could not be, although somebody reads it: the disk behind it is full.</summary>
public sealed class OutputException : Exception
{
    /// <summary>Says why.</summary>
    public OutputException(Exception inner) : base($"what there is to say cannot be printed: {inner.Message}", inner) { }
}
