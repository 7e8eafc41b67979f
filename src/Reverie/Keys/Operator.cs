using Reverie.Protocol.Memory;

namespace Reverie.Keys;

/// <summary>Whoever sits at the server's machine and works on its data directory with the command line.</summary>
public static class Operator
{
    /// <summary>How histories name them.</summary>
    public static Actor Actor { get; } = new UserActor("user_operator");
}
