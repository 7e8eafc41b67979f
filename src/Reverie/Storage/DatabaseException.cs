namespace Reverie.Storage;

/// <summary>The database could not be opened, migrated or written; the message says what to do.</summary>
public sealed class DatabaseException : Exception
{
    public DatabaseException(string message) : base(message) { }

    public DatabaseException(string message, Exception inner) : base(message, inner) { }
}
