namespace Reverie.Protocol.Ids;

/// <summary>A kind of thing that has ids of its own.</summary>
public interface IResource
{
    /// <summary>What its ids begin with, without the underscore, e.g. <c>memstore</c>.</summary>
    static abstract string IdPrefix { get; }
}
