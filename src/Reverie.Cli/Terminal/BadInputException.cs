namespace Reverie.Cli.Terminal;

/// <summary>Something the person gave cannot be used. The message names the field or file, the limit and the fix.</summary>
public sealed class BadInputException : Exception
{
    /// <summary>Says what is wrong, in words a person can act on.</summary>
    public BadInputException(string message) : base(message) { }

    /// <summary>Says what is wrong and keeps the cause.</summary>
    public BadInputException(string message, Exception inner) : base(message, inner) { }
}
