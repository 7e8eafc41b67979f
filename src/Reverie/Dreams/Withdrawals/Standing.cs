using Reverie.Protocol.Dreams;

namespace Reverie.Dreams.Withdrawals;

/// <summary>Whether a change still has enough behind it. Pure.</summary>
internal static class Standing
{
    /// <summary>Enough sessions, and enough principals, for a lesson to stand.</summary>
    private const int Min = 2;

    /// <summary>A change that never had as many stands with as many as it had.</summary>
    public static bool Holds(ChangeSupport had, ChangeSupport left) => left.Sessions >= Math.Min(Min, had.Sessions) && left.Principals >= Math.Min(Min, had.Principals);
}
