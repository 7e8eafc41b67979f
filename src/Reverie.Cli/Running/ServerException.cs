namespace Reverie.Cli.Running;

/// <summary>The server failed or went away; the input is not to blame.</summary>
internal sealed class ServerException : Exception
{
    public ServerException(string message) : base(message) { }

    public ServerException(string message, Exception inner) : base(message, inner) { }
}
