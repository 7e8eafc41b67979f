namespace Reverie.Agents;

/// <summary>A field of a request that may have been left out. Left out means keep; a null value means clear.</summary>
/// <param name="IsSent">False when it was left out.</param>
/// <param name="Value">What was sent; the default of <typeparamref name="T"/> when nothing was.</param>
public readonly record struct Sent<T>(bool IsSent, T Value)
{
    /// <summary>What was sent, or else what is stored.</summary>
    public T Or(T stored) => IsSent ? Value : stored;

    public static implicit operator Sent<T>(T value) => new(true, value);
}
